using Galatent.Files;
using Galatent.Numerics;
using Galatent.Spectra;

namespace Galatent.Surveys;

/// <summary>
/// Brings observed spectra into one dataset: reads files of surveys, prepares each spectrum on the rest-frame grid and writes those that
/// are good enough in the layout of <see cref="SpectrumFile"/>, with <c>/ivar</c>, <c>/mask</c>, <c>/object_id</c> and <c>/source</c>.
/// Beside it a table tells what became of every spectrum. The bytes do not depend on the number of threads, processes or parts.
/// </summary>
public static class SurveyImport
{
    /// <summary>Imports files.</summary>
    /// <param name="path">The HDF5 file to write. Without a single good spectrum it is not written.</param>
    /// <param name="files">The files, see <see cref="InputFiles"/>.</param>
    /// <param name="options">How they are read, prepared and selected.</param>
    /// <param name="progress">Told after each file; may be null.</param>
    /// <param name="processes">Processes that share the files; null for this one only.</param>
    /// <param name="cancellation">Ends the import; nothing is left behind.</param>
    /// <returns>What became of every spectrum, in the order of the files; in processes other than the first, of none.</returns>
    /// <exception cref="InputException">A catalogue cannot be used, the result cannot be written, or a file is damaged and damage ends the
    /// import.</exception>
    public static ImportSummary Run(
        string path,
        IReadOnlyList<(string Path, bool IsNamed)> files,
        SurveyOptions options,
        IProgress<StepProgress>? progress = null,
        ProcessGroup? processes = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(options);
        files = WithoutOwn(path, files);
        var group = processes ?? ProcessGroup.Alone;
        if (group.Size > 1)
        {
            return RunTogether(path, files, options, group, progress, cancellation);
        }
        if (options.Shard is { } shard && shard.Rows(files.Count).Count == 0)
        {
            throw new InputException(
                $"Part {shard.Number} of {shard.Of} of {files.Count} files is empty; use at most {files.Count} parts (SurveyOptions.Shard)."
            );
        }
        var summary = Run(path, files, options, options.Shard is { } s ? ImportPart.Of(s, files, false) : null, progress, cancellation);
        RemoveParts(path);
        return summary;
    }

    /// <summary>Joins the parts of an import (<see cref="SurveyOptions.Shard"/>): the result has the bytes that one process would have
    /// written. Repeats of an object are found among all parts.</summary>
    /// <param name="path">The HDF5 file to write. Without a single good spectrum it is not written.</param>
    /// <param name="parts">Every part once, in any order.</param>
    /// <param name="progress">Told after each block of spectra; may be null.</param>
    /// <param name="cancellation">Ends the merge; nothing is left behind.</param>
    /// <returns>What became of every spectrum, in the order of the files.</returns>
    /// <exception cref="InputException">A part is missing, given twice, damaged, or belongs to another import.</exception>
    public static ImportSummary Merge(
        string path,
        IReadOnlyList<string> parts,
        IProgress<StepProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(parts);
        var read = parts.Select(p => (Path: p, Content: ImportPart.Read(p))).OrderBy(p => p.Content.Part.Shard.Number).ToArray();
        RequireOneImport([.. read.Select(p => (p.Path, p.Content.Part, p.Content.Plan))]);
        var plan = read[0].Content.Plan;
        var starts = new long[read.Length];
        List<ImportedSpectrum> all = [];
        var count = 0L;
        for (var p = 0; p < read.Length; p++)
        {
            starts[p] = count;
            foreach (var spectrum in read[p].Content.Spectra)
            {
                all.Add(spectrum.IsWritten ? spectrum with { ScratchRow = starts[p] + spectrum.ScratchRow } : spectrum);
                count += spectrum.IsWritten ? 1 : 0;
            }
        }
        var rows = new PartRows([.. read.Select(p => p.Path)], starts, plan.Grid.Count);
        var remarks = new List<string>();
        return Complete(path, all, rows, plan, remarks, progress, cancellation);
    }

    /// <summary>Whether a file is a part of an import.</summary>
    /// <exception cref="InputException">It is no HDF5 file.</exception>
    public static bool IsPart(string path) => ImportPart.Is(path);

    /// <summary>The path of the table beside a dataset: <c>observed.import.csv</c> for <c>observed.h5</c>.</summary>
    public static string TableOf(string path) => ImportTable.PathOf(path);

    // Each process reads a part of the files; the first one joins them.
    private static ImportSummary RunTogether(
        string path,
        IReadOnlyList<(string Path, bool IsNamed)> files,
        SurveyOptions options,
        ProcessGroup group,
        IProgress<StepProgress>? progress,
        CancellationToken cancellation
    )
    {
        if (options.Shard is not null)
        {
            throw new InputException(
                "SurveyOptions.Shard is for independent processes, but these are connected and share the files automatically; leave it out."
            );
        }
        // With fewer files than processes, the last ones have nothing to do.
        var parts = Math.Min(group.Size, files.Count);
        string PartPath(int rank) => Path.Combine(FolderOf(path), $"{PartName(path)}{rank + 1}");
        var remarks = new List<string>();
        if (group.Rank < parts)
        {
            var part = ImportPart.Of(new ShardRange(group.Rank + 1, parts), files, isShared: true);
            remarks.AddRange(Run(PartPath(group.Rank), files, options, part, progress, cancellation).Remarks);
        }
        group.Barrier();
        if (!group.IsFirst)
        {
            return new ImportSummary([], []);
        }
        var summary = Merge(path, [.. Enumerable.Range(0, parts).Select(PartPath)], null, cancellation);
        RemoveParts(path);
        return summary with { Remarks = [.. remarks, .. summary.Remarks] };
    }

    private static ImportSummary Run(
        string path,
        IReadOnlyList<(string Path, bool IsNamed)> files,
        SurveyOptions options,
        ImportPart? part,
        IProgress<StepProgress>? progress,
        CancellationToken cancellation
    )
    {
        var (first, count) = (part?.Shard ?? ShardRange.Whole).Rows(files.Count);
        files = [.. files.Skip(first).Take(count)];
        var folder = FolderOf(path);
        options = options with { ScratchFolder = options.ScratchFolder ?? folder };
        var catalogue = options.Redshifts is { } table ? RedshiftTable.Read(table, options.ScratchFolder) : null;
        var reader = new SurveyReader(options, catalogue, Wanted(options.Ids));
        using var rows = new ScratchRows(folder, Path.GetFileName(path), options.Grid.Count);
        var all = ReadAll(files, reader, rows, options.Threads, progress, cancellation);
        var remarks = new List<string>(catalogue?.Remarks ?? []);
        if (options.UseFallbackWindow && options.Reference is { } reference)
        {
            ImportCompletion.Normalise(all, rows, options.Grid, reference, remarks);
        }
        var plan = ImportPlan.Of(options);
        if (part is null)
        {
            return Complete(path, all, rows, plan, remarks, null, cancellation);
        }
        ImportWriter.Write(path, all, rows, plan, part, null, cancellation);
        return new ImportSummary(all, remarks);
    }

    private static ImportSummary Complete(
        string path,
        List<ImportedSpectrum> all,
        IPreparedRows rows,
        ImportPlan plan,
        List<string> remarks,
        IProgress<StepProgress>? progress,
        CancellationToken cancellation
    )
    {
        if (plan.AwaitsDivisors)
        {
            ImportCompletion.Normalise(all, rows, plan.Grid, null, remarks);
        }
        if (!plan.KeepsRepeats)
        {
            ImportCompletion.RemoveRepeats(all);
        }
        ImportWriter.Write(path, all, rows, plan, null, progress, cancellation);
        return new ImportSummary(all, remarks);
    }

    private static List<ImportedSpectrum> ReadAll(
        IReadOnlyList<(string Path, bool IsNamed)> files,
        SurveyReader reader,
        ScratchRows rows,
        int threads,
        IProgress<StepProgress>? progress,
        CancellationToken cancellation
    )
    {
        var results = new IReadOnlyList<ImportedSpectrum>[files.Count];
        var done = 0;
        try
        {
            Parallel.For(0, files.Count, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, i =>
            {
                results[i] = reader.Read(files[i].Path, files[i].IsNamed, rows, cancellation);
                progress?.Report(new StepProgress(Interlocked.Increment(ref done), files.Count));
            });
        }
        catch (AggregateException e) when (e.InnerExceptions.OfType<InputException>().FirstOrDefault() is { } input)
        {
            throw new InputException(input.Message, e);
        }
        return [.. results.SelectMany(r => r)];
    }

    private static string FolderOf(string path) => Path.GetDirectoryName(Path.GetFullPath(path))!;

    private static string PartName(string path) => $".{Path.GetFileName(path)}.part";

    // Also those of processes that were killed.
    private static void RemoveParts(string path)
    {
        var name = PartName(path);
        foreach (var file in Directory.EnumerateFiles(FolderOf(path)))
        {
            var own = Path.GetFileName(file);
            if (own.StartsWith(name, StringComparison.Ordinal) && own.Length > name.Length && own[name.Length..].All(char.IsAsciiDigit))
            {
                File.Delete(file);
            }
        }
    }

    // Earlier results may lie in the folder that is imported.
    private static IReadOnlyList<(string Path, bool IsNamed)> WithoutOwn(string path, IReadOnlyList<(string Path, bool IsNamed)> files)
    {
        string[] own = [Path.GetFullPath(path), Path.GetFullPath(ImportTable.PathOf(path))];
        files = [.. files.Where(f => f.IsNamed || !own.Contains(Path.GetFullPath(f.Path)))];
        return files.Count > 0
            ? files
            : throw new InputException($"There is nothing to import but earlier results of '{path}'; give files of spectra.");
    }

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
        var lines = TableInput.Guard(path, () => File.ReadAllLines(path));
        var ids = lines.Select(l => l.Trim()).Where(l => l.Length > 0 && l[0] != '#').ToHashSet(StringComparer.Ordinal);
        return ids.Count > 0 ? ids : throw new InputException($"'{path}' holds no identifier; write one a line.");
    }

    private static void RequireOneImport(IReadOnlyList<(string Path, ImportPart Part, ImportPlan Plan)> parts)
    {
        if (parts.Count == 0)
        {
            throw new InputException("There is nothing to merge; give the files that an import wrote with SurveyOptions.Shard.");
        }
        var (path, whole, plan) = parts[0];
        for (var p = 0; p < parts.Count; p++)
        {
            var other = parts[p];
            if (other.Part.Shard.Of != whole.Shard.Of || other.Plan.Options != plan.Options || !other.Plan.Grid.IsSameAs(plan.Grid))
            {
                throw new InputException(
                    $"'{other.Path}' and '{path}' are parts of different imports (options, grid or number of parts); merge the "
                        + "parts of one."
                );
            }
            if (other.Part.Files != whole.Files)
            {
                throw new InputException(
                    $"'{other.Path}' and '{path}' were made from different lists of files; make all parts from the same files, and "
                        + "write them into another folder than that of the files."
                );
            }
            if (other.Part.Shard.Number != p + 1)
            {
                throw new InputException(
                    other.Part.Shard.Number <= p
                        ? $"'{other.Path}' is part {other.Part.Shard.Number}, which another file is, too; give every part once."
                        : $"Part {p + 1} of {whole.Shard.Of} is missing; give all parts."
                );
            }
        }
        if (parts.Count != whole.Shard.Of)
        {
            throw new InputException($"Part {parts.Count + 1} of {whole.Shard.Of} is missing; give all parts.");
        }
    }
}
