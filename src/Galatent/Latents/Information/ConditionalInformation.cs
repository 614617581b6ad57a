using System.Numerics.Tensors;
using Galatent.Latents.Mixtures;
using Galatent.Numerics;

namespace Galatent.Latents.Information;

/// <summary>
/// I(X; Y | Z) where X, Y and Z are each one or more columns, from one mixture of all of them:
/// the mean over the rows of ln p(x,y,z) + ln p(z) - ln p(x,z) - ln p(y,z). With no Z it is the information between two groups, e.g. all
/// latent dimensions and one parameter.
/// </summary>
/// <remarks>A mixture in d dimensions has about d^2 / 2 numbers per component, so beyond five or six columns tens of thousands of rows are
/// needed.</remarks>
public static class ConditionalInformation
{
    private const int TestOrders = 4;

    /// <summary>Estimates the information.</summary>
    /// <param name="x">First group, at least one column.</param>
    /// <param name="y">Second group, at least one column.</param>
    /// <param name="given">The columns that are known already; may be empty.</param>
    /// <param name="options">How to estimate.</param>
    /// <param name="seed">Root seed.</param>
    /// <param name="threads">Threads at most; the result does not depend on it.</param>
    /// <param name="cancel">Ends the work early.</param>
    /// <exception cref="InputException">A group is empty, lengths differ, or fewer than 10 rows can be used.</exception>
    public static InformationEstimate Estimate(
        IReadOnlyList<NamedColumn> x,
        IReadOnlyList<NamedColumn> y,
        IReadOnlyList<NamedColumn> given,
        MutualInformationOptions options,
        ulong seed,
        int threads = 1,
        CancellationToken cancel = default
    )
    {
        options.Validate();
        if (x.Count == 0 || y.Count == 0)
        {
            throw new InputException("Mutual information needs at least one column on either side.");
        }
        var table = RankedColumns.Of([.. x, .. y, .. given], seed);
        if (x.All(IsConstant) || y.All(IsConstant))
        {
            return InformationEstimate.None(table.Count, table.Dropped, options.Neighbours == 0 ? null : 0);
        }
        bool IsConstant(NamedColumn column) => RankPair.IsOneValue(Array.ConvertAll(table.Rows, row => column.Values[row]));
        var fit = MixtureSelection.Fit(table.Scores, options.Fit, seed, threads, cancel);
        var groups = Groups.Of(x.Count, y.Count, given.Count);
        var inSample = Mean(WeightedPoints.Of(table.Scores), fit.Mixture, groups);
        var replicas = new double[options.Replicas];
        Parallel.For(0, replicas.Length, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancel }, replica =>
        {
            var points = MixtureBootstrap.Resample(table.Scores, seed, replica);
            replicas[replica] = Mean(points, MixtureBootstrap.Refit(points, fit.Mixture, options.Fit.Tolerance), groups);
        });
        double[][] Part(int from, int columns) => table.Scores[from..(from + columns)];
        var pValue = DependenceTest.PValue(
            CosineFeature.Of(Part(0, x.Count), TestOrders),
            CosineFeature.Of(Part(x.Count, y.Count), TestOrders),
            Part(x.Count + y.Count, given.Count),
            options,
            seed,
            threads,
            cancel
        );
        var interval = InformationInterval.From(inSample, replicas, table.Count, fit.Mixture.ExtraParameters, null, pValue, fit);
        double? ksg =
            options.Neighbours == 0
                ? null
                : KraskovEstimator.Estimate(
                    Part(0, x.Count),
                    Part(x.Count, y.Count),
                    Part(x.Count + y.Count, given.Count),
                    Math.Min(options.Neighbours, table.Count - 1),
                    threads,
                    cancel
                );
        return new InformationEstimate(
            interval.Mi,
            interval.Std,
            interval.Low,
            interval.High,
            pValue,
            table.Count,
            table.Dropped,
            fit.Mixture.ComponentCount,
            fit.Converged,
            ksg
        );
    }

    private static double Mean(WeightedPoints points, GaussianMixture mixture, Groups groups)
    {
        var sum = ExpectationMaximization.LogDensity(points, mixture);
        Add(points, mixture, groups.Z, 1, sum);
        Add(points, mixture, groups.XZ, -1, sum);
        Add(points, mixture, groups.YZ, -1, sum);
        return TensorPrimitives.Dot<double>(sum, points.Weights.AsSpan(0, points.Count)) / points.TotalWeight;
    }

    private static void Add(WeightedPoints points, GaussianMixture mixture, int[] axes, int sign, double[] sum)
    {
        if (axes.Length > 0)
        {
            TensorPrimitives.MultiplyAdd(ExpectationMaximization.LogDensity(points.Axes(axes), mixture.Marginal(axes)), sign, sum, sum);
        }
    }

    private sealed record Groups(int[] Z, int[] XZ, int[] YZ)
    {
        public static Groups Of(int x, int y, int z)
        {
            int[] axesZ = [.. Enumerable.Range(x + y, z)];
            return new Groups(axesZ, [.. Enumerable.Range(0, x), .. axesZ], [.. Enumerable.Range(x, y), .. axesZ]);
        }
    }
}
