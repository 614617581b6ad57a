using Galatent.Spectra.Quantities;
using Galatent.Synthesis.StarFormation;

namespace Galatent.Explore.Physics;

/// <summary>
/// The star-formation rate of the last 100 Myr per mass ever formed, log10 of 1/yr, as one number that can be moved: all older rates keep
/// their proportions, and the mass formed stays the same. It moves the ratio between the second and the third age bin. With the share f
/// of the mass that was formed in the last 100 Myr, the rate is f / 10^8 yr, and the ratio changes by the change of log10(f / (1 - f)).
/// </summary>
internal static class RecentRate
{
    /// <summary>Name in questions.</summary>
    public const string Name = "log_ssfr_formed";

    /// <summary>Symbol.</summary>
    public const string Symbol = "log SFR/M formed";

    /// <summary>A few words.</summary>
    public const string Words = "recent star formation rate";

    /// <summary>Which of the six ratios it moves, from 0.</summary>
    public const int MovedRatio = 1;

    private const double LogYears = 8;

    // Of a galaxy whose stars are all young nothing older is left to keep its proportions.
    private const double LargestShare = 0.999;

    /// <summary>The rate of a galaxy.</summary>
    public static double Of(Dictionary<string, double> galaxy) => Math.Log10(Share(galaxy)) - LogYears;

    /// <summary>The galaxy with another rate.</summary>
    public static Dictionary<string, double> With(Dictionary<string, double> galaxy, double rate)
    {
        var now = Share(galaxy);
        var then = Math.Min(LargestShare, Math.Pow(10, rate + LogYears));
        var ratio = GalaxyQuantities.LogSfrRatios[MovedRatio].Name;
        return new Dictionary<string, double>(galaxy, StringComparer.Ordinal)
        {
            [ratio] = galaxy[ratio] + Math.Log10(then / (1 - then)) - Math.Log10(now / (1 - now)),
        };
    }

    private static double Share(Dictionary<string, double> galaxy)
    {
        double[] ratios = [.. GalaxyQuantities.LogSfrRatios.Select(q => galaxy[q.Name])];
        var history = StarFormationHistory.FromLogSfrRatios(ratios, Cosmology.AgeGyr(galaxy[GalaxyQuantities.Redshift.Name]), 1);
        return history.BinMassFormedMsun(0) + history.BinMassFormedMsun(1);
    }
}
