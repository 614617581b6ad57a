using static TorchSharp.torch;

namespace Galatent.Networks.Objectives;

/// <summary>A loss made of several draws of each spectrum. It replaces squared error and divergence, and is differentiated by
/// autograd.</summary>
internal interface IDrawLoss
{
    /// <summary>The loss, mean over the batch.</summary>
    /// <param name="error">Σ w (x - x')² of every draw, shape (b, K).</param>
    /// <param name="epsilon">Shape (b, K, latent).</param>
    /// <param name="logVariance">Shape (b, 1, latent).</param>
    /// <param name="z">Shape (b, K, latent).</param>
    /// <param name="beta">β, positive.</param>
    Tensor Loss(Tensor error, Tensor epsilon, Tensor logVariance, Tensor z, double beta);

    /// <summary>The loss of one spectrum from plain numbers.</summary>
    /// <param name="error">Σ w (x - x')² of every draw, shape (K).</param>
    /// <param name="logRatio">ln p(z) - ln q(z|x) of every draw, shape (K).</param>
    /// <param name="beta">β, positive.</param>
    double Loss(ReadOnlySpan<double> error, ReadOnlySpan<double> logRatio, double beta);
}
