using System.Numerics.Tensors;
using Galatent.Numerics;

namespace Galatent.Latents.Reconstructions;

/// <summary>What is counted of the reconstructions of one model: errors by pixel, negative flux, and the ultraviolet of chosen
/// spectra.</summary>
/// <param name="pixels">Pixels per spectrum.</param>
/// <param name="ultraviolet">Number of pixels in the ultraviolet: the first ones.</param>
internal sealed class ReconstructionTally(int pixels, int ultraviolet)
{
    private readonly ReconstructionErrorSum _errors = new(pixels);
    private readonly List<double> _ratios = [];
    private long _negativePixels;
    private int _negativeSpectra;
    private int _spectra;

    /// <summary>Share of the spectra with a pixel of negative flux.</summary>
    public double NegativeSpectra => (double)_negativeSpectra / _spectra;

    /// <summary>Share of all pixels with negative flux.</summary>
    public double NegativePixels => (double)_negativePixels / _spectra / pixels;

    /// <summary>Errors by pixel.</summary>
    public ReconstructionError Error => _errors.Result();

    /// <summary>Quantile of the flux in the ultraviolet divided by that of the input, over the chosen spectra; NaN without any.</summary>
    public double UltravioletRatio(double probability) => SampleMoments.Quantile([.. _ratios], probability);

    /// <summary>Number of chosen spectra with light in the ultraviolet.</summary>
    public int UltravioletSpectra => _ratios.Count;

    /// <summary>Adds spectra and their reconstructions, both of shape (m, n_wave).</summary>
    /// <param name="flux">Normalised flux of the inputs.</param>
    /// <param name="reconstruction">Reconstructions.</param>
    /// <param name="isChosen">Whether the ultraviolet of a spectrum of the block counts.</param>
    public void Add(float[] flux, float[] reconstruction, Func<int, bool> isChosen)
    {
        _errors.Add(flux, reconstruction);
        for (var i = 0; i < flux.Length / pixels; i++)
        {
            var row = reconstruction.AsSpan(i * pixels, pixels);
            var negative = 0;
            foreach (var value in row)
            {
                negative += value < 0 ? 1 : 0;
            }
            _negativePixels += negative;
            _negativeSpectra += negative > 0 ? 1 : 0;
            _spectra++;
            double input = TensorPrimitives.Sum<float>(flux.AsSpan(i * pixels, ultraviolet));
            if (ultraviolet > 0 && isChosen(i) && input > 0)
            {
                _ratios.Add(TensorPrimitives.Sum<float>(row[..ultraviolet]) / input);
            }
        }
    }
}
