namespace Galatent.Latents.Disentanglement;

/// <summary>How much of a latent dimension's variance hangs on one parameter when only that parameter is drawn anew: the total effect of
/// Sobol' in the estimator of Jansen (1999, Comput. Phys. Commun. 117, 35).</summary>
/// <remarks>Unlike mutual information it does not see a parameter that only accompanies another one in the population.</remarks>
public static class InterventionEffect
{
    /// <summary>T = mean (z(θ) - z(θ with one parameter redrawn))² / (2 Var z), with its standard error. 0 for a constant
    /// dimension.</summary>
    /// <param name="before">The dimension's posterior means of some galaxies.</param>
    /// <param name="after">Those of the same galaxies with the parameter redrawn, in the same order.</param>
    public static (double Value, double StandardError) Of(IReadOnlyList<double> before, IReadOnlyList<double> after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        if (before.Count == 0 || before.Count != after.Count)
        {
            throw new ArgumentException($"{before.Count} values before and {after.Count} after are not pairs.", nameof(after));
        }
        var mean = before.Average();
        var variance = before.Average(z => (z - mean) * (z - mean));
        if (variance == 0)
        {
            return (0, 0);
        }
        double[] terms = [.. before.Select((z, i) => (z - after[i]) * (z - after[i]) / (2 * variance))];
        var value = terms.Average();
        return (value, Math.Sqrt(terms.Sum(t => (t - value) * (t - value)) / terms.Length) / Math.Sqrt(terms.Length));
    }
}
