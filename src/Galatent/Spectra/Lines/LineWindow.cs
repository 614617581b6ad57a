namespace Galatent.Spectra.Lines;

/// <summary>Where an equivalent width is measured: the line, and a band of continuum on either side. Å, vacuum.</summary>
/// <param name="Name">Name in tables, e.g. <c>h_beta</c>.</param>
/// <param name="Label">The field's name, e.g. Hβ.</param>
/// <param name="Low">Lower end of the line.</param>
/// <param name="High">Upper end of the line.</param>
/// <param name="BlueLow">Lower end of the continuum below.</param>
/// <param name="BlueHigh">Upper end of the continuum below.</param>
/// <param name="RedLow">Lower end of the continuum above.</param>
/// <param name="RedHigh">Upper end of the continuum above.</param>
public sealed record LineWindow(
    string Name,
    string Label,
    double Low,
    double High,
    double BlueLow,
    double BlueHigh,
    double RedLow,
    double RedHigh
)
{
    /// <summary>Largest wavelength at which pixels of the study's grid are narrow enough for an equivalent width, Å. Above it they are
    /// 20 Å wide.</summary>
    public const double LastNarrowAngstrom = 7402;

    /// <summary>[O II] 3727 (Balogh et al. 1999, ApJ 527, 54).</summary>
    public static LineWindow OxygenTwo { get; } = OfAir("o_ii_3727", "[O II] 3728", 3713, 3741, 3653, 3713, 3741, 3801);

    /// <summary>Hδ_A (Worthey &amp; Ottaviani 1997, ApJS 111, 377).</summary>
    public static LineWindow HydrogenDelta { get; } = OfAir("h_delta_a", "Hδ_A", 4083.5, 4122.25, 4041.6, 4081.5, 4128.5, 4161);

    /// <summary>Hβ of the Lick system (Worthey et al. 1994, ApJS 94, 687; Trager et al. 1998).</summary>
    public static LineWindow HydrogenBeta { get; } = OfAir("h_beta", "Hβ", 4847.875, 4876.625, 4827.875, 4847.875, 4876.625, 4891.625);

    /// <summary>All windows, ascending.</summary>
    public static IReadOnlyList<LineWindow> All { get; } = [OxygenTwo, HydrogenDelta, HydrogenBeta];

    /// <summary>Whether the pixels cover line and continuum, and are narrow there.</summary>
    public bool IsInside(WavelengthGrid grid)
    {
        ArgumentNullException.ThrowIfNull(grid);
        return RedHigh <= LastNarrowAngstrom && BandMean.IsCovered(grid, BlueLow, RedHigh);
    }

    private static LineWindow OfAir(
        string name,
        string label,
        double low,
        double high,
        double blueLow,
        double blueHigh,
        double redLow,
        double redHigh
    )
    {
        static double Vacuum(double air) => AirWavelength.ToVacuum(air);
        return new(name, label, Vacuum(low), Vacuum(high), Vacuum(blueLow), Vacuum(blueHigh), Vacuum(redLow), Vacuum(redHigh));
    }
}
