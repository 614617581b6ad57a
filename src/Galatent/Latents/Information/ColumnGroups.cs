using System.Numerics.Tensors;
using Galatent.Latents.Mixtures;

namespace Galatent.Latents.Information;

/// <summary>The axes of a mixture that belong to: the given columns (Z), the first group and the given columns (XZ), the second group and
/// the given columns (YZ).</summary>
internal sealed record ColumnGroups(int[] Z, int[] XZ, int[] YZ)
{
    /// <summary>The groups when the axes are in the order x, y, z.</summary>
    /// <param name="x">Number of columns of the first group.</param>
    /// <param name="y">Number of columns of the second group.</param>
    /// <param name="z">Number of given columns.</param>
    public static ColumnGroups Of(int x, int y, int z)
    {
        int[] axesZ = [.. Enumerable.Range(x + y, z)];
        return new ColumnGroups(axesZ, [.. Enumerable.Range(0, x), .. axesZ], [.. Enumerable.Range(x, y), .. axesZ]);
    }

    /// <summary>The mean over the points of ln p(x,y,z) + ln p(z) - ln p(x,z) - ln p(y,z), nat.</summary>
    public double Mean(WeightedPoints points, GaussianMixture mixture)
    {
        var sum = ExpectationMaximization.LogDensity(points, mixture);
        Add(points, mixture, Z, 1, sum);
        Add(points, mixture, XZ, -1, sum);
        Add(points, mixture, YZ, -1, sum);
        return TensorPrimitives.Dot<double>(sum, points.Weights.AsSpan(0, points.Count)) / points.TotalWeight;
    }

    private static void Add(WeightedPoints points, GaussianMixture mixture, int[] axes, int sign, double[] sum)
    {
        if (axes.Length > 0)
        {
            TensorPrimitives.MultiplyAdd(ExpectationMaximization.LogDensity(points.Axes(axes), mixture.Marginal(axes)), sign, sum, sum);
        }
    }
}
