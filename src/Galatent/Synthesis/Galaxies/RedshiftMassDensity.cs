using Galatent.Numerics;
using Galatent.Synthesis.StarFormation;

namespace Galatent.Synthesis.Galaxies;

/// <summary>
/// Joint density of redshift and stellar mass of the candidates, p(z, m) ~ dV_C/dz Phi(m, z) between two mass limits that depend on
/// redshift.
/// It is tabulated at 400 redshifts, with 551 masses between the limits. Between redshifts the quantiles of the mass are interpolated, so a
/// drawn mass is always inside the limits.
/// </summary>
public sealed class RedshiftMassDensity
{
    /// <summary>Smallest and largest log10 mass at any redshift, Msun.</summary>
    public const double MinLogMass = 7,
        MaxLogMass = 12.5;

    private const int RedshiftCount = 400,
        MassCount = 551;

    private readonly double _lastRedshift;
    private readonly TabulatedDensity _redshift;
    private readonly TabulatedDensity[] _logMass = new TabulatedDensity[RedshiftCount];
    private readonly SelectionPreset _selection;

    /// <summary>Tabulates the density.</summary>
    public RedshiftMassDensity(SelectionPreset selection, double maxRedshift)
    {
        (_selection, _lastRedshift) = (selection, maxRedshift);
        var marginal = new double[RedshiftCount];
        var density = new double[MassCount];
        for (var i = 0; i < RedshiftCount; i++)
        {
            var z = PopulationOptions.MinRedshift + (i * RedshiftStep);
            var (low, high) = LogMassLimits(z);
            for (var k = 0; k < MassCount; k++)
            {
                density[k] = StellarMassFunction.PerMpc3PerDex(low + (k * (high - low) / (MassCount - 1)), z);
            }
            _logMass[i] = new TabulatedDensity(low, high, density);
            marginal[i] = Cosmology.ComovingVolumeElementMpc3(z) * _logMass[i].Integral;
        }
        _redshift = new TabulatedDensity(PopulationOptions.MinRedshift, maxRedshift, marginal);
    }

    /// <summary>
    /// Limits of log10 mass at a redshift. Upper limit: 0.5 dex above the COSMOS maximum. Lower limit: the completeness of IRAC channel 1
    /// at 26 mag. For the r-band preset the lower limit is 0.6 dex lower, because there the magnitude cut decides.
    /// </summary>
    public (double Low, double High) LogMassLimits(double redshift)
    {
        var margin = _selection == SelectionPreset.RBand25 ? 0.6 : 0;
        return (
            Math.Max(MinLogMass, MassLimits.LogMassCompleteness(redshift) - margin),
            Math.Min(MaxLogMass, MassLimits.LogMassMaximum(redshift) + 0.5)
        );
    }

    /// <summary>A redshift and a log10 mass from two uniform numbers.</summary>
    public (double Redshift, double LogMass) Draw(double uRedshift, double uMass)
    {
        var redshift = Math.Min(_redshift.Quantile(uRedshift), _lastRedshift);
        return (redshift, DrawLogMass(redshift, uMass));
    }

    /// <summary>A log10 mass at a redshift from a uniform number. Outside the tabulated redshifts it is that of the nearest one.</summary>
    internal double DrawLogMass(double redshift, double uMass)
    {
        var position = Math.Clamp((redshift - PopulationOptions.MinRedshift) / RedshiftStep, 0, RedshiftCount - 1);
        var row = Math.Clamp((int)position, 0, RedshiftCount - 2);
        var share = position - row;
        return ((1 - share) * _logMass[row].Quantile(uMass)) + (share * _logMass[row + 1].Quantile(uMass));
    }

    private double RedshiftStep => (_lastRedshift - PopulationOptions.MinRedshift) / (RedshiftCount - 1);
}
