using Galatent.Numerics;

namespace Galatent.Networks;

/// <summary>Shape of the network; stored in the checkpoint. Together with the number of pixels it determines all layers
/// (<see cref="KernelPlan"/>).</summary>
public sealed record NetworkOptions
{
    private const int MostChannels = 65536;

    /// <summary>Number of latent dimensions. The study uses 32, of which only some become informative.</summary>
    public int LatentDimensions { get; init; } = 32;

    /// <summary>Feature channels after each convolution, shallow to deep. Grids that need fewer layers use the last entries of the list;
    /// grids that need more repeat the first entry. The default has 1.6 million weights and 19 million multiplications per
    /// spectrum.</summary>
    public int[] Channels { get; init; } = [16, 16, 32, 32, 64, 64, 128, 128, 256, 256, 512];

    /// <summary>Slope of LeakyReLU for negative inputs, in (0, 1]. With 0.2 training was faster than with 0.01 (squared error 19.7 instead
    /// of 23.7 after 8 epochs of a light network).</summary>
    public float NegativeSlope { get; init; } = 0.2f;

    /// <summary>Whether the mean training spectrum is subtracted before the encoder and added after the decoder. This helps in the first
    /// epochs.</summary>
    public bool SubtractMean { get; init; } = true;

    /// <summary>Whether a fixed linear encoder and decoder stand beside the convolutions (<see cref="LinearPath"/>).</summary>
    public bool LinearPath { get; init; }

    /// <summary>Whether the encoder has a second input channel: 1 in pixels of weight 0, where it sees the mean spectrum instead of the
    /// flux, and 0 in all others. So what stands in a bad pixel changes nothing, and the posterior can widen where data lack.</summary>
    public bool MaskChannel { get; init; }

    /// <summary>Whether every pixel of the decoder has a gain and an offset, fitted after every epoch
    /// (<see cref="Networks.OutputCalibration"/>).</summary>
    public bool OutputCalibration { get; init; }

    /// <summary>Reads <see cref="Channels"/> from a text such as <c>16,16,32</c>.</summary>
    /// <exception cref="InputException">Something between the commas is no whole number of the range.</exception>
    public static int[] ParseChannels(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return
        [
            .. text.Split(',')
                .Select(part =>
                    TypedNumber.TryParseWhole(part, out var channels) && channels is >= 1 and <= MostChannels
                        ? (int)channels
                        : throw new InputException(
                            $"channels '{text}' must be whole numbers from 1 to {MostChannels} with commas between, e.g. 16,16,32,64"
                        )
                ),
        ];
    }

    /// <summary>Checks every field and reports all errors together.</summary>
    /// <exception cref="InputException">At least one field is out of its range.</exception>
    public void Validate()
    {
        var faults = new List<string>();
        if (LatentDimensions is < 1 or > 4096)
        {
            faults.Add($"latent dimensions must be 1 to 4096, not {LatentDimensions}");
        }
        if (Channels.Length == 0 || Channels.Any(c => c is < 1 or > MostChannels))
        {
            faults.Add($"channels must be at least one number from 1 to {MostChannels}, not [{string.Join(", ", Channels)}]");
        }
        if (!(NegativeSlope is > 0 and <= 1))
        {
            faults.Add($"the negative slope must lie between 1.4e-45 (the least that float32 holds) and 1, not {NegativeSlope}");
        }
        if (LinearPath && !SubtractMean)
        {
            faults.Add(
                "the linear path acts on the difference from the mean spectrum, so the mean must be subtracted; choose both or neither"
            );
        }
        if (MaskChannel && !SubtractMean)
        {
            faults.Add("bad pixels are shown to the network as the mean spectrum, so a mask channel needs the mean to be subtracted");
        }
        if (faults.Count > 0)
        {
            throw new InputException($"The network cannot be built: {string.Join("; ", faults)}.");
        }
    }
}
