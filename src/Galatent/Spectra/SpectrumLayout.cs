using Galatent.Numerics;

namespace Galatent.Spectra;

/// <summary>
/// Checks what the layout of a dataset promises (docs/training.md): the median in the stated window is 1, and <c>/norm</c> is positive and
/// finite. Wavelengths and fluxes are checked where they are read.
/// </summary>
public static class SpectrumLayout
{
    // A thousand spectra spread over the file are enough to see how it was normalised. A file of a million need not be read for this.
    private const int SampleCount = 1000;

    // A median that differs from 1 by more than this factor is refused: the loss is measured in units of the median and would mean nothing.
    // A smaller difference is only reported.
    private const double MostFactor = 10;
    private const double Tolerance = 0.01;

    /// <summary>Checks spectra before they are used for training, encoding or analysis.</summary>
    /// <param name="path">Their file.</param>
    /// <param name="spectra">The spectra.</param>
    /// <returns>Remarks for the user, one sentence each; empty when the layout is as promised.</returns>
    /// <exception cref="InputException">A norm is not positive and finite, or the spectra are not normalised at all.</exception>
    public static IReadOnlyList<string> Inspect(string path, ISpectrumSource spectra)
    {
        ArgumentNullException.ThrowIfNull(spectra);
        return [.. SpectrumStatements.Inspect(path, spectra.Count, spectra.Grid.Count), .. InspectFlux(path, spectra)];
    }

    private static IReadOnlyList<string> InspectFlux(string path, ISpectrumSource spectra)
    {
        var norm = SpectrumFile.ReadNorm(path, spectra.Count);
        if (Array.FindIndex(norm, v => !(v > 0) || !double.IsFinite(v)) is var bad and >= 0)
        {
            throw new InputException(
                $"'{path}': /norm of spectrum {bad} is {norm[bad]}; it must be the positive median that the spectrum was divided by."
            );
        }
        var p = spectra.Provenance;
        var isStated = double.IsFinite(p.NormalizationLowAngstrom) && double.IsFinite(p.NormalizationHighAngstrom);
        var window = isStated
            ? new MedianNormalization(p.NormalizationLowAngstrom, p.NormalizationHighAngstrom)
            : new MedianNormalization(spectra.Grid.WavelengthAngstrom[0], spectra.Grid.WavelengthAngstrom[^1]);
        if (window.LowAngstrom >= window.HighAngstrom)
        {
            return
            [
                $"'{path}': the normalisation window runs from {window.LowAngstrom:G6} to {window.HighAngstrom:G6} Å, which holds "
                    + $"nothing, so that nobody can tell whether the median there is 1.",
            ];
        }
        var (first, end) = spectra.Grid.Range(window.LowAngstrom, window.HighAngstrom);
        if (end <= first)
        {
            return
            [
                $"'{path}': the normalisation window {window.LowAngstrom:G6} to {window.HighAngstrom:G6} Å lies outside "
                    + $"the wavelengths, so it cannot be checked that the median there is 1.",
            ];
        }
        var row = new float[spectra.Grid.Count];
        var count = Math.Min(SampleCount, spectra.Count);
        int[] numbers = [.. Enumerable.Range(0, count).Select(i => (int)((long)i * spectra.Count / count))];
        var masks = SpectrumFile.ReadMasks(path, numbers, spectra.Count, spectra.Grid.Count);
        var others = 0;
        for (var i = 0; i < count; i++)
        {
            var number = numbers[i];
            spectra.ReadFrom(number, row);
            var median =
                masks.Count > 0
                    ? GoodMedian(row.AsSpan(first, end - first), masks[i].AsSpan(first, end - first))
                    : window.Median(spectra.Grid, row);
            if (double.IsNaN(median))
            {
                // No pixel of the window is good, so that it was normalised elsewhere.
                continue;
            }
            if (!(median > 1 / MostFactor && median < MostFactor))
            {
                throw new InputException(
                    $"'{path}': spectrum {number} has the median {median:G4} between {window.LowAngstrom:G6} and "
                        + $"{window.HighAngstrom:G6} Å, but a "
                        + $"normalised spectrum has {(isStated ? "1" : "about 1")}; divide every spectrum by its median, and store the "
                        + $"median in /norm."
                );
            }
            others += Math.Abs(median - 1) > Tolerance ? 1 : 0;
        }
        return isStated && others > 0
            ?
            [
                $"'{path}': {others} of {count} checked spectra have a median other than 1 between {window.LowAngstrom:G6} and "
                    + $"{window.HighAngstrom:G6} Å, although the file says so; they are normalised in another way.",
            ]
            : [];
    }

    // Bad pixels hold 0, which is no flux.
    private static float GoodMedian(ReadOnlySpan<float> flux, ReadOnlySpan<byte> mask)
    {
        var good = new List<float>();
        for (var i = 0; i < flux.Length; i++)
        {
            if (mask[i] == 0)
            {
                good.Add(flux[i]);
            }
        }
        good.Sort();
        var middle = good.Count / 2;
        return good.Count == 0 ? float.NaN
            : good.Count % 2 == 1 ? good[middle]
            : 0.5f * (good[middle - 1] + good[middle]);
    }
}
