using Galatent.Numerics;

namespace Galatent.Latents.Disentanglement;

/// <summary>R² of targets on every subset of the dimensions: least squares on the functions of the subset, fitted to some rows and
/// judged on others.</summary>
public static class SubsetRegression
{
    // Of the diagonal: far below the sampling error, and enough for functions that nearly determine one another.
    private const double Ridge = 1e-10;

    /// <summary>Held-out R², 1 - (mean squared error) / (mean square about the mean of the fit); negative when the fit is worse than that
    /// mean. Shape (targets, 2^dimensions); the empty subset has 0.</summary>
    /// <param name="fitted">Moments of the rows that the regression is fitted to.</param>
    /// <param name="judged">Moments of the rows that judge it.</param>
    /// <param name="masks">For each function, the dimensions that it needs, as bits.</param>
    /// <param name="dimensions">Number of dimensions.</param>
    /// <param name="threads">Largest number of threads. The result does not depend on it.</param>
    /// <param name="cancellation">Ends the work early.</param>
    public static double[][] HeldOutR2(
        RegressionMoments fitted,
        RegressionMoments judged,
        int[] masks,
        int dimensions,
        int threads = 1,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(fitted);
        ArgumentNullException.ThrowIfNull(judged);
        ArgumentNullException.ThrowIfNull(masks);
        var targets = fitted.Square.Length;
        var r2 = Enumerable.Range(0, targets).Select(_ => new double[1 << dimensions]).ToArray();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        Parallel.For(1, 1 << dimensions, parallel, subset =>
        {
            int[] chosen = [.. Enumerable.Range(0, masks.Length).Where(c => (masks[c] & ~subset) == 0)];
            var values = Explained(fitted, judged, chosen, masks.Length, targets);
            for (var t = 0; t < targets; t++)
            {
                r2[t][subset] = values[t];
            }
        });
        return r2;
    }

    private static double[] Explained(RegressionMoments fitted, RegressionMoments judged, int[] chosen, int width, int targets)
    {
        var p = chosen.Length;
        var gram = Block(fitted.Gram, chosen, width);
        for (var i = 0; i < p; i++)
        {
            gram[(i * p) + i] *= 1 + Ridge;
        }
        var factor = new double[p * p];
        if (p == 0 || !Cholesky.TryFactor(gram, p, factor))
        {
            // Nothing in this subset varies in the fitted rows.
            return new double[targets];
        }
        var judgedGram = Block(judged.Gram, chosen, width);
        var r2 = new double[targets];
        var b = new double[p];
        for (var t = 0; t < targets; t++)
        {
            for (var i = 0; i < p; i++)
            {
                b[i] = fitted.Cross[(chosen[i] * targets) + t];
            }
            Cholesky.Solve(factor, p, b);
            var gain = 0.0;
            for (var i = 0; i < p; i++)
            {
                var fit = 0.0;
                for (var j = 0; j < p; j++)
                {
                    fit += judgedGram[(i * p) + j] * b[j];
                }
                gain += b[i] * ((2 * judged.Cross[(chosen[i] * targets) + t]) - fit);
            }
            r2[t] = judged.Square[t] > 0 ? gain / judged.Square[t] : 0;
        }
        return r2;
    }

    private static double[] Block(double[] matrix, int[] chosen, int width)
    {
        var p = chosen.Length;
        var block = new double[p * p];
        for (var i = 0; i < p; i++)
        {
            for (var j = 0; j < p; j++)
            {
                block[(i * p) + j] = matrix[(chosen[i] * width) + chosen[j]];
            }
        }
        return block;
    }
}
