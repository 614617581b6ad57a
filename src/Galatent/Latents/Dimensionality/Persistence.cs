using Galatent.Files;
using Galatent.Networks;

namespace Galatent.Latents.Dimensionality;

/// <summary>Over how long a range of beta a number of dimensions is in use.</summary>
/// <param name="Dimensions">The number k of dimensions with a KL above <see cref="ActiveDimensions.ThresholdNat"/>.</param>
/// <param name="LowBeta">Where it begins, the smallest beta of the sweep at the earliest.</param>
/// <param name="HighBeta">Where it ends, the largest beta of the sweep at the latest.</param>
/// <param name="IsOpen">Whether it may reach beyond the sweep. Then the length is a lower limit.</param>
public sealed record PersistentNumber(int Dimensions, double LowBeta, double HighBeta, bool IsOpen)
{
    /// <summary>Length in ln beta.</summary>
    public double Length => Math.Log(HighBeta / LowBeta);
}

/// <summary>
/// Persistence of the number of dimensions: a number that holds over a long range of beta says more than the number at one beta. For a
/// linear VAE, k persists over ln(λ_k / λ_k+1).
/// </summary>
public static class Persistence
{
    /// <summary>Persistence of each number of dimensions in a linear VAE, k from 1: ln(λ_k / λ_k+1).</summary>
    /// <param name="eigenvalues">Variances along the principal directions, descending, positive.</param>
    public static double[] Linear(IReadOnlyList<double> eigenvalues)
    {
        ArgumentNullException.ThrowIfNull(eigenvalues);
        return [.. Enumerable.Range(0, Math.Max(0, eigenvalues.Count - 1)).Select(k => Math.Log(eigenvalues[k] / eigenvalues[k + 1]))];
    }

    /// <summary>
    /// Persistence in a sweep of trained models. Where the k-th largest KL falls below the threshold between two models, the beta is
    /// interpolated linearly in ln beta, as the KL of a linear VAE runs.
    /// </summary>
    /// <param name="models">Beta and the KL of every dimension, nat; at least two models.</param>
    public static IReadOnlyList<PersistentNumber> OfSweep(IEnumerable<(double Beta, double[] KlNat)> models)
    {
        (double LogBeta, double[] KlNat)[] ordered =
        [
            .. models.OrderBy(m => m.Beta).Select(m => (Math.Log(m.Beta), m.KlNat.OrderDescending().ToArray())),
        ];
        if (ordered.Length < 2)
        {
            throw new ArgumentException($"Persistence needs at least 2 models of different beta, not {ordered.Length}.", nameof(models));
        }
        var most = ordered.Max(m => m.KlNat.Length);
        double[] ends = [.. Enumerable.Range(0, most).Select(k => End(ordered, k)), ordered[0].LogBeta];
        var numbers = new List<PersistentNumber>();
        var upper = ordered[^1].LogBeta;
        for (var k = 0; k <= most && upper > ordered[0].LogBeta; k++)
        {
            // More than k dimensions are in use below the end of dimension k + 1; an end above that of dimension k is a crossing of ranks.
            var lower = Math.Min(upper, ends[k]);
            if (upper > lower)
            {
                var isOpen = upper == ordered[^1].LogBeta || lower == ordered[0].LogBeta;
                numbers.Add(new PersistentNumber(k, Math.Exp(lower), Math.Exp(upper), isOpen));
            }
            upper = lower;
        }
        return [.. numbers.OrderBy(p => p.Dimensions)];
    }

    internal static ResultTable Table(IReadOnlyList<PersistentNumber> numbers) =>
        ResultTable.Of([
            ("dimensions", [.. numbers.Select(p => (double)p.Dimensions)]),
            ("low_beta", [.. numbers.Select(p => p.LowBeta)]),
            ("high_beta", [.. numbers.Select(p => p.HighBeta)]),
            ("length_ln_beta", [.. numbers.Select(p => p.Length)]),
            ("is_open", [.. numbers.Select(p => p.IsOpen ? 1.0 : 0)]),
        ]);

    // ln beta at which the KL of rank k falls to the threshold; the ends of the sweep when it never does, or was never above.
    private static double End((double LogBeta, double[] KlNat)[] models, int k)
    {
        double Kl(int i) => k < models[i].KlNat.Length ? models[i].KlNat[k] : 0;
        for (var i = models.Length - 1; i >= 0; i--)
        {
            if (Kl(i) > ActiveDimensions.ThresholdNat)
            {
                return i == models.Length - 1
                    ? models[i].LogBeta
                    : models[i].LogBeta
                        + ((models[i + 1].LogBeta - models[i].LogBeta) * (Kl(i) - ActiveDimensions.ThresholdNat) / (Kl(i) - Kl(i + 1)));
            }
        }
        return models[0].LogBeta;
    }
}
