using Galatent.Latents.Information;
using Galatent.Numerics;

namespace Galatent.Latents.Disentanglement;

/// <summary>I(z_i; θ_k given all other parameters) of normal scores (G): what a dimension knows of a parameter beyond what the others,
/// which are correlated with it in the population, already say.</summary>
/// <param name="Nat">Shape (dimensions, parameters), row-major, nat.</param>
/// <param name="StandardError">Over bootstrap resamples; same shape.</param>
internal sealed record ConditionalMatrix(double[] Nat, double[] StandardError)
{
    /// <summary>Measures; NaN everywhere when parameters determine one another.</summary>
    public static ConditionalMatrix Of(FactorTable table, IReadOnlyList<int[]> resamples, int threads, CancellationToken cancellation)
    {
        double[][] scores = [.. table.Z, .. table.Theta];
        var d = table.Z.Length;
        var parameters = table.Theta.Length;
        var nat = Matrix(GaussianCopula.OfScores(scores, null), d, parameters);
        var replicas = new double[resamples.Count][];
        Parallel.For(0, replicas.Length, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, r =>
        {
            var counts = new int[scores[0].Length];
            foreach (var row in resamples[r])
            {
                counts[row]++;
            }
            replicas[r] = Matrix(GaussianCopula.OfScores(scores, counts), d, parameters);
        });
        return new ConditionalMatrix(
            nat,
            [.. Enumerable.Range(0, nat.Length).Select(i => SampleMoments.Deviation([.. replicas.Select(r => r[i])]))]
        );
    }

    private static double[] Matrix(GaussianCopula copula, int dimensions, int parameters)
    {
        int[] all = [.. Enumerable.Range(dimensions, parameters)];
        try
        {
            return
            [
                .. Enumerable
                    .Range(0, dimensions)
                    .SelectMany(i => all.Select(k => copula.Information([i], [k], [.. all.Where(o => o != k)]))),
            ];
        }
        catch (InputException)
        {
            // Parameters that determine one another: what one says beyond the others is not defined.
            return [.. Enumerable.Repeat(double.NaN, dimensions * parameters)];
        }
    }
}
