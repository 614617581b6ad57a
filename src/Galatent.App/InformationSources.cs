using System.Globalization;
using Galatent.App.Options;
using Galatent.App.Terminal;
using Galatent.Files;
using Galatent.Latents;
using Galatent.Latents.Information;
using Galatent.Numerics;
using Galatent.Report.Runs;

namespace Galatent.App;

/// <summary>The input of <c>mi</c>: one table, two tables, or a run's latents with the parameters of its spectra.</summary>
/// <param name="First">The first table.</param>
/// <param name="Second">The second table, if any.</param>
/// <param name="SecondNames">Its columns that are used when none is named.</param>
internal sealed record InformationSources(ColumnFile First, ColumnFile? Second, string[] SecondNames)
{
    // Of a column, in one sentence.
    private const int MostValues = 6;

    /// <summary>Opens the input. A path may be a file, a model's folder, or a run folder with one model.</summary>
    /// <param name="first">The first path.</param>
    /// <param name="second">The second file, if any.</param>
    /// <param name="wanted">The columns that will be used; null for all.</param>
    /// <param name="tables">Reads the files with the user's table options.</param>
    public static InformationSources Open(string first, string? second, IReadOnlyCollection<string>? wanted, TableReader tables)
    {
        if (!Directory.Exists(first))
        {
            var other = second is null ? null : tables.Read(second);
            return new InformationSources(tables.Read(first, second is null ? wanted : null), other, [.. other?.NumericNames ?? []]);
        }
        var folder = ModelFolder(first);
        var latents = tables.Read(new ModelLayout(folder).Latents);
        if (second is not null)
        {
            var given = tables.Read(second);
            return new InformationSources(latents, given, [.. given.NumericNames]);
        }
        var spectra = Array.Find(
            [new RunLayout(folder).Spectra, new RunLayout(Path.GetDirectoryName(Path.GetFullPath(folder))!).Spectra],
            File.Exists
        )
            ?? throw new InputException(
                $"There is no {RunLayout.SpectraName} in '{folder}' or beside it; give the parameters as a second file."
            );
        // A model may have been trained on only the first spectra of the file.
        var parameters = tables.Read(spectra).First(latents.Count);
        return new InformationSources(
            latents,
            parameters,
            [.. ComparedParameters.Of([.. parameters.NumericNames.Select(parameters.Column)]).Select(p => p.Name)]
        );
    }

    /// <summary>A column of numbers, from the file that has it.</summary>
    public NamedColumn Numbers(string name) => new(name, FileOf(name).Numbers(name));

    /// <summary>A column of classes, from the file that has it; null where a value is missing.</summary>
    public string?[] Classes(string name) => FileOf(name).Classes(name);

    /// <summary>Whether a column holds something other than numbers.</summary>
    public bool IsText(string name) => FileOf(name).IsText(name);

    /// <summary>
    /// Finds columns of numbers in which one field is not a number. Such a column would be taken for classes, with every value its own
    /// class. It is refused if the user named it. If all columns are used, it is left out with a remark.
    /// </summary>
    /// <param name="named">Columns that the user named; empty for all.</param>
    /// <param name="classes">Columns that are known to be classes.</param>
    /// <exception cref="InputException">A named column holds numbers and something else.</exception>
    public void TellDamaged(IReadOnlyList<string> named, IReadOnlyList<string> classes)
    {
        foreach (var file in Second is null ? [First] : new[] { First, Second })
        {
            foreach (var column in file.DamagedNames.Except(classes).Where(c => named.Count == 0 || named.Contains(c)))
            {
                var fault = $"'{file.Source}', column '{column}', {file.Damage(column)}";
                if (named.Count > 0)
                {
                    throw new InputException($"{fault}; repair the field, or give --classes {column} if the column holds classes.");
                }
                ProgressDisplay.Say($"{fault}: the column is left out.");
            }
        }
    }

    /// <summary>Tells of columns of words among which a few fields are numbers: True and 1 are then different classes.</summary>
    /// <param name="named">Columns asked for by name; none means all that hold numbers.</param>
    public void TellMixed(IReadOnlyList<string> named)
    {
        foreach (var file in Second is null ? [First] : new[] { First, Second })
        {
            foreach (var column in file.MixedNames.Where(named.Contains))
            {
                string[] values = [.. file.Classes(column).OfType<string>().Distinct()];
                ProgressDisplay.Say(
                    $"'{file.Source}', column '{column}' holds words and numbers ({string.Join(", ", values.Take(MostValues))}"
                        + $"{(values.Length > MostValues ? ", ..." : "")}) and is taken as {values.Length} classes; True and 1, for "
                        + $"instance, would be two of them."
                );
            }
        }
    }

    /// <summary>
    /// Finds columns of whole numbers that differ only in digits that a double cannot hold. They are identifiers or classes. Such a column
    /// is refused if the user named it as numbers. If all columns are used, it is left out with a remark.
    /// </summary>
    /// <param name="named">Columns that the user named; empty for all.</param>
    /// <param name="classes">Columns that are known to be classes.</param>
    /// <exception cref="InputException">Such a column was named as numbers.</exception>
    public void TellMerging(IReadOnlyList<string> named, IReadOnlyList<string> classes)
    {
        foreach (var file in Second is null ? [First] : new[] { First, Second })
        {
            foreach (var column in file.MergingNames.Except(classes).Where(c => named.Count == 0 || named.Contains(c)))
            {
                var fault =
                    $"'{file.Source}', column '{column}' holds whole numbers beyond 2^53 = {WholeNumbers.LargestExact} that differ only in "
                    + $"digits that a 64-bit float cannot hold";
                if (named.Count > 0)
                {
                    throw new InputException($"{fault}; give --classes {column} if it holds classes, or leave the column out.");
                }
                ProgressDisplay.Say($"{fault}: the column is left out.");
            }
        }
    }

    /// <summary>Remarks about values that look like marks of missing values.</summary>
    /// <param name="named">Columns that the user named; empty for all.</param>
    /// <param name="classes">Columns that are used as classes.</param>
    public void TellExtremes(IReadOnlyList<string> named, IReadOnlyList<string> classes)
    {
        IEnumerable<(ColumnFile File, IEnumerable<string> Used)> files = [(First, First.NumericNames)];
        foreach (var (file, used) in Second is null ? files : files.Append((Second, named.Count == 0 ? SecondNames : Second.NumericNames)))
        {
            foreach (var column in used.Except(classes).Where(c => named.Count == 0 || named.Contains(c)))
            {
                foreach (var extreme in file.RepeatedExtremes(column))
                {
                    var value = extreme.Shown(CultureInfo.InvariantCulture);
                    ProgressDisplay.Say(
                        $"'{file.Source}', column '{column}': {extreme.Rows} of {file.Count} rows hold {value}, far outside all others; "
                            + $"if it marks a missing value, add --missing {value}."
                    );
                }
            }
        }
    }

    private ColumnFile FileOf(string name) =>
        Second is not null && !First.Names.Contains(name) && Second.Names.Contains(name) ? Second : First;

    private static string ModelFolder(string folder)
    {
        if (File.Exists(new ModelLayout(folder).Latents))
        {
            return folder;
        }
        var models = new RunLayout(folder).Models();
        return models.Count == 1 && File.Exists(models[0].Latents)
            ? models[0].Folder
            : throw new InputException(
                $"'{folder}' holds {models.Count} "
                    + $"model{(models.Count == 1 ? " without latents.h5 (run 'galatent analyze' first)" : "s")}; give one of them: "
                    + $"{string.Join(", ", models.Select(m => m.Folder))}."
            );
    }
}
