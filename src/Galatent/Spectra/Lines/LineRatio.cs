using Galatent.Spectra.Quantities;

namespace Galatent.Spectra.Lines;

/// <summary>log10 of the ratio of two emission lines, measured on a spectrum with both above a straight continuum.</summary>
/// <param name="Quantity">Name and description.</param>
/// <param name="Upper">The line above the bar.</param>
/// <param name="Lower">The line below the bar.</param>
public sealed record LineRatio(GalaxyQuantity Quantity, LineWindow Upper, LineWindow Lower)
{
    // Weaker lines are lost in the absorption of the stars, which the straight continuum does not know: Hβ of old stars is 1 to 2 Å deep,
    // that of stars of 0.5 Gyr up to 8 Å.
    private const double LeastWidthAngstrom = 3;

    private static readonly LineWindow HydrogenBeta = new("h_beta", "Hβ", 4852.7, 4872.7, 4800, 4845, 4880, 4930);
    private static readonly LineWindow OxygenThree = new("o_iii_5008", "[O III] 5008", 4998.2, 5018.2, 4980, 4995, 5025, 5060);
    private static readonly LineWindow HydrogenAlpha = new("h_alpha", "Hα", 6557.2, 6572, 6480, 6540, 6610, 6670);
    private static readonly LineWindow NitrogenTwo = new("n_ii_6585", "[N II] 6585", 6577.9, 6592.7, 6480, 6540, 6610, 6670);
    private static readonly LineWindow OxygenTwo = new("o_ii_3728", "[O II] 3728", 3715.5, 3741.5, 3680, 3710, 3745, 3780);

    /// <summary>All ratios.</summary>
    public static IReadOnlyList<LineRatio> All { get; } =
    [
        new(GalaxyQuantities.LogOxygenThreeHydrogenBeta, OxygenThree, HydrogenBeta),
        new(GalaxyQuantities.LogNitrogenTwoHydrogenAlpha, NitrogenTwo, HydrogenAlpha),
        new(GalaxyQuantities.LogOxygenThreeOxygenTwo, OxygenThree, OxygenTwo),
    ];

    /// <summary>Hα over Hβ, 2.86 without dust (case B, 10⁴ K; Osterbrock and Ferland 2006).</summary>
    public static LineRatio BalmerDecrement { get; } =
        new(new GalaxyQuantity("log_h_alpha_h_beta", "", "log10 of Hα over Hβ"), HydrogenAlpha, HydrogenBeta);

    /// <summary>Whether the pixels cover both lines.</summary>
    public bool IsInside(WavelengthGrid grid) => Upper.IsInside(grid) && Lower.IsInside(grid);

    /// <summary>The ratio; NaN where either line is not in emission by 3 Å of equivalent width.</summary>
    /// <param name="grid">The pixels.</param>
    /// <param name="flambda">Flux per ångström in any unit, shape (n_wave).</param>
    public double Of(WavelengthGrid grid, ReadOnlySpan<float> flambda)
    {
        var upper = Flux(grid, flambda, Upper);
        var lower = Flux(grid, flambda, Lower);
        return upper > 0 && lower > 0 ? Math.Log10(upper / lower) : double.NaN;
    }

    // Width times continuum at the line's centre.
    private static double Flux(WavelengthGrid grid, ReadOnlySpan<float> flux, LineWindow window)
    {
        var width = EquivalentWidth.Of(grid, flux, window);
        if (!(width.Value < -LeastWidthAngstrom))
        {
            return double.NaN;
        }
        var blue = BandMean.Of(grid, flux, default, window.BlueLow, window.BlueHigh).Mean;
        var red = BandMean.Of(grid, flux, default, window.RedLow, window.RedHigh).Mean;
        var from = 0.5 * (window.BlueLow + window.BlueHigh);
        var to = 0.5 * (window.RedLow + window.RedHigh);
        var share = ((0.5 * (window.Low + window.High)) - from) / (to - from);
        return -width.Value * (blue + (share * (red - blue)));
    }
}
