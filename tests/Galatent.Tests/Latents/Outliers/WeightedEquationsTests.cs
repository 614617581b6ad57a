using CsCheck;
using Galatent.Latents.Outliers;

namespace Galatent.Tests.Latents.Outliers;

/// <summary>Weighted least squares against its definition: what a fit takes from chi², and what one more column takes.</summary>
public sealed class WeightedEquationsTests
{
    private const int Pixels = 40;

    private static readonly Gen<float[]> Column = Gen.Float[-3f, 3f].Array[Pixels];

    // Zero but for a few pixels, as lines are.
    private static readonly Gen<float[]> Line =
        from column in Column
        from first in Gen.Int[0, Pixels - 6]
        select column.Select((v, j) => j >= first && j < first + 5 ? v : 0).ToArray();

    private static readonly Gen<(float[][] Columns, float[][] Further, double[] Weights, double[] Residual)> Fits =
        from columns in Column.Array[1, 4]
        from further in Line.Array[1, 5]
        from weights in Gen.Double[0, 2].Array[Pixels]
        from residual in Gen.Double[-5, 5].Array[Pixels]
        select (columns, further, weights, residual);

    [Fact]
    public void One_more_column_takes_what_the_fit_with_it_takes_more() =>
        Fits.Sample(fit =>
        {
            var gains = Made(fit.Columns, fit).FurtherGains(fit.Columns, fit.Further, fit.Weights, fit.Residual);
            var own = Made(fit.Columns, fit).Gain();
            for (var k = 0; k < gains.Length; k++)
            {
                var together = Made([.. fit.Columns, fit.Further[k]], fit).Gain();
                Assert.Equal(together - own, gains[k], 1e-4 * (1 + together));
            }
        });

    [Fact]
    public void The_gain_is_what_chi_square_loses() =>
        Fits.Sample(fit =>
        {
            var equations = Made(fit.Columns, fit);
            var solution = equations.Solve()!;
            var (before, after) = (0.0, solution.Sum(a => a * a));
            for (var j = 0; j < Pixels; j++)
            {
                var left = fit.Residual[j] - solution.Select((a, k) => a * fit.Columns[k][j]).Sum();
                before += fit.Weights[j] * fit.Residual[j] * fit.Residual[j];
                after += fit.Weights[j] * left * left;
            }
            Assert.Equal(before - after, equations.Gain(), 1e-6 * (1 + before));
        });

    // With a prior of precision 1 on each coefficient of the first columns, as the tangents of a model have.
    private static WeightedEquations Made(
        float[][] columns,
        (float[][] Columns, float[][] Further, double[] Weights, double[] Residual) fit
    )
    {
        var equations = new WeightedEquations(columns.Length);
        equations.Add(columns, fit.Weights, fit.Residual);
        for (var k = 0; k < fit.Columns.Length; k++)
        {
            equations.AddPrior(k, 1, 0);
        }
        return equations;
    }
}
