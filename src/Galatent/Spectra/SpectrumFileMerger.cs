using Galatent.Files;
using Galatent.Numerics;
using PureHDF;

namespace Galatent.Spectra;

/// <summary>Joins the parts of a simulation (<see cref="ShardRange"/>). The result has the same bytes as the file that one process would
/// have written.</summary>
public static class SpectrumFileMerger
{
    private const int RowsPerBlock = 1024;

    /// <summary>Merges all parts, given in any order. It works block by block, so the size of the parts does not matter for
    /// memory.</summary>
    /// <param name="path">The file to write. It appears only when it is complete.</param>
    /// <param name="parts">Every part exactly once.</param>
    /// <param name="progress">Receives the progress after each block.</param>
    /// <param name="cancellation">Ends the merge; nothing remains under the final name.</param>
    /// <exception cref="InputException">A part is missing, given twice, or belongs to another set.</exception>
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
                [.. whole.Columns.Select((c, i) => c with { Whole = Joined([.. headers.Select(h => h.Columns[i].Whole)]) })],
                whole.LineWavelengths,
                inverseVariance: whole.HasInverseVariance,
                mask: whole.HasMask
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
        double[] Doubles(string name) => Hdf5Numbers.Doubles(part.Path, Hdf5.Dataset(file, part.Path, name), name, row, rows);
        float[] Singles(string name) => Hdf5Numbers.Singles(part.Path, Hdf5.Dataset(file, part.Path, name), name, row, rows);
        float[]? inverseVariance = part.HasInverseVariance ? Singles(SpectrumFile.InverseVariance) : null;
        float[]? mask = part.HasMask ? Singles(SpectrumFile.Mask) : null;
        if (SpectrumFile.BadInverseVariance(inverseVariance, mask) is { } bad)
        {
            throw new InputException(
                $"'{part.Path}': /ivar of spectrum {row + (bad.Place / part.Grid.Count)}, pixel {bad.Place % part.Grid.Count} is "
                    + $"{bad.Value}; an inverse variance must be 0 (unknown) or positive and finite."
            );
        }
        writer.Append(
            Singles("flux"),
            Doubles("norm"),
            // The writer already has the columns of whole numbers.
            [.. part.Columns.Select(c => c.Whole is null ? Doubles("parameters/" + c.Name) : new double[rows])],
            part.LineWavelengths is null ? null : Doubles("line_luminosity"),
            inverseVariance,
            mask?.Select(value => value is >= 1 and <= byte.MaxValue ? (byte)value : (byte)(value == 0 ? 0 : 1)).ToArray()
        );
    }

    private static int Number(IH5Group file, string path, string attribute) =>
        Hdf5.AttributeWhole(file, attribute) is { } value and >= 0 and <= int.MaxValue
            ? (int)value
            : throw new InputException($"'{path}': the attribute {attribute} must be a whole number, 0 or more; make the part again.");

    private static WholeNumbers? Joined(WholeNumbers?[] parts) =>
        parts[0] is null ? null : WholeNumbers.Concatenated([.. parts.OfType<WholeNumbers>()]);

    private static Header ReadHeader(string path) => Hdf5.Open(path, file =>
        {
            if (!file.AttributeExists(SpectrumFileWriter.ShardFirstRow))
            {
                throw new InputException($"'{path}' is not a part of a set; a simulation writes parts with SimulationOptions.Shard.");
            }
            var (grid, count, provenance) = SpectrumFile.ReadHeader(file, path);
            var columns = SpectrumFile.ReadParameters(file, path, count).Select(c => c with { Values = [] });
            var lines = file.LinkExists("line_wavelength") ? Hdf5Numbers.Doubles(file, path, "line_wavelength") : null;
            if (lines is not null)
            {
                var luminosity = Hdf5.Dataset(file, path, "line_luminosity");
                Hdf5Numbers.RequireShape(path, luminosity, "line_luminosity", [count, lines.Length], "spectra, lines");
            }
            var hasInverseVariance = SpectrumFile.PixelRows(file, path, SpectrumFile.InverseVariance, count, grid.Count) is not null;
            return new Header(
                path,
                grid,
                count,
                Number(file, path, SpectrumFileWriter.ShardFirstRow),
                Number(file, path, SpectrumFileWriter.ShardTotalCount),
                provenance,
                [.. columns],
                lines,
                hasInverseVariance,
                SpectrumFile.PixelRows(file, path, SpectrumFile.Mask, count, grid.Count) is not null
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
                || !part
                    .Columns.Select(c => (c.Name, c.Whole?.IsUnsigned))
                    .SequenceEqual(whole.Columns.Select(c => (c.Name, c.Whole?.IsUnsigned)))
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
                        ? $"'{part.Path}' begins at spectrum {part.FirstRow}, which another part holds too; give every part once."
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
        bool HasInverseVariance,
        bool HasMask
    );
}
