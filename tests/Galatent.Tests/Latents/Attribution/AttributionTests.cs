using Galatent.Latents.Attribution;
using Galatent.Numerics;

namespace Galatent.Tests.Latents.Attribution;

public class AttributionTests
{
    [Fact]
    public void Two_directions_by_hand()
    {
        var found = SpectrumAttribution.Of(
            [1, .5, .5],
            [
                [1, 0, 0],
                [.8, .6, 0],
            ],
            [
                [0],
                [1],
            ]
        );
        Assert.Equal(1.0 / 3, found.Coefficients[0], 1e-6);
        Assert.Equal(5.0 / 6, found.Coefficients[1], 1e-6);
        Assert.Equal(.346667, found.Shares[0].Shapley, 1e-6);
        Assert.Equal(.486667, found.Shares[1].Shapley, 1e-6);
        Assert.Equal(.026667, found.Shares[0].Unique, 1e-6);
        Assert.Equal(.166667, found.Shares[1].Unique, 1e-6);
        Assert.Equal(.166667, found.Remainder, 1e-6);
        Assert.All(found.VarianceInflation, v => Assert.Equal(2.777778, v, 1e-6));
    }

    [Fact]
    public void Three_directions_by_hand()
    {
        var found = SpectrumAttribution.Of(
            [1, 1, .5, .5],
            [
                [1, 0, 0, 0],
                [.8, .6, 0, 0],
                [0, .6, .8, 0],
            ],
            [
                [0],
                [1],
                [2],
            ]
        );
        Assert.Equal(.203647, found.Shares[0].Shapley, 1e-6);
        Assert.Equal(.444176, found.Shares[1].Shapley, 1e-6);
        Assert.Equal(.252176, found.Shares[2].Shapley, 1e-6);
        Assert.Equal(.1, found.Remainder, 1e-6);
    }

    [Fact]
    public void Shares_and_remainder_are_one_whatever_the_weights()
    {
        var random = new RandomStream(1, "attribution");
        double[] Draw(int n, Func<double, double> map) => [.. Enumerable.Range(0, n).Select(_ => map(random.NextNormal()))];
        var change = Draw(40, x => x);
        double[][] directions = [.. Enumerable.Range(0, 7).Select(_ => Draw(40, x => x))];
        int[][] players =
        [
            [0],
            [1, 2, 3],
            [4],
            [5, 6],
        ];
        foreach (var weights in new[] { [], Draw(40, x => x * x) })
        {
            var found = SpectrumAttribution.Of(change, directions, players, weights);
            Assert.Equal(1, found.Shares.Sum(s => s.Shapley) + found.Remainder, 1e-9);
            Assert.All(found.Shares, s => Assert.True(s.Unique >= -1e-12 && s.Alone >= -1e-12));
        }
    }

    [Fact]
    public void A_direction_that_others_contain_is_passed_over_and_named()
    {
        var found = SpectrumAttribution.Of(
            [1, 2, 0],
            [
                [1, 0, 0],
                [0, 1, 0],
                [1, 1, 0],
                [0, 0, 0],
            ],
            [
                [0],
                [1],
                [2],
                [3],
            ]
        );
        Assert.Equal([1, 2, 0, 0], found.Coefficients.Select(c => Math.Round(c, 9)));
        Assert.Equal(0, found.Remainder, 1e-9);
        Assert.Equal(0, found.Shares[3].Shapley, 1e-12);
        Assert.All(found.VarianceInflation[..3], v => Assert.Equal(double.PositiveInfinity, v));
        Assert.True(double.IsNaN(found.VarianceInflation[3]));
    }

    // Toy A: decoder column √(λ-s) u, encoder √(λ-s)/λ u·x. Encoding what was decoded gives the slope 1 - s/λ, not 1.
    [Fact]
    public void Encoder_after_decoder_has_the_slope_of_the_linear_vae()
    {
        double[] lambda = [4, 1, .16];
        const double s = .15;
        // Sylvester's matrix / 2: orthonormal rows.
        double[][] u =
        [
            [.5, .5, .5, .5],
            [.5, -.5, .5, -.5],
            [.5, .5, -.5, -.5],
        ];
        float[] Decode(float[] z, int m) =>
            [
                .. Enumerable
                    .Range(0, m)
                    .SelectMany(i =>
                        Enumerable
                            .Range(0, 4)
                            .Select(p => (float)Enumerable.Range(0, 3).Sum(k => z[(i * 3) + k] * Math.Sqrt(lambda[k] - s) * u[k][p]))
                    ),
            ];
        float[] Encode(float[] x, int m) =>
            [
                .. Enumerable
                    .Range(0, m)
                    .SelectMany(i =>
                        Enumerable
                            .Range(0, 3)
                            .Select(k =>
                                (float)(Math.Sqrt(lambda[k] - s) / lambda[k] * Enumerable.Range(0, 4).Sum(p => x[(i * 4) + p] * u[k][p]))
                            )
                    ),
            ];
        float[] z = [.3f, -.2f, 1];
        var x = Decode(z, 1);
        for (var k = 0; k < 3; k++)
        {
            var column = LatentDerivative.OfDecoder(z, k, Decode);
            var half = LatentDerivative.OfDecoder(z, k, Decode, LatentDerivative.Step / 2);
            var back = LatentDerivative.OfEncoder(x, column, Encode);
            for (var j = 0; j < 3; j++)
            {
                Assert.Equal(j == k ? 1 - (s / lambda[k]) : 0, back[j], 1e-5);
            }
            Assert.All(column.Zip(half), p => Assert.Equal(p.First, p.Second, 1e-5));
        }
    }

    // One parameter, one dimension: precision J²/σ² + 1/prior.
    [Fact]
    public void The_forecast_adds_precisions()
    {
        Assert.Equal(1 / ((4 / .25) + .5), ParameterForecast.Covariance([2], [.25], [2])[0], 1e-12);
        // A parameter that no dimension sees keeps its prior.
        var two = ParameterForecast.Covariance([2, 0], [.25], [2, 0, 0, 3]);
        Assert.Equal(3, two[3], 1e-12);
        Assert.Equal(0, two[1], 1e-12);
    }
}
