using Galatent.Networks.Objectives;
using static TorchSharp.torch;

namespace Galatent.Torch;

/// <summary>A <see cref="FeatureComparison"/> on a device, differentiated by autograd.</summary>
internal sealed class FeatureLoss(FeatureComparison comparison, Device device) : IDisposable
{
    private readonly TorchNetwork _network = new(comparison.Frozen, device);

    /// <summary>Its weight included, mean over the batch; differentiable in both.</summary>
    /// <param name="x">Spectra, shape (b, n_wave).</param>
    /// <param name="reconstruction">Same shape.</param>
    public Tensor Of(Tensor x, Tensor reconstruction)
    {
        var seen = _network.Features(x);
        var made = _network.Features(reconstruction);
        var sum = (seen[0] - made[0]).Square().mean();
        for (var layer = 1; layer < seen.Count; layer++)
        {
            sum = sum.Plus((seen[layer] - made[layer]).Square().mean());
        }
        return sum.Times(comparison.Weight * x.shape[1] / seen.Count);
    }

    /// <inheritdoc/>
    public void Dispose() => _network.Dispose();
}
