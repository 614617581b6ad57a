using BenchmarkDotNet.Attributes;
using Galatent.Calibration;
using Galatent.Latents.Mixtures;

namespace Galatent.Benchmarks;

/// <summary>
/// Why it exists: nearly all of the time of a mutual information goes into E-steps of planar mixtures.
/// What it measures: one E-step over 10,000 points with the sums of the M-step, vectorised (component-major, in blocks) against point by
/// point, by components.
/// What it does not measure: the choice of the size, the bootstrap and the nearest neighbours; <c>mi-speed</c> does, whole.
/// </summary>
[MemoryDiagnoser]
public class MixtureBenchmarks
{
    private WeightedPoints? _points;
    private GaussianMixture? _mixture;

    /// <summary>Components of the mixture.</summary>
    [Params(1, 4, 16)]
    public int Components { get; set; }

    [GlobalSetup]
    public void Setup() => (_points, _mixture) = Prepare(Components);

    [Benchmark(Baseline = true)]
    public double PointByPoint() => Scalar(_points!, _mixture!);

    [Benchmark]
    public double Vectorised() => ExpectationMaximization.Expect(_points!, _mixture!).LogLikelihood;

    internal static (WeightedPoints Points, GaussianMixture Mixture) Prepare(int components)
    {
        var (x, y) = KnownDependence.Ring(0.2).Sample(10_000, 1);
        var points = WeightedPoints.Of([x, y]);
        var random = new Galatent.Numerics.RandomStream(1, "start");
        return (points, MixtureStarts.KMeans(points, components, CovariancePrior.For(points, components), ref random));
    }

    internal static double Scalar(WeightedPoints points, GaussianMixture mixture)
    {
        var moments = new MixtureMoments(mixture.ComponentCount, 2);
        ScalarExpectation.Accumulate(points, 0, points.Count, mixture, moments);
        return moments.LogLikelihood;
    }
}
