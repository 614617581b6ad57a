namespace Galatent.Latents.Information;

/// <summary>What a bootstrap says about an estimate.</summary>
/// <param name="Mi">The estimate minus the bootstrap's bias, at least 0.</param>
/// <param name="Std">Standard deviation over the replicas.</param>
/// <param name="Low">Lower end of the 95 % interval.</param>
/// <param name="High">Upper end of the 95 % interval.</param>
/// <param name="BootstrapMean">Mean over the replicas.</param>
internal readonly record struct InformationInterval(double Mi, double Std, double Low, double High, double BootstrapMean)
{
    private const double Normal975 = 1.959963984540054;

    /// <summary>
    /// The interval is symmetric in the informational correlation r = sqrt(2 I), not in I: near independence I is quadratic in the deviations, r is linear
    /// in them with standard error 1 / sqrt(n), so that an interval in r contains 0 as often as it should and one in I does not.
    /// </summary>
    /// <param name="plugIn">The fit's mutual information, nat.</param>
    /// <param name="replicas">That of the refits.</param>
    /// <param name="count">Rows.</param>
    public static InformationInterval From(double plugIn, ReadOnlySpan<double> replicas, int count)
    {
        var mean = 0.0;
        foreach (var replica in replicas)
        {
            mean += replica / replicas.Length;
        }
        var variance = 0.0;
        foreach (var replica in replicas)
        {
            variance += (replica - mean) * (replica - mean) / (replicas.Length - 1);
        }
        var std = Math.Sqrt(variance);
        var mi = Math.Max(0, plugIn - 0.5 / count);
        var correlation = Math.Sqrt(2 * mi);
        var error = Math.Max(1 / Math.Sqrt(count), std / Math.Max(correlation, 1e-300));
        if (mi < std)
        {
            error = 1 / Math.Sqrt(count);
        }
        var (low, high) = (Math.Max(0, correlation - Normal975 * error), correlation + Normal975 * error);
        return new InformationInterval(mi, std, low * low / 2, high * high / 2, mean);
    }
}
