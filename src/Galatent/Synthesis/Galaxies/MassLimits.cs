using Galatent.Numerics;

namespace Galatent.Synthesis.Galaxies;

/// <summary>Smallest and largest stellar mass of a galaxy sample by redshift, log10 Msun, 0 to z = 6: cubic Hermite curves of the
/// pop-cosmos model (Thorp et al. 2025, arXiv:2506.12122).</summary>
public static class MassLimits
{
    private static readonly CubicHermite.Knot[] Completeness =
    [
        new(0, 6.5184, 6.9873),
        new(0.7404, 8.5429, 0.5549),
        new(6, 9.6966, 0.2956),
    ];
    private static readonly CubicHermite.Knot[] Maximum = [new(0, 9.7108, 6.4555), new(0.7948, 11.6535, 0), new(6, 11.3251, 0)];

    /// <summary>Mass above which a survey to magnitude 26 in IRAC channel 1 (3.6 micron) is complete.</summary>
    public static double LogMassCompleteness(double redshift) => Evaluate(Completeness, redshift);

    /// <summary>99.5 % of the galaxies of the COSMOS field have less than this mass. The volume of the field is small at low redshift, so
    /// it contains few massive galaxies there.</summary>
    public static double LogMassMaximum(double redshift) => Evaluate(Maximum, redshift);

    private static double Evaluate(CubicHermite.Knot[] curve, double redshift)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(redshift, curve[0].X);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(redshift, curve[^1].X);
        var left = redshift < curve[1].X ? 0 : 1;
        return CubicHermite.Interpolate(redshift, curve[left], curve[left + 1]);
    }
}
