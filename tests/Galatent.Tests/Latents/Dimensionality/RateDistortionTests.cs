using CsCheck;
using Galatent.Latents.Dimensionality;
using Galatent.Networks.Objectives;

namespace Galatent.Tests.Latents.Dimensionality;

public class RateDistortionTests
{
    // Variances along the principal directions of simulated spectra, rounded.
    private static readonly double[] Spectra = [5856, 495, 104, 43.6, 29.1, 6.8, 2.3, 1.2, .42, .24, .18, .10];

    // Toy A of the specification: four directions, beta 0.3.
    private static readonly double[] Toy = [4, 1, .16, .1];

    [Theory]
    [InlineData(0.1, 9.486)]
    [InlineData(0.3, 8.719)]
    [InlineData(0.9, 9.939)]
    public void The_loss_at_one_beta_is_lowest_for_its_own_model(double trained, double loss) =>
        Assert.Equal(loss, Point(Spectra, trained).LossAt(0.3), 1e-3);

    [Fact]
    public void The_toy_model_has_its_rate_error_and_loss()
    {
        var toy = Point(Toy, .3);
        Assert.Equal(2.622536, toy.RateNat, 1e-6);
        Assert.Equal(.55, toy.SquaredError, 1e-6);
        Assert.Equal(1.336761, toy.LossAt(.3), 1e-6);
    }

    [Fact]
    public void The_slope_between_two_betas_lies_between_them()
    {
        var pairs = RateDistortion.Pairs(new[] { .9, .1, .3 }.Select(b => Point(Toy, b)));
        Assert.Equal([(.1, .3), (.1, .9), (.3, .9)], pairs.Select(p => (p.LowBeta, p.HighBeta)));
        Assert.Equal(.175483, pairs[0].Slope, 1e-6);
        Assert.Equal(.539402, pairs[2].Slope, 1e-6);
        Assert.All(pairs, p => Assert.True(p.IsConsistent && p.LowExcess <= 0 && p.HighExcess <= 0));
    }

    [Fact]
    public void A_model_that_is_not_converged_is_found()
    {
        var good = Point(Toy, .1);
        var bad = new RateDistortionPoint(.3, 5, 2);
        var pair = Assert.Single(RateDistortion.Pairs([good, bad]));
        Assert.False(pair.IsConsistent);
        Assert.Equal(bad.LossAt(.3) - good.LossAt(.3), pair.HighExcess, 1e-12);
        Assert.True(pair.HighExcess > 0);
    }

    // Consistency by the slope and by the two losses is one thing said in two ways.
    [Fact]
    public void Slope_and_losses_agree_for_any_two_models() =>
        Gen.Select(Gen.Double[.01, 1], Gen.Double[1.01, 9], Gen.Double[.1, 9], Gen.Double[.1, 9], Gen.Double[.1, 9], Gen.Double[.1, 9])
            .Sample(
                (low, high, r1, r2, d1, d2) =>
                {
                    var pair = RateDistortion.Pairs([new(low, r1 + 9, d1), new(high, r2, d2)])[0];
                    return pair.IsConsistent == (pair.LowExcess <= 0 && pair.HighExcess <= 0)
                        || Math.Min(Math.Abs(pair.LowExcess), Math.Abs(pair.HighExcess)) < 1e-9;
                }
            );

    private static RateDistortionPoint Point(double[] eigenvalues, double beta)
    {
        var vae = LinearVae.Best(beta, eigenvalues, eigenvalues.Sum(), eigenvalues.Length);
        return new(beta, vae.KlNat, vae.SquaredError);
    }
}
