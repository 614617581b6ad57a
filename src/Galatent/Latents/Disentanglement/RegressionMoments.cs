using System.Numerics.Tensors;

namespace Galatent.Latents.Disentanglement;

/// <summary>Second moments of basis functions and targets over some rows: all that linear regressions on any subset of the functions need
/// to know.</summary>
/// <param name="Gram">Mean products of the functions about their centres, shape (p, p).</param>
/// <param name="Cross">Mean products of functions and targets, shape (p, targets).</param>
/// <param name="Square">Mean squares of the targets, shape (targets).</param>
public sealed record RegressionMoments(double[] Gram, double[] Cross, double[] Square)
{
    /// <summary>Moments of rows.</summary>
    /// <param name="basis">Functions, one column each.</param>
    /// <param name="targets">Targets, one column each.</param>
    /// <param name="rows">Which rows.</param>
    /// <param name="centres">Rows whose means are subtracted: those that the regression is fitted to.</param>
    /// <param name="threads">Largest number of threads. The result does not depend on it.</param>
    public static RegressionMoments Of(double[][] basis, double[][] targets, int[] rows, int[] centres, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(basis);
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(centres);
        var x = Centred(basis, rows, centres);
        var y = Centred(targets, rows, centres);
        var p = x.Length;
        var gram = new double[p * p];
        Parallel.For(0, p, new ParallelOptions { MaxDegreeOfParallelism = threads }, i =>
        {
            for (var j = 0; j <= i; j++)
            {
                gram[(i * p) + j] = gram[(j * p) + i] = TensorPrimitives.Dot<double>(x[i], x[j]) / rows.Length;
            }
        });
        return new RegressionMoments(
            gram,
            CrossOf(x, y, threads),
            Array.ConvertAll(y, t => TensorPrimitives.SumOfSquares<double>(t) / rows.Length)
        );
    }

    /// <summary>The same functions with other targets.</summary>
    internal RegressionMoments With(double[][] centredBasis, double[][] centredTargets, int threads) =>
        this with
        {
            Cross = CrossOf(centredBasis, centredTargets, threads),
            Square = Array.ConvertAll(centredTargets, t => TensorPrimitives.SumOfSquares<double>(t) / t.Length),
        };

    /// <summary>Some rows of columns, minus the means of other rows.</summary>
    internal static double[][] Centred(double[][] columns, int[] rows, int[] centres) => Array.ConvertAll(columns, column =>
        {
            var mean = 0.0;
            foreach (var row in centres)
            {
                mean += column[row];
            }
            mean /= centres.Length;
            return Array.ConvertAll(rows, row => column[row] - mean);
        });

    private static double[] CrossOf(double[][] x, double[][] y, int threads)
    {
        var cross = new double[x.Length * y.Length];
        Parallel.For(0, x.Length, new ParallelOptions { MaxDegreeOfParallelism = threads }, i =>
        {
            for (var t = 0; t < y.Length; t++)
            {
                cross[(i * y.Length) + t] = TensorPrimitives.Dot<double>(x[i], y[t]) / y[t].Length;
            }
        });
        return cross;
    }
}
