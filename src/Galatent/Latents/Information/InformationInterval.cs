namespace Galatent.Latents.Information;

/// <summary>What a bootstrap says about an estimate.</summary>
/// <param name="Mi">The estimate, at least 0.</param>
/// <param name="Std">Standard error: spread of the replicas and of the choice of the size.</param>
/// <param name="Low">Lower end of the 95 % interval.</param>
/// <param name="High">Upper end of the 95 % interval.</param>
/// <param name="BootstrapMean">Mean over the replicas.</param>
internal readonly record struct InformationInterval(double Mi, double Std, double Low, double High, double BootstrapMean)
{
    private const double Normal975 = 1.959963984540054;

    // With the size chosen by held-out likelihood, what the mixture cannot represent (too low) and what it learnt from noise (too high) are both about
    // parameters / (2 n) and cancel on average; what is left scatters. With 0.65 the standard error of 2,000 rows is 0.98 (ring), 0.87 (D3), 1.15 (sine),
    // 0.97 (Weinman 0.1) of the true spread; without, 0.84, 0.81, 0.83, 0.92.
    private const double CancellationScatter = 0.65;

    /// <summary>
    /// The interval is symmetric in the informational correlation r = sqrt(2 I), not in I: near independence I is quadratic in the deviations, r is linear
    /// in them with standard error 1 / sqrt(n), so that an interval in r contains 0 as often as it should and one in I does not.
    /// </summary>
    /// <param name="inSample">Mean pointwise information of the rows under the fit, nat.</param>
    /// <param name="replicas">That of the refits.</param>
    /// <param name="count">Rows.</param>
    /// <param name="parameters">Free parameters of the mixture beyond those of one component.</param>
    public static InformationInterval From(double inSample, ReadOnlySpan<double> replicas, int count, int parameters)
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
        var selection = CancellationScatter * parameters / (2.0 * count);
        var std = Math.Sqrt(variance + selection * selection);
        // Half a degree of freedom over n is what one component gains from independent columns. The interval is centred on the value without this
        // correction: centred on the corrected one it missed a correlation of 0.05 in 14 % of samples of 2,000.
        var mi = Math.Max(0, inSample - 0.5 / count);
        var correlation = Math.Sqrt(2 * Math.Max(0, inSample));
        var error = inSample < std ? 1 / Math.Sqrt(count) : std / correlation;
        var (low, high) = (Math.Max(0, correlation - Normal975 * error), correlation + Normal975 * error);
        return new InformationInterval(mi, std, Math.Min(mi, low * low / 2), high * high / 2, mean);
    }
}
