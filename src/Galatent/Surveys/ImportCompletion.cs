using Galatent.Numerics;
using Galatent.Spectra;
using Galatent.Surveys.Preparation;

namespace Galatent.Surveys;

/// <summary>What can only be done when all spectra are known: divisors of spectra that lack the usual window, and repeats of one
/// object.</summary>
internal static class ImportCompletion
{
    private const int BlockRows = 256;

    /// <summary>Normalises the spectra that wait, by ratios in the others or in a dataset.</summary>
    /// <param name="all">Every spectrum; those that waited are replaced.</param>
    /// <param name="rows">Their pixels.</param>
    /// <param name="grid">The pixels' wavelengths.</param>
    /// <param name="reference">The dataset; null for the imported spectra with both windows.</param>
    /// <param name="remarks">Receives a sentence about the ratio.</param>
    public static void Normalise(
        List<ImportedSpectrum> all,
        IPreparedRows rows,
        WavelengthGrid grid,
        string? reference,
        List<string> remarks
    )
    {
        bool Waits(ImportedSpectrum s) => s.IsWritten && s.NormKind == PreparedSpectrum.Provisional;
        if (!all.Exists(Waits))
        {
            return;
        }
        var fallback = new FallbackNormalization(grid);
        if (reference is null)
        {
            ForEach(all, rows, grid.Count, s => s.IsWritten && s.NormKind == 0, (_, flux, _, mask) => fallback.Add(flux, mask));
        }
        else
        {
            AddReference(fallback, reference, grid);
        }
        ForEach(all, rows, grid.Count, Waits, (i, flux, ivar, mask) => all[i] = Divided(all[i], fallback, flux, ivar, mask));
        if (fallback.Lack is null)
        {
            remarks.Add(fallback.Remark);
        }
    }

    /// <summary>Marks all but the best spectrum of each object.</summary>
    public static void RemoveRepeats(List<ImportedSpectrum> all)
    {
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
    }

    private static ImportedSpectrum Divided(
        ImportedSpectrum spectrum,
        FallbackNormalization fallback,
        ReadOnlySpan<float> flux,
        ReadOnlySpan<float> ivar,
        ReadOnlySpan<byte> mask
    ) =>
        fallback.Lack is { } lack ? spectrum with { Outcome = Reason.NoWindow, Detail = lack, Norm = double.NaN }
        : fallback.Divisor(flux, ivar, mask) is { } found
            ? spectrum with
            {
                Divisor = found.Divisor,
                NormKind = found.Kind,
                Norm = spectrum.Norm * found.Divisor,
            }
        : spectrum with { Outcome = Reason.FaintWindow, Norm = double.NaN };

    private static void AddReference(FallbackNormalization fallback, string path, WavelengthGrid grid)
    {
        var set = SpectrumFile.Read(path);
        if (!set.Grid.IsSameAs(grid))
        {
            throw new InputException(
                $"'{path}' (SurveyOptions.Reference) has other pixels than the import; give a dataset on the same grid."
            );
        }
        var masks = SpectrumFile.ReadMasks(path, [.. Enumerable.Range(0, set.Count)], set.Count, grid.Count);
        var good = new byte[grid.Count];
        for (var i = 0; i < set.Count; i++)
        {
            fallback.Add(set[i], masks.Count > 0 ? masks[i] : good);
        }
    }

    private delegate void PixelAction(int place, ReadOnlySpan<float> flux, ReadOnlySpan<float> ivar, ReadOnlySpan<byte> mask);

    private static void ForEach(
        List<ImportedSpectrum> all,
        IPreparedRows rows,
        int pixels,
        Func<ImportedSpectrum, bool> isMeant,
        PixelAction action
    )
    {
        foreach (var block in Enumerable.Range(0, all.Count).Where(i => isMeant(all[i])).ToArray().Chunk(BlockRows))
        {
            var (flux, ivar, mask) = rows.Read([.. block.Select(i => all[i].ScratchRow)]);
            for (var k = 0; k < block.Length; k++)
            {
                var range = (k * pixels)..((k + 1) * pixels);
                action(block[k], flux.AsSpan(range), ivar.AsSpan(range), mask.AsSpan(range));
            }
        }
    }
}
