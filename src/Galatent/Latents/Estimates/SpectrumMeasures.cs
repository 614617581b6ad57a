using Galatent.Latents.Outliers;
using Galatent.Spectra;
using Galatent.Spectra.Lines;
using Galatent.Spectra.Quantities;

namespace Galatent.Latents.Estimates;

/// <summary>What is measured on an observed spectrum itself, without a model: it stands beside what latents say.</summary>
/// <param name="LogBalmerDecrement">log10 of Hα over Hβ, stellar absorption not removed; NaN where a line is weak or not seen.</param>
/// <param name="ColourExcess">E(B-V) of the gas, 1.97 log10(decrement / 2.86) (Calzetti et al. 2000, ApJ 533, 682), mag.</param>
/// <param name="LogZGas">log10 of the gas metallicity, solar, from [N II] / Hα: 12 + log O/H = 8.90 + 0.57 log N2 (Pettini and Pagel 2004,
/// MNRAS 348, L59; scatter 0.18 dex), less 8.69 (Asplund et al. 2009).</param>
/// <param name="BreakStrength">D4000n.</param>
public sealed record SpectrumMeasures(double LogBalmerDecrement, double ColourExcess, double LogZGas, double BreakStrength)
{
    private const double CaseB = 2.86;
    private const double MostBadShare = 0.05;
    private const double BreakLow = 3851;
    private const double BreakHigh = 4102;

    /// <summary>Measures a spectrum.</summary>
    public static SpectrumMeasures Of(ObservedSpectra spectra, int row)
    {
        ArgumentNullException.ThrowIfNull(spectra);
        var grid = spectra.Grid;
        var mask = spectra.Mask(row);
        var flux = spectra.Filled(row);
        var (perHertz, perAngstrom) = ((float[])flux.Clone(), (float[])flux.Clone());
        var isPerHertz = SpectrumProvenance.IsPerHertz(spectra.FluxUnit) != false;
        DerivedQuantities.Convert(grid, isPerHertz ? perAngstrom : perHertz, toPerHertz: !isPerHertz);
        double Ratio(LineRatio ratio) =>
            ratio.IsInside(grid) && IsGood(ratio.Upper) && IsGood(ratio.Lower) ? ratio.Of(grid, perAngstrom) : double.NaN;
        bool IsGood(LineWindow window) => BadShare(grid, mask, window.BlueLow, window.RedHigh) < MostBadShare;
        var decrement = Ratio(LineRatio.BalmerDecrement);
        var nitrogen = Ratio(LineRatio.All.First(r => r.Quantity == GalaxyQuantities.LogNitrogenTwoHydrogenAlpha));
        return new SpectrumMeasures(
            decrement,
            1.97 * (decrement - Math.Log10(CaseB)),
            8.90 + (0.57 * nitrogen) - 8.69,
            BadShare(grid, mask, BreakLow, BreakHigh) < MostBadShare ? Spectra.Lines.BreakStrength.Of(grid, perHertz).Value : double.NaN
        );
    }

    private static double BadShare(WavelengthGrid grid, byte[] mask, double low, double high)
    {
        var (first, end) = grid.Range(low, high);
        return end <= first ? 1 : 1 - (mask.AsSpan(first, end - first).Count((byte)0) / (double)(end - first));
    }
}
