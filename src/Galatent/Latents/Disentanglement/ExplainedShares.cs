using Galatent.Numerics;

namespace Galatent.Latents.Disentanglement;

/// <summary>DCI of a table: how the held-out R² of each parameter divides among the dimensions.</summary>
/// <param name="Share">Shapley shares, shape (dimensions, parameters), row-major; a column sums to its R².</param>
/// <param name="Alone">R² of a dimension by itself; same shape.</param>
/// <param name="Unique">What a dimension adds to all others; same shape.</param>
/// <param name="R2">Held-out R² of each parameter on all dimensions.</param>
/// <param name="Scores">Disentanglement and completeness.</param>
internal sealed record ExplainedShares(double[] Share, double[] Alone, double[] Unique, double[] R2, ImportanceScores Scores)
{
    /// <summary>The shares from R² of all subsets, one array for each parameter.</summary>
    public static ExplainedShares Of(IReadOnlyList<double[]> r2, int dimensions)
    {
        double[] Matrix(Func<double[], double[]> part)
        {
            var columns = r2.Select(part).ToArray();
            return [.. Enumerable.Range(0, dimensions).SelectMany(i => columns.Select(c => c[i]))];
        }
        var share = Matrix(v => ShapleyValues.Of(dimensions, subset => v[subset]));
        int[] all = [.. Enumerable.Range(0, dimensions)];
        return new ExplainedShares(
            share,
            Matrix(v => Array.ConvertAll(all, i => v[1 << i])),
            Matrix(v => Array.ConvertAll(all, i => v[^1] - v[(v.Length - 1) & ~(1 << i)])),
            [.. r2.Select(v => v[^1])],
            ImportanceScores.Of(share, dimensions, r2.Count)
        );
    }

    /// <summary>Fits and judges.</summary>
    public static ExplainedShares Measure(
        HermiteBasis basis,
        double[][] theta,
        int[] fitted,
        int[] judged,
        int threads,
        CancellationToken cancellation
    ) =>
        Of(
            SubsetRegression.HeldOutR2(
                RegressionMoments.Of(basis.Columns, theta, fitted, fitted, threads),
                RegressionMoments.Of(basis.Columns, theta, judged, fitted, threads),
                basis.Masks,
                basis.Dimensions,
                threads,
                cancellation
            ),
            basis.Dimensions
        );

    /// <summary>All numbers in a row, for means and errors over replicas: shares, R², disentanglement, completeness, mean R².</summary>
    public double[] Numbers => [.. Share, .. R2, Scores.Disentanglement, Scores.Completeness, R2.Average()];
}
