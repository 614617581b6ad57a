using Galatent.Latents.Redshifts;
using Galatent.Numerics;

namespace Galatent.Tests.Latents.Redshifts;

public class LatentShiftTests
{
    [Fact]
    public void By_hand()
    {
        // Two galaxies at two redshifts: means 1 and 5, differences ±1 and ±2.
        var shift = LatentShift.Of(
            [0, 0.5],
            [
                [0, 3],
                [2, 7],
            ],
            [
                [0, 0],
                [Math.Log(3), Math.Log(3)],
            ]
        );
        Assert.Equal(Math.Sqrt(8), shift.Spread, 1e-12);
        // Variances over redshift 2 and 8.
        Assert.Equal(Math.Sqrt(5), shift.Shift, 1e-12);
        Assert.Equal(Math.Sqrt(2), shift.Sigma, 1e-12);
        // Slopes 4 and 8.
        Assert.Equal(6, shift.Slope, 1e-12);
        Assert.Equal(Math.Sqrt(5.0 / 8), LatentShift.Together([shift]), 1e-12);
    }

    [Fact]
    public void A_latent_that_does_not_heed_redshift_does_not_move()
    {
        double[] mu = [1, 2, 4];
        var still = LatentShift.Of([0, 0.1, 0.2], [mu, mu, mu], [mu, mu, mu]);
        Assert.Equal((0, 0), (still.Shift, still.Slope));
        // A common drift is all slope; scatter without a trend is none.
        var drift = LatentShift.Of([0, 0.1, 0.2], [mu, [.. mu.Select(m => m + 0.3)], [.. mu.Select(m => m + 0.6)]], [mu, mu, mu]);
        Assert.Equal(3, drift.Slope, 1e-12);
        Assert.Equal(0.3, drift.Shift, 1e-12);
    }

    [Fact]
    public void Too_little_to_compare_is_told()
    {
        Assert.Throws<InputException>(() =>
            LatentShift.Of(
                [0],
                [
                    [1, 2],
                ],
                [
                    [0, 0],
                ]
            )
        );
        Assert.Throws<InputException>(() =>
            LatentShift.Of(
                [0, 1],
                [
                    [1],
                    [2],
                ],
                [
                    [0],
                    [0],
                ]
            )
        );
    }
}
