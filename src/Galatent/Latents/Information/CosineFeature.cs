using System.Numerics.Tensors;
using Galatent.Numerics;

namespace Galatent.Latents.Information;

/// <summary>A function of a group of columns with mean 0. Tests of dependence compare such functions of two groups.</summary>
/// <param name="Values">One value per row.</param>
/// <param name="Weight">Its weight in the test statistic. Functions that vary faster have smaller weights.</param>
internal sealed record CosineFeature(double[] Values, double Weight)
{
    /// <summary>With more columns than this no products of pairs are used: there would be too many.</summary>
    private const int MaxPaired = 4;

    /// <summary>The cosines sqrt(2) cos(pi r u), r = 1 ... orders, of every column's relative ranks u. For every pair of columns also the
    /// products of the first two cosines.</summary>
    /// <param name="scores">Normal scores, one array per column.</param>
    /// <param name="orders">Highest r, at least 2.</param>
    public static CosineFeature[] Of(double[][] scores, int orders)
    {
        var features = new List<CosineFeature>();
        foreach (var column in scores)
        {
            features.AddRange(
                Enumerable.Range(1, orders).Select(r => new CosineFeature(Centred(Array.ConvertAll(column, s => Cosine(r, s))), 1.0 / r))
            );
        }
        var singles = features.ToArray();
        for (var a = 0; a < scores.Length && scores.Length <= MaxPaired; a++)
        {
            for (var b = a + 1; b < scores.Length; b++)
            {
                foreach (var (r, s) in new[] { (0, 0), (0, 1), (1, 0), (1, 1) })
                {
                    var product = new double[scores[a].Length];
                    TensorPrimitives.Multiply(singles[(a * orders) + r].Values, singles[(b * orders) + s].Values, product);
                    features.Add(new CosineFeature(Centred(product), 0.5 / ((r + 1) * (s + 1))));
                }
            }
        }
        return [.. features];
    }

    /// <summary>One indicator function per class.</summary>
    /// <param name="members">The rows of every class.</param>
    /// <param name="count">Number of rows.</param>
    public static CosineFeature[] OfClasses(IReadOnlyList<int[]> members, int count) =>
        [
            .. members.Select(rows =>
            {
                var values = new double[count];
                foreach (var row in rows)
                {
                    values[row] = 1 / Math.Sqrt((double)rows.Length / count);
                }
                return new CosineFeature(Centred(values), 1);
            }),
        ];

    /// <summary>sqrt(2) cos(pi r u) at a normal score.</summary>
    public static double Cosine(int r, double score) => Math.Sqrt(2) * Math.Cos(Math.PI * r * NormalDistribution.Cdf(score));

    private static double[] Centred(double[] values)
    {
        TensorPrimitives.Subtract(values, TensorPrimitives.Sum<double>(values) / values.Length, values);
        return values;
    }
}
