using Galatent.Networks.Tensors;
using static TorchSharp.torch;

namespace Galatent.Networks.Objectives;

/// <summary>
/// Feature-consistent loss (Hou et al. 2017, WACV, arXiv:1610.00291, section 3.2): spectrum and reconstruction are compared also as a
/// frozen, trained encoder sees them,
/// <code>
/// L = Σ (x - x')² + f n_wave/n_layers Σ_l 1/(C_l N_l) Σ (φ_l(x) - φ_l(x'))² + β KL
/// </code>
/// with φ_l the activations of its l-th convolution, of C_l channels and N_l positions. Each layer's mean square is scaled to the number
/// of pixels, so that f = 1 lets features and pixels weigh about alike. The paper leaves the pixels out. Runs on the torch engine, by
/// autograd.
/// </summary>
internal sealed class FeatureLoss(NetworkWeights frozen, double weight, Device device) : IComparisonLoss
{
    private readonly TorchNetwork _network = new(frozen, device);

    /// <inheritdoc/>
    public Tensor Of(Tensor x, Tensor reconstruction)
    {
        var seen = _network.Features(x);
        var made = _network.Features(reconstruction);
        var sum = (seen[0] - made[0]).Square().mean();
        for (var layer = 1; layer < seen.Count; layer++)
        {
            sum = sum.Plus((seen[layer] - made[layer]).Square().mean());
        }
        return sum.Times(weight * x.shape[1] / seen.Count);
    }

    /// <inheritdoc/>
    public void Dispose() => _network.Dispose();
}
