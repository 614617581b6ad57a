using Galatent.Numerics;

namespace Galatent.Networks;

/// <summary>One convolution of stride 2 without padding, in the direction of the encoder. The decoder's layer goes from output to
/// input.</summary>
/// <param name="InputLength">Pixels before.</param>
/// <param name="OutputLength">Pixels after: (InputLength - Kernel) / 2 + 1, without remainder.</param>
/// <param name="Kernel">Width of the kernel in pixels, at least 2.</param>
/// <param name="InputChannels">Channels before.</param>
/// <param name="OutputChannels">Channels after.</param>
public readonly record struct ConvolutionShape(int InputLength, int OutputLength, int Kernel, int InputChannels, int OutputChannels);

/// <summary>
/// Kernels of stride-2 convolutions that reduce any grid to length 1 without dropping a pixel: 4 for an even length, 5 for an odd one (2
/// and 3 at the end). For the study's 4582 pixels there are 11 layers: 4,4,4,5,4,5,5,5,5,4,2.
/// With kernel 4 everywhere, the encoder would drop the last pixel of every odd layer, and the decoder would fill it with a constant. Such
/// a network does not see the last tenth of the spectrum (measured: R2 = 0 beyond 7100 Å, three times the squared error).
/// </summary>
public sealed class KernelPlan
{
    private const int Stride = 2;

    /// <summary>Plans the layers of a network.</summary>
    /// <param name="pixels">Pixels of a spectrum, at least 2.</param>
    /// <param name="options">Give the number of channels.</param>
    /// <exception cref="InputException">Fewer than 2 pixels, or invalid options.</exception>
    public KernelPlan(int pixels, NetworkOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        if (pixels < 2)
        {
            throw new InputException($"The network needs spectra of at least 2 pixels, not {pixels}.");
        }
        Pixels = pixels;
        Layers = Plan(pixels, options.Channels);
        EncoderLayers = options.MaskChannel ? [Layers[0] with { InputChannels = 2 }, .. Layers.Skip(1)] : Layers;
    }

    /// <summary>Pixels of a spectrum.</summary>
    public int Pixels { get; }

    /// <summary>The convolutions, shallow to deep, from one channel; the last has output length 1. The decoder mirrors them.</summary>
    public IReadOnlyList<ConvolutionShape> Layers { get; }

    /// <summary>The encoder's convolutions: the same, but the first has two input channels where there is a mask channel.</summary>
    public IReadOnlyList<ConvolutionShape> EncoderLayers { get; }

    /// <summary>Number of values that reach the linear heads: the channels of the deepest layer.</summary>
    public int DeepestWidth => Layers[^1].OutputChannels;

    private static ConvolutionShape[] Plan(int pixels, int[] channels)
    {
        var kernels = new List<int>();
        for (var length = pixels; length > 1; length = ((length - kernels[^1]) / Stride) + 1)
        {
            kernels.Add(Math.Min(length, length % 2 == 0 ? 4 : 5));
        }
        var layers = new ConvolutionShape[kernels.Count];
        var before = pixels;
        var width = 1;
        for (var i = 0; i < layers.Length; i++)
        {
            var after = ((before - kernels[i]) / Stride) + 1;
            var next = channels[Math.Max(0, channels.Length - layers.Length + i)];
            layers[i] = new ConvolutionShape(before, after, kernels[i], width, next);
            (before, width) = (after, next);
        }
        return layers;
    }
}
