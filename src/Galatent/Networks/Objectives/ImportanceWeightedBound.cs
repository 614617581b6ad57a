using Galatent.Networks.Tensors;
using static TorchSharp.torch;

namespace Galatent.Networks.Objectives;

/// <summary>
/// Importance-weighted autoencoder (Burda, Grosse &amp; Salakhutdinov 2016, ICLR, arXiv:1509.00519, eq. 8) with K draws of z for each
/// spectrum:
/// <code>
/// L = -β ln 1/K Σ_k w_k,    w_k = p(x|z_k) p(z_k) / q(z_k|x),    ln w_k = -Σ (x - x'_k)² / β + Σ_d ½ (ε_kd² + ln σ_d² - z_kd²)
/// </code>
/// with pixel noise of variance β/2 and its constant left out. One draw gives squared error + β × (a sample of KL); more give a tighter
/// bound and a freer posterior.
/// It runs on the torch engine, by autograd: the derivative of each reconstruction waits for all K of a spectrum.
/// </summary>
internal sealed class ImportanceWeightedBound : IDrawLoss
{
    /// <inheritdoc/>
    public Tensor Loss(Tensor error, Tensor epsilon, Tensor logVariance, Tensor z, double beta)
    {
        var draws = error.shape[1];
        var logRatio = (epsilon.Square().Plus(logVariance) - z.Square()).sum(2).Times(0.5); // ln p(z) - ln q(z|x), [b, K]
        var logWeight = logRatio - error.Times(1 / beta);
        return logWeight.logsumexp(1).mean().Times(-beta).Plus_(beta * Math.Log(draws));
    }

    /// <inheritdoc/>
    public double Loss(ReadOnlySpan<double> error, ReadOnlySpan<double> logRatio, double beta)
    {
        var largest = double.NegativeInfinity;
        for (var k = 0; k < error.Length; k++)
        {
            largest = Math.Max(largest, logRatio[k] - (error[k] / beta));
        }
        var sum = 0.0;
        for (var k = 0; k < error.Length; k++)
        {
            sum += Math.Exp(logRatio[k] - (error[k] / beta) - largest);
        }
        return -beta * (largest + Math.Log(sum / error.Length));
    }
}
