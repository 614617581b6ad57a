using System.Runtime.InteropServices;
using Galatent.Networks;
using static TorchSharp.torch;

namespace Galatent.Torch;

/// <summary>The network's forward pass in stock libtorch operations, on any device; see <see cref="ParameterLayout"/> for the
/// formula.</summary>
internal sealed class TorchNetwork : IDisposable
{
    private const int Stride = 2;
    private const long ChannelsOfVector = 16;

    private readonly ParameterLayout _layout;
    private readonly Tensor _mean; // [1, n_wave]
    private readonly Tensor? _linearEncoder; // [latent, n_wave]
    private readonly Tensor? _linearDecoder; // [latent, n_wave]
    private readonly int _convolutions;

    public TorchNetwork(NetworkWeights weights, Device device)
    {
        (_layout, Device) = (weights.Layout, device);
        _convolutions = _layout.Plan.Layers.Count;
        _mean = tensor(weights.MeanSpectrum, [1, weights.MeanSpectrum.Length], device: device).DetachFromDisposeScope();
        Tensor Rows(float[] values) =>
            tensor(values, [_layout.Options.LatentDimensions, values.Length / _layout.Options.LatentDimensions], device: device)
                .DetachFromDisposeScope();
        if (weights.Linear is { } path)
        {
            (_linearEncoder, _linearDecoder) = (Rows(path.Encoder), Rows(path.Decoder));
        }
        Weights =
        [
            .. _layout.Blocks.Select(b =>
                tensor(
                        weights.Values[b.Offset..(b.Offset + b.Count)],
                        [.. b.Shape.Select(s => (long)s)],
                        device: device,
                        requires_grad: true
                    )
                    .DetachFromDisposeScope()
            ),
        ];
    }

    public Device Device { get; }

    /// <summary>Leaf tensors in the order of the layout.</summary>
    public Tensor[] Weights { get; }

    /// <summary>Flux to posterior.</summary>
    /// <param name="flux">Shape (b, n_wave).</param>
    /// <param name="isSeen">Which pixels a network with a mask channel sees, shape (b or 1, n_wave); null for all.</param>
    public (Tensor Mu, Tensor LogVariance) Encode(Tensor flux, Tensor? isSeen = null)
    {
        flux = Seen(flux, isSeen);
        var h = Features(flux, isSeen)[^1].flatten(1); // [b, deepest]
        var heads = 2 * _convolutions;
        var mu = nn.functional.linear(h, Weights[heads], Weights[heads + 1]);
        return (
            _linearEncoder is null ? mu : mu.Plus(nn.functional.linear(flux - _mean, _linearEncoder)),
            nn.functional.linear(h, Weights[heads + 2], Weights[heads + 3])
        );
    }

    /// <summary>The mean spectrum where a network with a mask channel sees nothing.</summary>
    public Tensor Seen(Tensor flux, Tensor? isSeen) => isSeen is null || !_layout.Options.MaskChannel ? flux : where(isSeen, flux, _mean);

    /// <summary>Activations of every convolution of the encoder, shallow to deep.</summary>
    public IReadOnlyList<Tensor> Features(Tensor flux, Tensor? isSeen = null)
    {
        var levels = new List<Tensor>();
        var h = (flux - _mean).unsqueeze(1); // [b, 1, n_wave]
        if (_layout.Options.MaskChannel)
        {
            var mask = isSeen is null ? zeros_like(flux) : isSeen.logical_not().to(ScalarType.Float32).expand_as(flux);
            h = cat([h, mask.unsqueeze(1)], 1); // [b, 2, n_wave]
        }
        for (var i = 0; i < _convolutions; i++)
        {
            var weight = Weights[2 * i]; // [out, in, kernel]
            var bias = Weights[(2 * i) + 1];
            var missing = Missing(weight.shape[1]);
            var more = Missing(weight.shape[0]);
            h = nn.functional.conv1d(Widen(h, 0, missing), Widen(weight, more, missing), Widen(bias, more), stride: Stride);
            h = Activate(h.narrow(1, 0, weight.shape[0])); // [b, channels, length]
            levels.Add(h);
        }
        return levels;
    }

    /// <summary>Latent vectors to flux.</summary>
    public Tensor Decode(Tensor z)
    {
        var w = (2 * _convolutions) + 4;
        var h = nn.functional.linear(z, Weights[w], Weights[w + 1]).unsqueeze(2); // [b, deepest, 1]
        for (var i = 0; i < _convolutions; i++)
        {
            w += 2;
            var weight = Weights[w]; // [in, out, kernel]
            var missing = Missing(weight.shape[0]);
            var more = Missing(weight.shape[1]);
            h = nn.functional.conv_transpose1d(
                Widen(h, 0, missing),
                Widen(weight, missing, more),
                Widen(Weights[w + 1], more),
                stride: Stride
            );
            h = h.narrow(1, 0, weight.shape[1]); // [b, channels, length]
            h = i < _convolutions - 1 ? Activate(h) : h;
        }
        h = h.squeeze(1); // [b, n_wave]
        return (_linearDecoder is null ? h : h.Plus(z.matmul(_linearDecoder))).Plus(_mean);
    }

    /// <summary>Copies rows of plain numbers to the device, shape (b, width).</summary>
    public Tensor Rows(ReadOnlySpan<float> values, int width)
    {
        if (values.Length == 0 || values.Length % width != 0)
        {
            throw new ArgumentException($"{values.Length} numbers are not whole rows of {width}.", nameof(values));
        }
        var rows = empty([values.Length / width, width], ScalarType.Float32);
        MemoryMarshal.AsBytes(values).CopyTo(rows.bytes);
        return rows.to(Device);
    }

    /// <summary>Copies a tensor's numbers out.</summary>
    public static void CopyOut(Tensor from, Span<float> to)
    {
        using var scope = NewDisposeScope();
        MemoryMarshal.Cast<byte, float>(from.detach().cpu().contiguous().bytes).CopyTo(to);
    }

    public void Dispose()
    {
        _mean.Dispose();
        _linearEncoder?.Dispose();
        _linearDecoder?.Dispose();
        foreach (var weight in Weights)
        {
            weight.Dispose();
        }
    }

    // oneDNN 3.7.1, in libtorch 2.10 for CPU, reads memory that nobody wrote where a number of channels is not a multiple of 16.
    // Measured with 20 and 12 channels on an AVX-512 processor: NaN, or errors of 1e-3. Channels of zeros fill the vectors and change
    // nothing.
    private long Missing(long channels) =>
        Device.type == TorchSharp.DeviceType.CPU && channels > 1
            ? (ChannelsOfVector - (channels % ChannelsOfVector)) % ChannelsOfVector
            : 0;

    private static Tensor Widen(Tensor bias, long more) => more == 0 ? bias : nn.functional.pad(bias, [0, more]);

    // The first two of three dimensions, zeros behind.
    private static Tensor Widen(Tensor values, long first, long second) =>
        first == 0 && second == 0 ? values : nn.functional.pad(values, [0, 0, 0, second, 0, first]);

    private Tensor Activate(Tensor h) => h.LeakyRelu(_layout.Options.NegativeSlope);
}
