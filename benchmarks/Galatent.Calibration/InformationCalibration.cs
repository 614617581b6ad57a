using Galatent.Latents.Information;

namespace Galatent.Calibration;

/// <summary>Results of the estimator on many samples of one family.</summary>
/// <param name="Family">Name of the family.</param>
/// <param name="Truth">Its mutual information, nat.</param>
/// <param name="MeanMi">Mean estimate, nat.</param>
/// <param name="Spread">Standard deviation of the estimates, nat.</param>
/// <param name="MeanStd">Mean of the estimated standard errors, nat.</param>
/// <param name="Coverage">Share of the 95 % intervals that contain the truth.</param>
/// <param name="WithinTolerance">Share of the estimates within 3 standard errors, 0.01 nat, or 2 % above 0.5 nat.</param>
/// <param name="MeanComponents">Mean number of components.</param>
/// <param name="Significant">Share of p-values of at most 0.05.</param>
/// <param name="MeanKsg">Mean nearest-neighbour estimate, nat.</param>
internal sealed record CalibrationRow(
    string Family,
    double Truth,
    double MeanMi,
    double Spread,
    double MeanStd,
    double Coverage,
    double WithinTolerance,
    double MeanComponents,
    double Significant,
    double MeanKsg
);

/// <summary>Calibration on families with known mutual information. It takes minutes, so it is a tool and not a test.</summary>
internal static class InformationCalibration
{
    /// <summary>The families of the calibration.</summary>
    public static IReadOnlyList<KnownDependence> Families() =>
        [
            .. new[] { 0, 0.05, 0.3, 0.6, 0.9, 0.99 }.Select(KnownDependence.Gaussian),
            KnownDependence.CubedGaussian(0.6),
            KnownDependence.GammaExponential(1),
            KnownDependence.GammaExponential(4),
            KnownDependence.OrderedWeinman(0.3),
            KnownDependence.OrderedWeinman(0.1),
            KnownDependence.Mixture("D3", KnownDependence.D3),
            KnownDependence.Ring(0.2),
            KnownDependence.Sine(1, 0.3),
            KnownDependence.Sine(2, 0.2),
            KnownDependence.Banana(0.5),
            KnownDependence.TwoClasses(2),
        ];

    /// <summary>Families in which at least one column is not continuous, or rows repeat.</summary>
    public static IReadOnlyList<KnownDependence> DiscreteFamilies() =>
        [
            .. new[] { 0.3, 1, 3, 10 }.Select(DiscreteDependence.PoissonAndCoin),
            .. new[] { 1.0, 3, 10 }.Select(DiscreteDependence.IndependentPoisson),
            DiscreteDependence.CommonPoisson(1),
            DiscreteDependence.CommonPoisson(3),
            DiscreteDependence.ZeroInflatedPoisson(0.5, 3),
            .. new[] { 1, 2, 5 }.SelectMany(per =>
                new[] { 0, 0.3, 0.6, 0.9, 0.99 }.Select(rho => DiscreteDependence.RoundedGaussian(rho, per))
            ),
            .. new[] { 1, 2, 5 }.SelectMany(per => new[] { 0.3, 0.6, 0.9, 0.99 }.Select(rho => MixedDependence.RoundedAndNormal(rho, per))),
            MixedDependence.PoissonAndNormal(1, 0.5),
            MixedDependence.PoissonAndNormal(3, 0.5),
            MixedDependence.PoissonAndNormal(3, 2),
            MixedDependence.PoissonAndNormal(10, 3),
            MixedDependence.Classes([0.5, 0.3, 0.15, 0.05], [0, 2, -1.5, 1]),
            MixedDependence.Classes([0.97, 0.03], [0, 2]),
            MixedDependence.ZeroInflated(0.3, 0.6),
            MixedDependence.ZeroInflated(0.7, 0.9),
            MixedDependence.ZeroInflated(0.3, 0),
            MixedDependence.Censored(0.3),
            MixedDependence.Censored(0.8),
            MixedDependence.BothCensored(0),
            MixedDependence.BothCensored(0.7),
            MixedDependence.Repeated(KnownDependence.Gaussian(0), 2),
            MixedDependence.Repeated(KnownDependence.Gaussian(0.6), 2),
            MixedDependence.Repeated(KnownDependence.Gaussian(0.8), 5),
            MixedDependence.Repeated(KnownDependence.Gaussian(0.6), 1.3),
            MixedDependence.Repeated(KnownDependence.Ring(0.2), 1.3),
            MixedDependence.Repeated(MixedDependence.ZeroInflated(0.3, 0.6), 2),
        ];

    /// <summary>Estimates one family on independent samples.</summary>
    /// <param name="family">The family.</param>
    /// <param name="count">Rows of each sample.</param>
    /// <param name="seeds">Number of samples.</param>
    /// <param name="options">How to estimate.</param>
    /// <param name="threads">Largest number of threads.</param>
    public static CalibrationRow Run(KnownDependence family, int count, int seeds, MutualInformationOptions options, int threads)
    {
        var tests = new IndependenceTests(options.Permutations, 1, threads, default);
        var estimates = new MutualInformationEstimate[seeds];
        Parallel.For(0, seeds, new ParallelOptions { MaxDegreeOfParallelism = threads }, seed =>
        {
            var (x, y) = family.Sample(count, 1000 + (ulong)seed);
            estimates[seed] = MutualInformationEstimator.Estimate(
                ColumnPair.Of(new("x", x), new("y", y), null, false, (ulong)seed),
                tests,
                options,
                (ulong)seed,
                1,
                default
            );
        });
        var mean = estimates.Average(e => e.Mi);
        double Share(Func<MutualInformationEstimate, bool> holds) => estimates.Count(holds) / (double)seeds;
        // A truth of 0 may come out as -0 or 1e-17. But the lower end of an interval is exactly 0, so the truth must be too.
        var truth = Math.Max(0, family.Truth);
        return new CalibrationRow(
            family.Name,
            truth,
            mean,
            Math.Sqrt(estimates.Sum(e => (e.Mi - mean) * (e.Mi - mean)) / Math.Max(1, seeds - 1)),
            estimates.Average(e => e.Std),
            Share(e => e.Low <= truth && truth <= e.High),
            Share(e => Math.Abs(e.Mi - truth) <= Math.Max(3 * e.Std, truth > 0.5 ? 0.02 * truth : 0.01)),
            estimates.Average(e => e.Components),
            Share(e => e.PValue <= 0.05),
            estimates.Average(e => e.Ksg ?? double.NaN)
        );
    }
}
