using System.Globalization;

namespace Galatent.Surveys;

/// <summary>What an import did.</summary>
/// <param name="Spectra">Every spectrum that was read, in the order of the files.</param>
/// <param name="Remarks">About the catalogue of redshifts, one sentence each.</param>
public sealed record ImportSummary(IReadOnlyList<ImportedSpectrum> Spectra, IReadOnlyList<string> Remarks)
{
    // Stands for the name of the file while sentences are compared; no sentence holds it.
    private const string FileName = "\0";

    /// <summary>Number of spectra that were written.</summary>
    public int Written => Spectra.Count(s => s.IsWritten);

    /// <summary>Number of spectra that were read; files that hold none do not count.</summary>
    public int Read => Spectra.Count(s => s.Outcome is not (Reason.NoSpectra or Reason.NotRecognised or Reason.Unreadable));

    /// <summary>How many spectra of each kind had which outcome: the outcome, the same in words, the kind (empty where it was not
    /// recognised) and the number; written first, then by number.</summary>
    public IReadOnlyList<(string Outcome, string Words, string Kind, int Count)> Counts =>
        [
            .. Spectra
                .GroupBy(s => (s.Outcome, s.Kind))
                .Select(g => (g.Key.Outcome, Reason.InWords(g.Key.Outcome), g.Key.Kind, g.Count()))
                .OrderBy(c => c.Outcome == Reason.Written ? 0 : 1)
                .ThenByDescending(c => c.Item4)
                .ThenBy(c => c.Outcome, StringComparer.Ordinal)
                .ThenBy(c => c.Kind, StringComparer.Ordinal),
        ];

    // A table of columns with unknown names is one, too: it is named, so that it can be asked about.
    private IEnumerable<string> Unknown()
    {
        const int most = 5;
        string[] names = [.. Spectra.Where(s => s.Outcome == Reason.NoSpectra).Select(s => $"'{s.File}'")];
        if (names.Length > 0)
        {
            var more = names.Length > most ? string.Create(CultureInfo.InvariantCulture, $" and {names.Length - most} more") : "";
            yield return string.Create(CultureInfo.InvariantCulture, $"{names.Length} file{(names.Length == 1 ? "" : "s")} in the folders ")
                + $"with no known spectra: {string.Join(", ", names.Take(most))}{more}; the table says why.";
        }
    }

    private IEnumerable<string> Unplaced()
    {
        var count = Spectra.Count(s => s.Outcome == Reason.NoRedshift);
        if (count > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{count} spectra have no redshift, neither in their file nor in a ")
                + "companion beside it; a table of redshifts, by identifier or file name, gives them one (SurveyOptions.Redshifts).";
        }
    }

    /// <summary>Problems of files, and what was assumed, each sentence once with the number of spectra that it is about.</summary>
    /// <param name="most">At most this many sentences.</param>
    public IReadOnlyList<string> Sentences(int most)
    {
        var problems = Spectra.Where(s => s.Outcome is Reason.Unreadable or Reason.NotRecognised).Select(s => s.Detail);
        // The same remark about many files is one remark.
        var remarks = Spectra
            .SelectMany(s => s.Remarks.Select(r => (Text: r.Replace($"'{s.File}'", FileName, StringComparison.Ordinal), s.File)))
            .GroupBy(r => r.Text)
            .Select(g =>
                g.Key.Replace(
                    FileName,
                    g.Count() == 1
                        ? $"'{g.First().File}'"
                        : string.Create(CultureInfo.InvariantCulture, $"'{g.First().File}' (and {g.Count() - 1} more)"),
                    StringComparison.Ordinal
                )
            );
        var all = problems.Concat(Unknown()).Concat(Unplaced()).Concat(Remarks).Concat(remarks).ToList();
        return all.Count <= most
            ? all
            : [.. all.Take(most), $"and {all.Count - most} more sentences; those about files stand in the table."];
    }
}
