using Galatent.Numerics;
using Galatent.Synthesis.Dust;
using Galatent.Synthesis.Gas;
using Galatent.Synthesis.Stars;

namespace Galatent.Synthesis;

/// <summary>What a spectrum contains. The defaults are the study's.</summary>
public sealed record SynthesisOptions
{
    /// <summary>Whether the lines of ionised gas are added.</summary>
    public bool EmissionLines { get; init; } = true;

    /// <summary>Where the lines' luminosities come from.</summary>
    public LineSource Lines { get; init; } = LineSource.Models;

    /// <summary>Whether the continuum of ionised gas is added.</summary>
    public bool NebularContinuum { get; init; } = true;

    /// <summary>Where the continuum of ionised gas comes from.</summary>
    public NebularContinuumSource ContinuumSource { get; init; } = NebularContinuumSource.Table;

    /// <summary>Fraction of Lyman alpha that leaves the galaxy, 0 to 1, before dust; 1 in FSPS.</summary>
    public double LymanAlphaEscape { get; init; } = 1;

    /// <summary>Fraction of ionising photons that leave the galaxy without ionising gas, 0 to 1; frac_obrun in FSPS, default 0.</summary>
    public double LymanContinuumEscape { get; init; }

    /// <summary>Fraction of ionising photons that the gas converts to lines and continuum.</summary>
    internal double IonizingShare => 1 - LymanContinuumEscape;

    /// <summary>What determines the width of emission lines.</summary>
    public LineWidthRule LineWidth { get; init; } = LineWidthRule.TwoPixels;

    /// <summary>Standard deviation of the gas' velocities, km/s; see <see cref="LineWidth"/>.</summary>
    public double LineVelocityKmPerS { get; init; }

    /// <summary>Standard deviation of the stars' velocities, km/s, in addition to the library's own resolution; 0 leaves the spectra
    /// unchanged.</summary>
    public double StellarVelocityKmPerS { get; init; }

    /// <summary>Whether every galaxy has its own velocity dispersion, by its mass (<see cref="VelocityDispersionRelation"/>), instead of
    /// <see cref="StellarVelocityKmPerS"/>.</summary>
    public bool StellarVelocityByMass { get; init; }

    /// <summary>Scatter of metallicity among the stars of one galaxy, dex (<see cref="MetallicityDistribution"/>); 0 for equal
    /// metallicities.</summary>
    public double MetallicityScatterDex { get; init; }

    /// <summary>Whether whole age nodes up to 1e7 yr count as young, as in FSPS, instead of a split at exactly that age.</summary>
    public bool SplitAtNodes { get; init; }

    /// <summary>Shape of the diffuse dust's attenuation.</summary>
    public DustLaw Dust { get; init; } = DustLaw.KriekConroy;

    /// <summary>Exponent of the birth clouds' power law, -1 in FSPS; null for the diffuse curve of the galaxy (bagpipes).</summary>
    public double? BirthCloudIndex { get; init; } = -1;

    /// <summary>The range of line centres, Å. The study has the lines from 1000 to 10000 Å.</summary>
    public (double LowAngstrom, double HighAngstrom) LineRange { get; init; } = (1000, 10000);

    /// <summary>Throws an <see cref="InputException"/> that names the first invalid value.</summary>
    public void Validate()
    {
        Require(
            LymanAlphaEscape is >= 0 and <= 1,
            $"The escaping share of Lyman alpha is {LymanAlphaEscape}; it must lie between 0 and 1."
        );
        Require(
            LymanContinuumEscape is >= 0 and <= 1,
            $"The escaping share of ionising photons is {LymanContinuumEscape}; it must lie between 0 and 1."
        );
        Require(
            LineVelocityKmPerS is >= 0 and <= 10_000,
            $"The velocity width of the lines is {LineVelocityKmPerS} km/s; it must lie between 0 and 10000."
        );
        Require(
            LineWidth != LineWidthRule.Velocity || LineVelocityKmPerS > 0,
            "Lines as wide as their velocity need a velocity above 0 km/s; give it, e.g. 100."
        );
        Require(
            StellarVelocityKmPerS is >= 0 and <= 2000,
            $"The velocity dispersion of the stars is {StellarVelocityKmPerS} km/s; it must lie between 0 and 2000."
        );
        Require(
            !StellarVelocityByMass || StellarVelocityKmPerS == 0,
            $"The velocity dispersion of the stars is {StellarVelocityKmPerS} km/s and also by mass; choose one of the two."
        );
        Require(
            MetallicityScatterDex is >= 0 and <= 2,
            $"The scatter of metallicity among stars is {MetallicityScatterDex} dex; it must lie between 0 and 2, e.g. 0.2."
        );
        Require(
            BirthCloudIndex is null or (>= -5 and <= 5),
            $"The exponent of the birth clouds is {BirthCloudIndex}; it must lie between -5 and 5, usually -1."
        );
    }

    private static void Require(bool isGood, string complaint)
    {
        if (!isGood)
        {
            throw new InputException(complaint);
        }
    }
}
