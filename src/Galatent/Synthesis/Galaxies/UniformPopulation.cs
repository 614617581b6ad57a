using Galatent.Numerics;
using Galatent.Synthesis.StarFormation;

namespace Galatent.Synthesis.Galaxies;

/// <summary>
/// A population designed for machine learning: every parameter is uniform over its range and independent of the others, so that no corner
/// of the parameter space is rare.
/// Ranges: redshift 0.02 to the options' largest, log mass 8 to 11.5, log sSFR -12.5 to -8.15 per year (quiescent below -10.5), log Z*
/// -1.98 to 0.19, log Zgas -2 to 0.5, log U -4 to -1, dust2 0 to 2, dust1/dust2 0 to 2, slope -1 to 0.4. Histories are those of
/// <see cref="HistoryPrior"/>.
/// </summary>
public sealed class UniformPopulation : ICandidates
{
    private const double QuiescentLogSpecificSfr = -10.5;

    private readonly double _maxRedshift;
    private readonly HistoryPrior _histories;

    /// <summary>Validates the options. Only the largest redshift and the initial mass function are used.</summary>
    public UniformPopulation(PopulationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _maxRedshift = options.MaxRedshift;
        _histories = new HistoryPrior(new SurvivingMass(options.Imf));
    }

    /// <inheritdoc/>
    public double RMagnitudeLimit => double.PositiveInfinity;

    /// <summary>Galaxy number <paramref name="index"/>. Safe to call from many threads.</summary>
    public Galaxy Draw(ulong seed, ulong index)
    {
        var stream = new RandomStream(seed, "uniform population", index);
        return DrawAt(Between(ref stream, PopulationOptions.MinRedshift, _maxRedshift), ref stream);
    }

    /// <summary>A galaxy at a given redshift.</summary>
    internal Galaxy DrawAt(double redshift, ref RandomStream stream)
    {
        var logMass = Between(ref stream, 8, 11.5);
        var logSfr = logMass + Between(ref stream, -12.5, -8.15);
        var deviates = HistoryDeviates.Draw(ref stream);
        var isQuiescent = logSfr - logMass < QuiescentLogSpecificSfr;
        var dust2 = Between(ref stream, 0, 2);
        return new Galaxy
        {
            Redshift = redshift,
            LogMass = logMass,
            LogSfr = logSfr,
            LogZStar = Between(ref stream, -1.98, 0.19),
            LogZGas = Between(ref stream, -2, 0.5),
            LogU = Between(ref stream, -4, -1),
            Dust1 = dust2 * Between(ref stream, 0, 2),
            Dust2 = dust2,
            DustIndex = Between(ref stream, -1, 0.4),
            IsQuiescent = isQuiescent,
            History = _histories.Make(deviates, Cosmology.AgeGyr(redshift), logMass, logSfr, isQuiescent),
        };
    }

    Galaxy? ICandidates.DrawIfMayPass(ulong seed, ulong index) => Draw(seed, index);

    private static double Between(ref RandomStream stream, double low, double high) => low + ((high - low) * stream.NextDouble());
}
