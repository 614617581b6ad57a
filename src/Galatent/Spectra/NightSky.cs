namespace Galatent.Spectra;

/// <summary>Observed wavelengths where the night sky shines or the atmosphere absorbs, vacuum, Å.</summary>
public static class NightSky
{
    private const double HalfWidthAngstrom = 4;

    // [O I] 6300 and 6364 in vacuum.
    private static readonly double[] Oxygen = [6302, 6366];

    // The stronger OH lines of the red sky, air (Hanuschik 2003, A&A 407, 1157).
    private static readonly double[] HydroxylAir =
    [
        7276.4,
        7316.3,
        7340.9,
        7750.6,
        7794.1,
        7821.5,
        7913.7,
        7964.7,
        7993.3,
        8344.6,
        8399.2,
        8430.2,
        8465.4,
        8778.3,
        8791.2,
        8827.1,
        8836.0,
        8867.6,
        8885.9,
        8903.1,
        8919.6,
        8943.4,
        8957.9,
        8988.4,
        9001.1,
        9037.9,
        9049.5,
    ];

    /// <summary>The strongest line, [O I] 5577.</summary>
    public static IReadOnlyList<(double LowAngstrom, double HighAngstrom)> Oxygen5577 { get; } = [(5571, 5586)];

    /// <summary>That line, the other lines of oxygen, and the stronger ones of OH, 4 Å to either side.</summary>
    public static IReadOnlyList<(double LowAngstrom, double HighAngstrom)> StrongLines { get; } =
    [
        .. Oxygen5577,
        .. Oxygen.Concat(HydroxylAir.Select(AirWavelength.ToVacuum)).Select(l => (l - HalfWidthAngstrom, l + HalfWidthAngstrom)),
    ];

    /// <summary>Bands of oxygen and water.</summary>
    public static IReadOnlyList<(double LowAngstrom, double HighAngstrom)> Telluric { get; } = [(6860, 6960), (7585, 7715), (9300, 9700)];
}
