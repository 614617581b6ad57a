using Galatent.Latents.Analyses;
using Galatent.Networks;
using Galatent.Spectra;
using Galatent.Tests.Latents.Analyses;
using Galatent.Tests.Report;

namespace Galatent.Tests.Latents.Redshifts;

/// <summary>Encoders of which is known what they heed.</summary>
public class RedshiftAnalysisTests
{
    private const int Count = 300;

    private static SpectrumSet Spectra { get; } = InventedRun.Spectra(InventedRun.CoarseGrid, Count);

    [Fact]
    public void An_encoder_that_looks_where_the_window_always_is_does_not_move()
    {
        var pixels = Spectra.Grid.Count;
        var (first, _) = Spectra.Grid.Range(4500, 5500);
        var output = Run((flux, _, row, d) => flux[(row * pixels) + first + d]);
        Assert.All(output.Tables[0].Table.Doubles("shift_over_spread"), s => Assert.Equal(0, s));
        Assert.All(output.Tables[1].Table.Doubles("rms_shift_over_spread"), s => Assert.Equal(0, s));
    }

    [Fact]
    public void One_that_counts_pixels_follows_the_window()
    {
        var pixels = Spectra.Grid.Count;
        // A number of its own for each galaxy, and the share of pixels that are seen.
        var output = Run((flux, good, row, d) => flux[row * pixels] + good.AsSpan(row * pixels, pixels).ToArray().Average());
        var views = output.Tables[1].Table;
        var seen = views.Doubles("share_of_pixels_seen");
        Assert.Equal([0, 0.1, 0.2, 0.3, 0.4, 0.5], views.Doubles("redshift"));
        for (var k = 0; k < seen.Length; k++)
        {
            var (low, high) = (3800 / (1 + (0.1 * k)), 9200 / (1 + (0.1 * k)));
            Assert.Equal(Spectra.Grid.WavelengthAngstrom.Count(w => w >= low && w <= high) / (double)pixels, seen[k], 1e-9);
        }
        // All galaxies move alike: by the share of pixels, in units of the spread.
        var spread = output.Tables[0].Table.Doubles("spread")[0];
        Assert.Equal(seen.Select(s => Math.Abs(s - seen[0]) / spread), views.Doubles("rms_shift_over_spread"), (a, b) =>
            Math.Abs(a - b) < 1e-3 * (1 + a)
        );
        Assert.Equal(views.Doubles("rms_shift_over_spread"), views.Doubles("rms_mean_shift_over_spread"), (a, b) =>
            Math.Abs(a - b) < 1e-3 * (1 + a)
        );
    }

    private static AnalysisOutput Run(Func<float[], float[], int, int, float> mu)
    {
        var input = TestInput.Of(Spectra);
        var dimensions = input.Latents.Dimensions;
        return AnalysisList
            .Chosen(["redshift"])
            .Single()
            .Run(
                input with
                {
                    EncodeSeen = (flux, good) =>
                    {
                        var count = flux.Length / Spectra.Grid.Count;
                        float[] means =
                        [
                            .. Enumerable.Range(0, count * dimensions).Select(i => mu(flux, good, i / dimensions, i % dimensions)),
                        ];
                        return new LatentPosterior(count, dimensions, means, new float[means.Length]);
                    },
                },
                null,
                TestContext.Current.CancellationToken
            );
    }
}
