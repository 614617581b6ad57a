using static TorchSharp.torch;

namespace Galatent.Networks.Objectives;

/// <summary>Compares spectra and reconstructions otherwise than pixel by pixel. It is added to the squared error, and is differentiated by
/// autograd.</summary>
internal interface IComparisonLoss : IDisposable
{
    /// <summary>Its weight included, mean over the batch; differentiable in both.</summary>
    /// <param name="x">Spectra, shape (b, n_wave).</param>
    /// <param name="reconstruction">Same shape.</param>
    Tensor Of(Tensor x, Tensor reconstruction);
}
