using Galatent.Numerics;
using Galatent.Synthesis.StarFormation;

namespace Galatent.Synthesis.Galaxies;

/// <summary>
/// A realistic population of galaxies, following the baseline model of Alsing et al. (2023, ApJS 264, 29). The parameters are drawn in this
/// order, each given the previous ones: redshift and mass, type, star formation, metallicities, history, dust, ionisation.
/// Candidate k depends only on the seed and k. The sample consists of the candidates that pass <see cref="MayPass"/> and then the exact
/// magnitude limit on their spectrum, in the order of k.
/// </summary>
public sealed class GalaxyPopulation : ICandidates
{
    /// <summary>Spectra are computed only for candidates whose approximate magnitude is at most this much fainter than the limit. 1 mag
    /// (2.9 rms) loses 0.2 % of the sample, with FSPS spectra and with the embedded library.</summary>
    private const double PrefilterMarginMag = 1;

    private const int NumbersAfterMass = 16;

    private readonly RedshiftMassDensity _density;
    private readonly HistoryPrior _histories;

    /// <summary>Tabulates the density of redshift and mass (about 30 ms) and validates the options.</summary>
    public GalaxyPopulation(PopulationOptions options)
    {
        options.Validate();
        ArgumentOutOfRangeException.ThrowIfEqual((int)options.Selection, (int)SelectionPreset.Uniform);
        Options = options;
        _density = new RedshiftMassDensity(options.Selection, options.MaxRedshift);
        _histories = new HistoryPrior(new SurvivingMass(options.Imf));
    }

    /// <summary>The options of the population.</summary>
    public PopulationOptions Options { get; }

    /// <inheritdoc/>
    public double RMagnitudeLimit => Options.RMagnitudeLimit;

    /// <summary>Candidate number <paramref name="index"/>, before any magnitude cut. Safe to call from many threads.</summary>
    public Galaxy Draw(ulong seed, ulong index) => Complete(DrawParameters(seed, index));

    /// <summary>The candidate if it <see cref="MayPass"/>, otherwise null. About half of the candidates then need no history, which is the
    /// most expensive part of a galaxy.</summary>
    public Galaxy? DrawIfMayPass(ulong seed, ulong index) =>
        DrawParameters(seed, index) is var drawn && IsBrightEnough(drawn) ? Complete(drawn) : null;

    /// <summary>A galaxy of the population at a given redshift, with an apparent magnitude at rest 5000-5500 Å between two limits. If no
    /// trial has one, it is the trial that comes nearest; limits that are not numbers are none.</summary>
    /// <param name="redshift">Redshift, above 0. Masses are those of the population's own range of redshifts.</param>
    /// <param name="restMagnitude">Brightest and faintest AB magnitude.</param>
    /// <param name="trials">Largest number of trials.</param>
    /// <param name="stream">Random numbers of this galaxy.</param>
    internal Galaxy DrawAt(double redshift, (double Bright, double Faint) restMagnitude, int trials, ref RandomStream stream)
    {
        var nearest = default(DrawnParameters);
        var least = double.PositiveInfinity;
        var distanceModulus = RestDistance(redshift);
        for (var trial = 0; trial < trials && least > 0; trial++)
        {
            stream.NextDouble();
            var logMass = _density.DrawLogMass(redshift, stream.NextDouble());
            // Most trials are far too faint whatever else they draw, so the rest of their numbers is left out. Mocks like SDSS need 30
            // trials each.
            if (BrightestMagnitude(logMass) + distanceModulus - restMagnitude.Faint >= least)
            {
                stream.SkipDoubles(NumbersAfterMass);
                continue;
            }
            var (isQuiescent, logSfr) = DrawStarFormation(redshift, logMass, ref stream);
            if (BrightestMagnitude(logMass, logSfr) + distanceModulus - restMagnitude.Faint >= least)
            {
                stream.SkipDoubles(NumbersAfterMass - 2);
                continue;
            }
            var drawn = DrawParameters(redshift, logMass, isQuiescent, logSfr, ref stream);
            var magnitude = AbsoluteMagnitude(drawn, LogRestStretch) + distanceModulus;
            var distance = Math.Max(0, Math.Max(restMagnitude.Bright - magnitude, magnitude - restMagnitude.Faint));
            if (!(distance >= least))
            {
                (nearest, least) = (drawn, double.IsNaN(distance) ? 0 : distance);
            }
        }
        return Complete(nearest);
    }

    private DrawnParameters DrawParameters(ulong seed, ulong index)
    {
        var stream = new RandomStream(seed, "population", index);
        var (redshift, logMass) = _density.Draw(stream.NextDouble(), stream.NextDouble());
        var (isQuiescent, logSfr) = DrawStarFormation(redshift, logMass, ref stream);
        return DrawParameters(redshift, logMass, isQuiescent, logSfr, ref stream);
    }

    // Every galaxy draws eighteen numbers in a fixed order, whatever the options. So changing one relation does not change the numbers of
    // the others. The first two were redshift and mass.
    private (bool IsQuiescent, double LogSfr) DrawStarFormation(double redshift, double logMass, ref RandomStream stream)
    {
        var isQuiescent = stream.NextDouble() < QuiescentFraction.At(logMass, redshift, Options.QuiescentFraction);
        return (isQuiescent, StarFormingSequence.DrawLogSfr(stream.NextDouble(), logMass, redshift, isQuiescent));
    }

    private DrawnParameters DrawParameters(double redshift, double logMass, bool isQuiescent, double logSfr, ref RandomStream stream)
    {
        var gasDeviate = NormalDistribution.Quantile(stream.NextDouble());
        var logZGas = MetallicityRelations.LogZGas(gasDeviate, logMass, logSfr, redshift, Options.GasMetallicity);
        var logZStar = MetallicityRelations.DrawLogZStar(stream.NextDouble(), gasDeviate, logMass, Options.StellarMetallicity);
        var deviates = HistoryDeviates.Draw(ref stream);
        var birthCloudRatio = DustPriors.DrawBirthCloudRatio(stream.NextDouble());
        var dust2 = DustPriors.DrawDust2(stream.NextDouble(), logMass, logSfr, logZGas, isQuiescent, Options.DustDepth);
        var dustIndex = DustPriors.DrawDustIndex(stream.NextDouble(), dust2, Options.DustSlope);
        var logU = IonizationParameterRelation.DrawLogU(stream.NextDouble(), logMass, logSfr, logZGas);
        return new DrawnParameters(
            redshift,
            logMass,
            logSfr,
            logZStar,
            logZGas,
            logU,
            birthCloudRatio * dust2,
            dust2,
            dustIndex,
            isQuiescent,
            deviates
        );
    }

    private Galaxy Complete(in DrawnParameters drawn) =>
        new()
        {
            Redshift = drawn.Redshift,
            LogMass = drawn.LogMass,
            LogSfr = drawn.LogSfr,
            LogZStar = drawn.LogZStar,
            LogZGas = drawn.LogZGas,
            LogU = drawn.LogU,
            Dust1 = drawn.Dust1,
            Dust2 = drawn.Dust2,
            DustIndex = drawn.DustIndex,
            IsQuiescent = drawn.IsQuiescent,
            History = _histories.Make(drawn.Deviates, Cosmology.AgeGyr(drawn.Redshift), drawn.LogMass, drawn.LogSfr, drawn.IsQuiescent),
        };

    /// <summary>Whether a spectrum is computed for a candidate: there is no limit, or its approximate magnitude is less than 1 mag beyond
    /// it. If the selection itself uses the approximate magnitude, it must not be beyond the limit.</summary>
    public bool MayPass(Galaxy galaxy) => IsBrightEnough(new DrawnParameters(galaxy));

    private bool IsBrightEnough(in DrawnParameters drawn) =>
        double.IsPositiveInfinity(Options.RMagnitudeLimit)
        || MagnitudeEstimate(drawn) < Options.RMagnitudeLimit + (Options.RMagnitudes == RMagnitudeSource.Spectrum ? PrefilterMarginMag : 0);

    /// <summary>
    /// Apparent AB magnitude in r without a spectrum: a polynomial in z, s = log sSFR + 9.5 (clipped to -2.5 to 1.5), dust and metallicity.
    /// It was fitted to the r band of the public pop-cosmos emulator of FSPS (Alsing et al. 2024); rms 0.35 mag near 25.
    /// </summary>
    public static double ApproximateRMagnitude(Galaxy galaxy) => MagnitudeEstimate(new DrawnParameters(galaxy));

    private static double MagnitudeEstimate(in DrawnParameters galaxy) =>
        Cosmology.DistanceModulus(galaxy.Redshift) + AbsoluteMagnitude(galaxy, Math.Log10(1 + galaxy.Redshift));

    // In the r band of an observer who sees the galaxy at lz = log10(1 + z).
    private static double AbsoluteMagnitude(in DrawnParameters galaxy, double lz)
    {
        var d1 = galaxy.Dust1;
        var d2 = galaxy.Dust2;
        var n = galaxy.DustIndex;
        var dust = (0.909 * d2) + (3.818 * d2 * lz) + (0.110 * d1) + (0.926 * d1 * lz) + (n * d2 * (1.710 - (10.589 * lz)));
        return StarsMagnitude(galaxy.LogMass, galaxy.LogZStar, lz) + YouthMagnitude(galaxy.LogSfr - galaxy.LogMass, lz) + dust;
    }

    private static double StarsMagnitude(double logMass, double logZStar, double lz) =>
        3.663 - (2.5 * logMass) + (lz * (2.149 - (lz * (3.148 + (1.099 * lz))))) + (0.345 * logZStar);

    private static double YouthMagnitude(double logSpecificSfr, double lz)
    {
        var s = Math.Clamp(logSpecificSfr + 9.5, -2.5, 1.5);
        return (s * (-1.161 + (s * (-0.375 + (0.009 * s))))) + (s * lz * (-1.809 + (0.551 * lz) + (0.360 * s)));
    }

    // Without dust, which takes light at this redshift whatever its slope, and with the fewest metals.
    private static double BrightestMagnitude(double logMass, double logSfr) =>
        StarsMagnitude(logMass, MetallicityRelations.LeastLogZStar, LogRestStretch) + YouthMagnitude(logSfr - logMass, LogRestStretch);

    // The largest specific rate is the brightest.
    private static double BrightestMagnitude(double logMass) =>
        BrightestMagnitude(logMass, logMass + StarFormingSequence.GreatestLogSpecificSfr);

    // The r band sees rest 5250 Å at redshift 0.19, so that the estimate is one for rest 5000-5500 Å, whatever the galaxy's own redshift.
    private static readonly double LogRestStretch = Math.Log10(1 + 0.19);

    // What a galaxy's redshift adds to its magnitude at rest 5000-5500 Å.
    private static double RestDistance(double redshift) =>
        Cosmology.DistanceModulus(redshift) - (2.5 * Math.Log10(1 + redshift)) + (2.5 * LogRestStretch);

    private readonly record struct DrawnParameters(
        double Redshift,
        double LogMass,
        double LogSfr,
        double LogZStar,
        double LogZGas,
        double LogU,
        double Dust1,
        double Dust2,
        double DustIndex,
        bool IsQuiescent,
        HistoryDeviates Deviates
    )
    {
        public DrawnParameters(Galaxy g)
            : this(g.Redshift, g.LogMass, g.LogSfr, g.LogZStar, g.LogZGas, g.LogU, g.Dust1, g.Dust2, g.DustIndex, g.IsQuiescent, default)
        { }
    }
}
