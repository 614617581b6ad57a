using Galatent.Synthesis.StarFormation;

namespace Galatent.Synthesis.Galaxies;

/// <summary>All physical parameters of one synthetic galaxy. Its spectrum is computed from them; some are later compared with the latent
/// dimensions.</summary>
public sealed record Galaxy
{
    /// <summary>Observed redshift.</summary>
    public required double Redshift { get; init; }

    /// <summary>log10 of the surviving stellar mass (stars and remnants), Msun.</summary>
    public required double LogMass { get; init; }

    /// <summary>log10 of the star-formation rate averaged over the last 100 Myr, Msun/yr. It is -inf only for a <see cref="Continuous"/>
    /// history without young stars.</summary>
    public required double LogSfr { get; init; }

    /// <summary>log10 of the stellar metallicity relative to solar, in [-1.98, 0.19].</summary>
    public required double LogZStar { get; init; }

    /// <summary>log10 of the gas metallicity relative to solar, in [-2, 0.5].</summary>
    public required double LogZGas { get; init; }

    /// <summary>log10 of the ionisation parameter, in [-4, -1].</summary>
    public required double LogU { get; init; }

    /// <summary>Additional optical depth at 5500 Å in front of stars younger than 10 Myr, in [0, 8]; at most twice
    /// <see cref="Dust2"/>.</summary>
    public required double Dust1 { get; init; }

    /// <summary>Optical depth at 5500 Å in front of all stars, in [0, 4].</summary>
    public required double Dust2 { get; init; }

    /// <summary>Slope of the attenuation curve as an offset from Calzetti's, in [-1, 0.4].</summary>
    public required double DustIndex { get; init; }

    /// <summary>Whether the galaxy was drawn from the quiescent branch.</summary>
    public required bool IsQuiescent { get; init; }

    /// <summary>Star-formation history. <see cref="LogMass"/> is the surviving part of the mass that it forms, and <see cref="LogSfr"/> is
    /// its SFR_100.</summary>
    public required StarFormationHistory History { get; init; }

    /// <summary>A history finer than seven bins; null for most galaxies. If given, the spectrum is computed from it, and the seven bins
    /// hold its mean rates.</summary>
    public ContinuousHistory? Continuous { get; init; }

    /// <summary>log10 of all stellar mass ever formed, Msun.</summary>
    public double LogMassFormed => Math.Log10(MassFormedMsun);

    /// <summary>All stellar mass ever formed, Msun.</summary>
    public double MassFormedMsun => Continuous?.MassFormedMsun ?? History.TotalMassFormedMsun;

    /// <summary>Mean age of the stars, weighted with the mass formed, Gyr.</summary>
    public double MassWeightedAgeGyr => Continuous?.MassWeightedAgeGyr ?? History.MassWeightedAgeGyr;

    /// <summary>The six log10(SFR_j / SFR_j+1), bin 1 the youngest, clipped to the prior's [-5, 5].</summary>
    public double[] LogSfrRatios => [.. History.LogSfrRatios().Select(ratio => Math.Clamp(ratio, -5, 5))];
}
