using CsCheck;
using Galatent.Networks;
using Galatent.Numerics;

namespace Galatent.Tests.Networks;

public class KernelPlanTests
{
    [Fact]
    public void Study_grid_gets_the_eleven_layers_of_the_design()
    {
        var plan = new KernelPlan(4582, new NetworkOptions());
        Assert.Equal([4, 4, 4, 5, 4, 5, 5, 5, 5, 4, 2], plan.Layers.Select(l => l.Kernel));
        Assert.Equal([2290, 1144, 571, 284, 141, 69, 33, 15, 6, 2, 1], plan.Layers.Select(l => l.OutputLength));
        Assert.Equal([1, 16, 16, 32, 32, 64, 64, 128, 128, 256, 256], plan.Layers.Select(l => l.InputChannels));
        Assert.Equal(512, plan.DeepestWidth);
    }

    [Fact]
    public void Every_length_fits_without_a_remainder_and_ends_at_one_pixel() =>
        Gen.Int[2, 20_000]
            .Sample(pixels =>
            {
                var layers = new KernelPlan(pixels, new NetworkOptions { Channels = [3, 7] }).Layers;
                var length = pixels;
                var channels = 1;
                foreach (var layer in layers)
                {
                    Assert.Equal((length, channels), (layer.InputLength, layer.InputChannels));
                    // Stride 2 leaves no pixel out when the kernels end exactly at the last one, and no gap when they are at least 2 wide.
                    Assert.Equal(length, (2 * (layer.OutputLength - 1)) + layer.Kernel);
                    Assert.InRange(layer.Kernel, 2, 5);
                    (length, channels) = (layer.OutputLength, layer.OutputChannels);
                }
                Assert.Equal(1, length);
                Assert.Equal(7, channels);
            });

    [Fact]
    public void Channels_are_taken_from_the_deep_end_and_the_first_repeats()
    {
        var options = new NetworkOptions { Channels = [2, 3, 5] };
        Assert.Equal([3, 5], new KernelPlan(7, options).Layers.Select(l => l.OutputChannels));
        Assert.Equal([2, 2, 3, 5], new KernelPlan(40, options).Layers.Select(l => l.OutputChannels));
    }

    [Fact]
    public void All_faults_are_reported_together()
    {
        var error = Assert.Throws<InputException>(() =>
            new KernelPlan(
                100,
                new NetworkOptions
                {
                    LatentDimensions = 0,
                    Channels = [],
                    NegativeSlope = float.NaN,
                }
            )
        );
        Assert.Contains("latent dimensions must be 1 to 4096, not 0", error.Message, StringComparison.Ordinal);
        Assert.Contains("channels", error.Message, StringComparison.Ordinal);
        Assert.Contains("not NaN", error.Message, StringComparison.Ordinal);
        Assert.Throws<InputException>(() => new KernelPlan(1, new NetworkOptions()));
    }

    [Fact]
    public void Channels_are_read_from_whole_numbers_with_commas() => Assert.Equal([16, 16, 32], NetworkOptions.ParseChannels("16,16,32"));

    [Theory]
    [InlineData("")]
    [InlineData("16,")]
    [InlineData("16;32")]
    [InlineData("16,0")]
    [InlineData("1.5,2")]
    [InlineData("65537")]
    public void Other_channels_are_refused_with_their_text(string text) =>
        Assert.Contains($"'{text}'", Assert.Throws<InputException>(() => NetworkOptions.ParseChannels(text)).Message);
}
