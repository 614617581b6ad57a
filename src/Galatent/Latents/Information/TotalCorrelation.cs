using System.Numerics.Tensors;
using Galatent.Latents.Mixtures;

namespace Galatent.Latents.Information;

/// <summary>The information that several columns share: ln p(x1 ... xd) - ln p(x1) - ... - ln p(xd) under the mixture of their normal
/// scores (Watanabe 1960).</summary>
internal static class TotalCorrelation
{
    /// <summary>One value per row, nat, and the number of components.</summary>
    public static (double[] Nat, int Components) Pointwise(
        double[][] scores,
        MutualInformationOptions options,
        ulong seed,
        int threads,
        CancellationToken cancel
    )
    {
        var fit = MixtureSelection.Fit(scores, options.Fit, seed, threads, cancel);
        var points = WeightedPoints.Of(scores);
        var shared = ExpectationMaximization.LogDensity(points, fit.Mixture);
        for (var axis = 0; axis < scores.Length; axis++)
        {
            TensorPrimitives.Subtract(shared, MarginalDensity.Log(points.Columns[axis], points.Count, fit.Mixture.Marginal(axis)), shared);
        }
        return (shared, fit.Mixture.ComponentCount);
    }
}
