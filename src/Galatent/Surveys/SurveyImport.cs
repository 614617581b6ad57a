using Galatent.Files;
using Galatent.Numerics;
using Galatent.Spectra;
using Galatent.Surveys.Preparation;

namespace Galatent.Surveys;

/// <summary>
/// Brings observed spectra into one dataset: reads files of surveys, prepares each spectrum on the rest-frame grid and writes those that
/// are good enough in the layout of <see cref="SpectrumFile"/>, with <c>/ivar</c>, <c>/mask</c>, <c>/object_id</c> and <c>/source</c>.
/// Beside it a table tells what became of every spectrum. The bytes do not depend on the number of threads.
/// </summary>
public static class SurveyImport
{
    private const int BlockRows = 256;

    /// <summary>Imports files.</summary>
    /// <param name="path">The HDF5 file to write. Without a single good spectrum it is not written.</param>
    /// <param name="files">The files, see <see cref="InputFiles"/>.</param>
    /// <param name="options">How they are read, prepared and selected.</param>
    /// <param name="progress">Told after each file; may be null.</param>
    /// <param name="cancellation">Ends the import; nothing is left behind.</param>
    /// <returns>What became of every spectrum, in the order of the files.</returns>
    /// <exception cref="InputException">A catalogue cannot be used, the result cannot be written, or a file is damaged and damage ends the
    /// import.</exception>
    public static ImportSummary Run(
        string path,
        IReadOnlyList<(string Path, bool IsNamed)> files,
        SurveyOptions options,
        IProgress<StepProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(options);
        // Earlier results may lie in the folder that is imported.
        string[] own = [Path.GetFullPath(path), Path.GetFullPath(ImportTable.PathOf(path))];
        files = [.. files.Where(f => f.IsNamed || !own.Contains(Path.GetFullPath(f.Path)))];
        if (files.Count == 0)
        {
            throw new InputException($"There is nothing to import but earlier results of '{path}'; give files of spectra.");
        }
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        options = options with { ScratchFolder = options.ScratchFolder ?? folder };
        var catalogue = options.Redshifts is { } table ? RedshiftTable.Read(table, options.ScratchFolder) : null;
        var reader = new SurveyReader(options, catalogue, Wanted(options.Ids));
        using var rows = new ScratchRows(Path.Combine(folder, $".{Path.GetFileName(path)}.rows"), options.Grid.Count);
        var results = new IReadOnlyList<ImportedSpectrum>[files.Count];
        var done = 0;
        try
        {
            Parallel.For(
                0,
                files.Count,
                new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellation },
                i =>
                {
                    results[i] = reader.Read(files[i].Path, files[i].IsNamed, rows, cancellation);
                    progress?.Report(new StepProgress(Interlocked.Increment(ref done), files.Count));
                }
            );
        }
        catch (AggregateException e) when (e.InnerExceptions.FirstOrDefault(inner => inner is InputException) is InputException input)
        {
            throw new InputException(input.Message, e);
        }
        var remarks = new List<string>(catalogue?.Remarks ?? []);
        List<ImportedSpectrum> all = [.. results.SelectMany(r => r)];
        if (options.UseFallbackWindow)
        {
            Complete(all, rows, options, remarks);
        }
        all = WithoutRepeats(all, options);
        var written = all.FindAll(s => s.IsWritten);
        if (written.Count > 0)
        {
            Write(path, written, rows, options, cancellation);
        }
        ImportTable.Of(all).Write(ImportTable.PathOf(path));
        return new ImportSummary(all, remarks);
    }

    /// <summary>The path of the table beside a dataset: <c>observed.import.csv</c> for <c>observed.h5</c>.</summary>
    public static string TableOf(string path) => ImportTable.PathOf(path);

    private static HashSet<string>? Wanted(string? path)
    {
        if (path is null)
        {
            return null;
        }
        if (!File.Exists(path))
        {
            throw new InputException($"There is no file '{path}'; give a text file with one identifier a line.");
        }
        var ids = File.ReadLines(path).Select(l => l.Trim()).Where(l => l.Length > 0 && l[0] != '#').ToHashSet(StringComparer.Ordinal);
        return ids.Count > 0 ? ids : throw new InputException($"'{path}' holds no identifier; write one a line.");
    }

    // Divisors of spectra that could not be normalised in the usual window.
    private static void Complete(List<ImportedSpectrum> all, ScratchRows rows, SurveyOptions options, List<string> remarks)
    {
        var waiting = Enumerable
            .Range(0, all.Count)
            .Where(i => all[i].IsWritten && all[i].NormKind == PreparedSpectrum.Provisional)
            .ToList();
        if (waiting.Count == 0)
        {
            return;
        }
        var fallback = new FallbackNormalization(options.Grid);
        if (options.Reference is { } reference)
        {
            AddReference(fallback, reference, options);
        }
        foreach (var spectrum in options.Reference is null ? all.Where(s => s.IsWritten && s.NormKind == 0) : [])
        {
            var (flux, _, mask) = rows.Read([spectrum.ScratchRow]);
            fallback.Add(flux, mask);
        }
        foreach (var i in waiting)
        {
            var (flux, ivar, mask) = rows.Read([all[i].ScratchRow]);
            all[i] =
                fallback.Lack is { } lack ? all[i] with { Outcome = Reason.NoWindow, Detail = lack, Norm = double.NaN }
                : fallback.Divisor(flux, ivar, mask) is { } found
                    ? all[i] with
                    {
                        Divisor = found.Divisor,
                        NormKind = found.Kind,
                        Norm = all[i].Norm * found.Divisor,
                    }
                : all[i] with { Outcome = Reason.FaintWindow, Norm = double.NaN };
        }
        if (fallback.Lack is null)
        {
            remarks.Add(fallback.Remark);
        }
    }

    private static void AddReference(FallbackNormalization fallback, string path, SurveyOptions options)
    {
        var set = SpectrumFile.Read(path);
        if (!set.Grid.IsSameAs(options.Grid))
        {
            throw new InputException(
                $"'{path}' (SurveyOptions.Reference) has other pixels than the import; give a dataset on the same grid."
            );
        }
        var masks = SpectrumFile.ReadMasks(path, [.. Enumerable.Range(0, set.Count)], set.Count, set.Grid.Count);
        var good = new byte[set.Grid.Count];
        for (var i = 0; i < set.Count; i++)
        {
            fallback.Add(set[i], masks.Count > 0 ? masks[i] : good);
        }
    }

    private static void Divide(Span<float> flux, Span<float> inverseVariance, double divisor)
    {
        for (var j = 0; j < flux.Length && divisor != 1; j++)
        {
            flux[j] = (float)(flux[j] / divisor);
            inverseVariance[j] = (float)Math.Min(inverseVariance[j] * divisor * divisor, float.MaxValue);
        }
    }

    private static List<ImportedSpectrum> WithoutRepeats(List<ImportedSpectrum> all, SurveyOptions options)
    {
        if (options.KeepRepeats || options.SelectAll)
        {
            return all;
        }
        var places = Enumerable.Range(0, all.Count).Where(i => all[i].IsWritten).ToArray();
        var kept = RepeatedObjects.Find([.. places.Select(i => all[i])]);
        for (var k = 0; k < places.Length; k++)
        {
            if (kept[k] >= 0)
            {
                var other = all[places[kept[k]]];
                all[places[k]] = all[places[k]] with { Outcome = Reason.Repeat, Detail = $"{other.File} {other.Place}".Trim() };
            }
        }
        return all;
    }

    private static void Write(
        string path,
        List<ImportedSpectrum> written,
        ScratchRows rows,
        SurveyOptions options,
        CancellationToken cancellation
    )
    {
        var kinds = string.Join(", ", written.Select(s => s.Kind).Distinct().Order(StringComparer.Ordinal));
        var window = MedianNormalization.Study;
        var provenance = new SpectrumProvenance(
            SpectrumProvenance.ThisProgram,
            -1,
            written.TrueForAll(s => s.IsAbsolute) ? "erg/s/cm2/Hz" : "relative/Hz",
            window.LowAngstrom,
            window.HighAngstrom,
            kinds,
            SpectrumProvenance.ObservedPopulation
        );
        var columns = ObservedColumns.Of(written);
        AtomicFile.Write(path, temporary =>
        {
            using var writer = new SpectrumFileWriter(
                temporary,
                options.Grid,
                written.Count,
                provenance,
                columns,
                inverseVariance: true,
                mask: true,
                texts:
                [
                    ("object_id", [.. written.Select(s => s.ObjectId)]),
                    ("source", [.. written.Select(s => $"{s.File} {s.Place}".TrimEnd())]),
                ],
                attributes: new Dictionary<string, string> { ["import_options"] = ObservedColumns.Describe(options) }
            );
            for (var first = 0; first < written.Count; first += BlockRows)
            {
                cancellation.ThrowIfCancellationRequested();
                var block = written.GetRange(first, Math.Min(BlockRows, written.Count - first));
                var (flux, ivar, mask) = rows.Read([.. block.Select(s => s.ScratchRow)]);
                for (var i = 0; i < block.Count; i++)
                {
                    var pixels = options.Grid.Count;
                    Divide(flux.AsSpan(i * pixels, pixels), ivar.AsSpan(i * pixels, pixels), block[i].Divisor);
                }
                writer.Append(
                    flux,
                    [.. block.Select(s => s.Norm)],
                    [.. columns.Select(c => c.Values[first..(first + block.Count)])],
                    inverseVariance: ivar,
                    mask: mask
                );
            }
            writer.Finish();
        });
    }
}
