using Galatent.Files;
using Galatent.Numerics;
using Galatent.Spectra;
using PureHDF;

namespace Galatent.Surveys;

/// <summary>Writes what an import found: the dataset of the spectra that passed, and the table of all. Both appear, or none.</summary>
internal static class ImportWriter
{
    private const int BlockRows = 256;

    /// <summary>Writes dataset and table. Without a spectrum that passed, a whole import writes the table only.</summary>
    /// <param name="path">The dataset.</param>
    /// <param name="all">Every spectrum that was read.</param>
    /// <param name="rows">The pixels of those that passed.</param>
    /// <param name="plan">Grid and options.</param>
    /// <param name="part">Which part of an import this is; null for a whole one.</param>
    /// <param name="progress">Told after each block; may be null.</param>
    /// <param name="cancellation">Ends the writing; nothing is left behind.</param>
    public static void Write(
        string path,
        IReadOnlyList<ImportedSpectrum> all,
        IPreparedRows rows,
        ImportPlan plan,
        ImportPart? part,
        IProgress<StepProgress>? progress,
        CancellationToken cancellation
    )
    {
        List<ImportedSpectrum> written = [.. all.Where(s => s.IsWritten)];
        var table = ImportTable.PathOf(path);
        if (written.Count == 0 && part is null)
        {
            ImportTable.Of(all).Write(table);
            return;
        }
        var attributes = new Dictionary<string, string> { [ImportPart.OptionsAttribute] = plan.Options };
        foreach (var (name, value) in part?.Attributes() ?? [])
        {
            attributes[name] = value;
        }
        AtomicFile.Write(path, temporary =>
        {
            if (written.Count > 0)
            {
                WriteDataset(
                    temporary,
                    written,
                    rows,
                    plan,
                    attributes,
                    part is null ? null : ImportPart.Lines(all),
                    progress,
                    cancellation
                );
            }
            else
            {
                WriteEmpty(temporary, plan, attributes, ImportPart.Lines(all));
            }
            // What one process among several has read is no result of its own.
            if (part is not { IsShared: true })
            {
                ImportTable.Of(all).Write(table);
            }
        });
    }

    private static void WriteEmpty(string path, ImportPlan plan, Dictionary<string, string> attributes, string[] lines)
    {
        var file = new H5File
        {
            ["wavelength"] = new H5Dataset(plan.Grid.WavelengthAngstrom)
            {
                Attributes = new() { ["units"] = "angstrom", ["medium"] = "vacuum" },
            },
            [ImportPart.LinesDataset] = lines,
        };
        foreach (var (name, value) in attributes)
        {
            file.Attributes[name] = value;
        }
        file.Write(path);
    }

    private static void WriteDataset(
        string path,
        List<ImportedSpectrum> written,
        IPreparedRows rows,
        ImportPlan plan,
        Dictionary<string, string> attributes,
        string[]? lines,
        IProgress<StepProgress>? progress,
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
        List<(string, string[])> texts =
        [
            ("object_id", [.. written.Select(s => s.ObjectId)]),
            ("source", [.. written.Select(s => $"{s.File} {s.Place}".TrimEnd())]),
        ];
        if (lines is not null)
        {
            texts.Add((ImportPart.LinesDataset, lines));
        }
        using var writer = new SpectrumFileWriter(
            path,
            plan.Grid,
            written.Count,
            provenance,
            columns,
            inverseVariance: true,
            mask: true,
            texts: texts,
            attributes: attributes
        );
        for (var first = 0; first < written.Count; first += BlockRows)
        {
            cancellation.ThrowIfCancellationRequested();
            var block = written.GetRange(first, Math.Min(BlockRows, written.Count - first));
            var (flux, ivar, mask) = rows.Read([.. block.Select(s => s.ScratchRow)]);
            for (var i = 0; i < block.Count; i++)
            {
                var pixels = plan.Grid.Count;
                Divide(flux.AsSpan(i * pixels, pixels), ivar.AsSpan(i * pixels, pixels), block[i].Divisor);
            }
            writer.Append(
                flux,
                [.. block.Select(s => s.Norm)],
                [.. columns.Select(c => c.Values[first..(first + block.Count)])],
                inverseVariance: ivar,
                mask: mask
            );
            progress?.Report(new StepProgress(first + block.Count, written.Count));
        }
        writer.Finish();
    }

    private static void Divide(Span<float> flux, Span<float> inverseVariance, double divisor)
    {
        for (var j = 0; j < flux.Length && divisor != 1; j++)
        {
            flux[j] = (float)(flux[j] / divisor);
            inverseVariance[j] = (float)Math.Min(inverseVariance[j] * divisor * divisor, float.MaxValue);
        }
    }
}
