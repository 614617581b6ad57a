namespace Galatent.Networks.Objectives;

/// <summary>
/// Importance-weighted autoencoder (Burda, Grosse &amp; Salakhutdinov 2016, ICLR, arXiv:1509.00519, eq. 8) with K draws of z for each
/// spectrum:
/// <code>
/// L = -β ln 1/K Σ_k w_k,    w_k = p(x|z_k) p(z_k) / q(z_k|x),    ln w_k = -Σ (x - x'_k)² / β + Σ_d ½ (ε_kd² + ln σ_d² - z_kd²)
/// </code>
/// with pixel noise of variance β/2 and its constant left out. One draw gives squared error + β × (a sample of KL); more give a tighter
/// bound and a freer posterior.
/// With s_k = w_k / Σ w, the derivatives are s_k with respect to the squared error of draw k and -β s_k with respect to ln
/// p(z_k)/q(z_k|x).
/// </summary>
internal sealed class ImportanceWeightedBound : IDrawLoss
{
    /// <inheritdoc/>
    public double Evaluate(
        ReadOnlySpan<double> error,
        ReadOnlySpan<double> logRatio,
        double beta,
        Span<double> errorSlope,
        Span<double> logRatioSlope
    )
    {
        var largest = double.NegativeInfinity;
        for (var k = 0; k < error.Length; k++)
        {
            largest = Math.Max(largest, logRatio[k] - (error[k] / beta));
        }
        var sum = 0.0;
        for (var k = 0; k < error.Length; k++)
        {
            errorSlope[k] = Math.Exp(logRatio[k] - (error[k] / beta) - largest);
            sum += errorSlope[k];
        }
        for (var k = 0; k < error.Length; k++)
        {
            errorSlope[k] /= sum;
            logRatioSlope[k] = -beta * errorSlope[k];
        }
        return -beta * (largest + Math.Log(sum / error.Length));
    }
}
