using System.Numerics.Tensors;
using Galatent.Latents.Mixtures;

namespace Galatent.Latents.Information;

/// <summary>The pointwise mutual information ln p(x,y) - ln p(x) - ln p(y) of a two-dimensional mixture at the points to which it was
/// fitted.</summary>
internal static class LogRatio
{
    /// <summary>Its weighted mean over the points, nat.</summary>
    public static double Mean(WeightedPoints points, GaussianMixture mixture)
    {
        var ratios = At(points, mixture);
        return TensorPrimitives.Dot<double>(ratios, points.Weights.AsSpan(0, points.Count)) / points.TotalWeight;
    }

    /// <summary>One value per point, nat.</summary>
    public static double[] At(WeightedPoints points, GaussianMixture mixture)
    {
        var ratios = ExpectationMaximization.LogDensity(points, mixture);
        for (var axis = 0; axis < 2; axis++)
        {
            var marginal = MarginalDensity.Log(points.Columns[axis], points.Count, mixture.Marginal(axis));
            TensorPrimitives.Subtract(ratios, marginal, ratios);
        }
        return ratios;
    }
}
