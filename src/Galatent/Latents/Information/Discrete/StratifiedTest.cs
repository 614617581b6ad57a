using System.Numerics.Tensors;
using Galatent.Numerics;

namespace Galatent.Latents.Information.Discrete;

/// <summary>
/// Significance of the dependence of two groups of columns within the classes of a third variable.
/// Without continuous given columns, the rows of every class are permuted among themselves. With them, every feature is first regressed
/// within the class; then the products of residuals get random signs, as in <see cref="DependenceTest"/>.
/// </summary>
internal static class StratifiedTest
{
    private const int GivenOrders = 2;

    // The skewness of products of features is not known in advance.
    private const int Draws = 999;

    // With fewer rows, a regression on cosines leaves no residuals.
    private const int RegressionRows = 60;

    /// <summary>The p-value of "x and y are independent, given z and the class".</summary>
    /// <param name="x">Features of the first group.</param>
    /// <param name="y">Features of the second group, for the same rows.</param>
    /// <param name="z">Normal scores of the continuous given columns; may be empty.</param>
    /// <param name="strata">The rows of every class.</param>
    /// <param name="settings">Seed, threads, and the smallest p-value.</param>
    public static double PValue(
        IReadOnlyList<CosineFeature> x,
        IReadOnlyList<CosineFeature> y,
        double[][] z,
        int[][] strata,
        TermSettings settings
    )
    {
        var draw = z.Length == 0 ? Permuted(x, y, strata) : Signed(x, y, z, [.. strata.Where(rows => rows.Length >= RegressionRows)]);
        var draws = new double[Draws];
        Parallel.For(0, draws.Length, settings.Parallel, i =>
            draws[i] = draw(new RandomStream(settings.Seed, "dependence test", (ulong)i))
        );
        return PermutationTail.PValue(draw(null), draws, PermutationTail.Skewness(draws), settings.Options.Permutations);
    }

    // The statistic of the data (no random stream) or of a permutation: the squared sum of products divided by the number of rows, summed
    // over classes and pairs of features.
    private static Func<RandomStream?, double> Permuted(IReadOnlyList<CosineFeature> x, IReadOnlyList<CosineFeature> y, int[][] strata)
    {
        var parts = strata.Where(rows => rows.Length > 1).Select(rows => (X: Part(x, rows), Y: Part(y, rows))).ToArray();
        return given =>
        {
            var random = given.GetValueOrDefault();
            var total = 0.0;
            foreach (var (partX, partY) in parts)
            {
                var order = Enumerable.Range(0, partX[0].Values.Length).ToArray();
                if (given is not null)
                {
                    random.Shuffle(order.AsSpan());
                }
                foreach (var b in partY)
                {
                    var values = Array.ConvertAll(order, row => b.Values[row]);
                    total += partX.Sum(a => a.Weight * b.Weight * Square(TensorPrimitives.Dot<double>(a.Values, values))) / order.Length;
                }
            }
            return total;
        };
    }

    // The same with random signs of the rows. Before its weight is applied, every product is scaled to a sum of squares of 1.
    private static Func<RandomStream?, double> Signed(
        IReadOnlyList<CosineFeature> x,
        IReadOnlyList<CosineFeature> y,
        double[][] z,
        int[][] strata
    )
    {
        var parts = strata
            .Select(rows =>
            {
                double[][] scores = [.. z.Select(column => Array.ConvertAll(rows, row => column[row]))];
                var regression = new CosineRegression(scores);
                CosineFeature[] Residuals(IReadOnlyList<CosineFeature> features) =>
                    [.. Part(features, rows).Select(f => f with { Values = regression.Residual(f.Values) })];
                CosineFeature[] given = [new(Enumerable.Repeat(1.0, rows.Length).ToArray(), 1), .. CosineFeature.Of(scores, GivenOrders)];
                var left = Residuals(x);
                var right = Residuals(y);
                return (from a in left from b in right from g in given select Product(a, b, g, rows.Length)).ToArray();
            })
            .ToArray();
        return given =>
        {
            var random = given.GetValueOrDefault();
            var total = 0.0;
            foreach (var products in parts)
            {
                var signs = new double[products[0].Values.Length];
                for (var i = 0; i < signs.Length; i++)
                {
                    signs[i] = given is not null && random.NextInt(2) == 0 ? -1 : 1;
                }
                total += products.Sum(p => p.Weight * Square(TensorPrimitives.Dot<double>(p.Values, signs)));
            }
            return total;
        };
    }

    private static CosineFeature Product(CosineFeature a, CosineFeature b, CosineFeature g, int rows)
    {
        var values = new double[rows];
        TensorPrimitives.Multiply(a.Values, b.Values, values);
        TensorPrimitives.Multiply(values, g.Values, values);
        var norm = TensorPrimitives.Norm<double>(values);
        TensorPrimitives.Divide(values, norm > 0 ? norm : 1, values);
        return new CosineFeature(values, a.Weight * b.Weight * g.Weight * rows);
    }

    private static CosineFeature[] Part(IReadOnlyList<CosineFeature> features, int[] rows) =>
        [
            .. features.Select(f =>
            {
                var values = Array.ConvertAll(rows, row => f.Values[row]);
                TensorPrimitives.Subtract(values, TensorPrimitives.Sum<double>(values) / values.Length, values);
                return f with { Values = values };
            }),
        ];

    private static double Square(double value) => value * value;
}
