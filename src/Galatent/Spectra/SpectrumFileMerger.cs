using Galatent.Files;
using Galatent.Numerics;
using PureHDF;
using PureHDF.Selections;

namespace Galatent.Spectra;

/// <summary>Joins the parts of a simulation (<see cref="ShardRange"/>) into the file that one process would have written, byte for
/// byte.</summary>
public static class SpectrumFileMerger
{
    private const int RowsPerBlock = 1024;

    /// <summary>Merges all parts, given in any order; block by block, so memory does not grow with their size.</summary>
    /// <param name="path">The file to write, whole or not at all.</param>
    /// <param name="parts">Every part exactly once.</param>
    /// <param name="progress">Told after each block.</param>
    /// <param name="cancellation">Ends the merge; nothing remains under the final name.</param>
    /// <exception cref="InputException">A part is missing, there twice, or of another set.</exception>
    public static void Merge(
        string path,
        IReadOnlyList<string> parts,
        IProgress<StepProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(parts);
        var headers = parts.Select(ReadHeader).OrderBy(h => h.FirstRow).ToArray();
        RequireOneSet(headers);
        var whole = headers[0];
        AtomicFile.Write(path, temporary =>
        {
            using var writer = new SpectrumFileWriter(
                temporary,
                whole.Grid,
                whole.TotalCount,
                whole.Provenance,
                whole.Columns,
                whole.LineWavelengths,
                inverseVariance: whole.HasInverseVariance
            );
            foreach (var part in headers)
            {
                Hdf5.Open(part.Path, file =>
                {
                    for (var row = 0; row < part.Count; row += RowsPerBlock)
                    {
                        cancellation.ThrowIfCancellationRequested();
                        Append(writer, file, part, row, Math.Min(RowsPerBlock, part.Count - row));
                        progress?.Report(new StepProgress(part.FirstRow + Math.Min(part.Count, row + RowsPerBlock), whole.TotalCount));
                    }
                    return 0;
                });
            }
            writer.Finish();
        });
    }

    private static void Append(SpectrumFileWriter writer, IH5Group file, Header part, int row, int rows)
    {
        T[] Read<T>(string name, int width) =>
            width == 0
                ? file.Dataset(name).Read<T[]>(new HyperslabSelection((ulong)row, (ulong)rows))
                : file.Dataset(name).Read<T[]>(new HyperslabSelection(2, [(ulong)row, 0], [(ulong)rows, (ulong)width]));
        writer.Append(
            Read<float>("flux", part.Grid.Count),
            Read<double>("norm", 0),
            [.. part.Columns.Select(c => Read<double>("parameters/" + c.Name, 0))],
            part.LineWavelengths is { } lines ? Read<double>("line_luminosity", lines.Length) : null,
            part.HasInverseVariance ? Read<float>(SpectrumFile.InverseVariance, part.Grid.Count) : null
        );
    }

    private static Header ReadHeader(string path) => Hdf5.Open(path, file =>
        {
            if (!file.AttributeExists(SpectrumFileWriter.ShardFirstRow))
            {
                throw new InputException($"'{path}' is not a part of a set; a simulation writes parts with SimulationOptions.Shard.");
            }
            var columns = file.Group("parameters")
                .Children()
                .OfType<IH5Dataset>()
                .Select(c => new ParameterColumn(c.Name, Hdf5.Text(c, "units"), Hdf5.Text(c, "description"), []));
            return new Header(
                path,
                new WavelengthGrid(Hdf5.Doubles(file, path, "wavelength")),
                (int)Hdf5.Dataset(file, path, "flux").Space.Dimensions[0],
                file.Attribute(SpectrumFileWriter.ShardFirstRow).Read<int>(),
                file.Attribute(SpectrumFileWriter.ShardTotalCount).Read<int>(),
                SpectrumFile.ReadProvenance(file),
                [.. columns],
                file.LinkExists("line_wavelength") ? Hdf5.Doubles(file, path, "line_wavelength") : null,
                file.LinkExists(SpectrumFile.InverseVariance)
            );
        });

    private static void RequireOneSet(Header[] parts)
    {
        if (parts.Length == 0)
        {
            throw new InputException("There is nothing to merge; give the files that a simulation wrote with SimulationOptions.Shard.");
        }
        var next = 0;
        var whole = parts[0];
        foreach (var part in parts)
        {
            if (
                part.Provenance != whole.Provenance
                || part.TotalCount != whole.TotalCount
                || !part.Grid.IsSameAs(whole.Grid)
                || !part.Columns.Select(c => c.Name).SequenceEqual(whole.Columns.Select(c => c.Name))
            )
            {
                throw new InputException(
                    $"'{part.Path}' and '{whole.Path}' are parts of different sets (seed, population, grid, options or number of "
                        + $"spectra); merge the parts of one run."
                );
            }
            if (part.FirstRow != next)
            {
                throw new InputException(
                    part.FirstRow < next
                        ? $"'{part.Path}' holds spectra from {part.FirstRow} on, which another part holds too; give every part once."
                        : $"The spectra {next} to {part.FirstRow - 1} are missing; give the part that holds them."
                );
            }
            next += part.Count;
        }
        if (next != whole.TotalCount)
        {
            throw new InputException($"The spectra {next} to {whole.TotalCount - 1} are missing; give the part that holds them.");
        }
    }

    private sealed record Header(
        string Path,
        WavelengthGrid Grid,
        int Count,
        int FirstRow,
        int TotalCount,
        SpectrumProvenance Provenance,
        IReadOnlyList<ParameterColumn> Columns,
        double[]? LineWavelengths,
        bool HasInverseVariance
    );
}
