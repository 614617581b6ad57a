using CsCheck;
using Galatent.Networks.Objectives;
using Galatent.Numerics;

namespace Galatent.Tests.Networks.Objectives;

public class LinearVaeTests
{
    // Eigenvalues of 20,000 simulated spectra and what the closed form gives for them, computed independently in double precision.
    private static readonly double[] Spectra = [5856, 495, 104, 43.6, 29.1, 6.8, 2.3, 1.2, .42, .24, .18, .10];

    [Theory]
    [InlineData(0.3, 11, 1.93, 23.3, 8.9)]
    [InlineData(0.9, 8, 4.73, 18.0, 21.0)]
    [InlineData(0.1, 12, 0.77, 29.7, 3.7)]
    public void Linear_VAE_of_simulated_spectra(double beta, int active, double error, double kl, double loss)
    {
        // With k = 11 components 0.28 is left, so that the trace is the sum of the first eleven + 0.28.
        var best = LinearVae.Best(beta, Spectra, Spectra[..11].Sum() + 0.28, 32);
        Assert.Equal(active, best.ActiveDimensions);
        // The eigenvalues are rounded to two or three digits; the smallest, 0.10, alone can shift the error by 0.01.
        Assert.Equal(error, best.SquaredError, 0.03);
        Assert.Equal(kl, best.KlNat, 0.1);
        // Those two tolerances added, with beta times the second, and half a digit of the loss itself.
        Assert.Equal(loss, best.Loss, 0.03 + (0.1 * beta) + 0.05);
    }

    // A linear VAE x = W z + mean with posterior variances v has, per dimension of eigenvalue lambda, error lambda (1-g)² + w² v and KL
    // as in eq. 7;
    // no choice of gain and variance may beat the closed form.
    [Fact]
    public void No_linear_encoder_and_decoder_does_better() =>
        Gen.Select(Gen.Double[0.05, 20], Gen.Double[0.05, 2], Gen.Double[0.01, 1], Gen.Double[-1.5, 1.5], Gen.Double[0.01, 4])
            .Sample(
                (lambda, beta, v, encoder, decoder) =>
                {
                    var error = (lambda * Math.Pow(1 - (encoder * decoder), 2)) + (decoder * decoder * v);
                    var kl = 0.5 * ((encoder * encoder * lambda) + v - Math.Log(v) - 1);
                    Assert.True(error + (beta * kl) >= LinearVae.Best(beta, [lambda], lambda, 1).Loss - 1e-9);
                },
                iter: 2000
            );

    [Fact]
    public void Nothing_is_active_when_information_is_too_dear()
    {
        var best = LinearVae.Best(100, Spectra.AsSpan(3), 80, 32);
        Assert.Equal((0, 80.0, 0.0), (best.ActiveDimensions, best.SquaredError, best.KlNat));
    }

    [Fact]
    public void Without_beta_it_is_the_principal_components()
    {
        var best = LinearVae.Best(0, Spectra, Spectra.Sum() + 1, 3);
        Assert.Equal((3, 0.0), (best.ActiveDimensions, best.KlNat));
        Assert.Equal(Spectra[3..].Sum() + 1, best.Loss, 1e-9);
    }

    [Fact]
    public void At_a_capacity_it_spends_just_that_and_is_the_best_for_some_beta()
    {
        foreach (var capacity in new[] { 0.5, 5, 23.3, 40 })
        {
            var best = LinearVae.AtCapacity(capacity, Spectra, Spectra.Sum(), 32);
            Assert.Equal(capacity, best.KlNat, 1e-9);
        }
        // One eigenvalue: KL = 0.5 ln(lambda/s), so the error is lambda exp(-2 C).
        Assert.Equal(8 * Math.Exp(-3), LinearVae.AtCapacity(1.5, [8], 8, 1).SquaredError, 1e-9);
    }

    [Fact]
    public void Learnt_noise_of_the_linear_model_is_the_mean_of_what_it_loses()
    {
        // Tipping & Bishop 1999, eq. 8: sigma² is the mean of the discarded eigenvalues, and eq. 4 gives the likelihood.
        double[] eigenvalues = [50, 9, 1, 1, 1, 1, 0.4];
        const int latent = 2;
        const int pixels = 7;
        var noise = eigenvalues[latent..].Average();
        var expected =
            0.5 * ((pixels * Math.Log(2 * Math.PI)) + Math.Log(50) + Math.Log(9) + ((pixels - latent) * Math.Log(noise)) + pixels);
        Assert.Equal(
            expected,
            SigmaVaeObjective.LowestLinearBound(
                1,
                new LinearData(new PrincipalComponents(eigenvalues, eigenvalues.Sum(), [], 100), latent, pixels)
            ),
            1e-9
        );
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.3)]
    [InlineData(30)]
    public void On_the_spectra_it_is_fitted_to_it_is_judged_as_by_the_closed_form(double beta)
    {
        // Lucas et al. 2019: error beta/2 and KL ½ ln(2 lambda / beta) for each active dimension, the variance of all others.
        var active = Spectra.Where(lambda => lambda > beta / 2).ToArray();
        var total = Spectra.Sum() + 0.28;
        var judged = LinearVae.Judged(beta, Spectra, 32, Spectra, total);
        Assert.Equal(active.Length, judged.ActiveDimensions);
        Assert.Equal((active.Length * beta / 2) + total - active.Sum(), judged.SquaredError, 1e-9 * total);
        Assert.Equal(beta > 0 ? active.Sum(lambda => 0.5 * Math.Log(2 * lambda / beta)) : 0, judged.KlNat, 1e-9);
    }

    // No other linear model is better for some spectra than the one that is fitted to them.
    [Fact]
    public void On_other_spectra_it_is_worse_than_what_is_fitted_to_those() =>
        Gen.Select(Gen.Double[0.2, 100], Gen.Double[0.01, 100], Gen.Double[0.05, 0.3])
            .Sample(
                (fitted, other, beta) =>
                    Assert.True(
                        LinearVae.Judged(beta, [fitted], 1, [other], other).Loss >= LinearVae.Best(beta, [other], other, 1).Loss - 1e-9
                    )
            );

    // By the definition: x = y u, posterior N(m, v), decoder w z; error (y - w m)² + w² v.
    [Fact]
    public void Judged_values_are_those_of_its_encoder_and_decoder()
    {
        const double lambda = 5;
        const double beta = 0.6;
        const double s = beta / 2;
        double[] y = [1, -2, 4];
        var w = Math.Sqrt(lambda - s);
        var error = y.Average(v => Math.Pow(v - (w * v * w / lambda), 2) + (w * w * s / lambda));
        var kl = y.Average(v => 0.5 * (Math.Pow(v * w / lambda, 2) + (s / lambda) - Math.Log(s / lambda) - 1));
        var square = y.Average(v => v * v);
        var judged = LinearVae.Judged(beta, [lambda, 0.1], 2, [square, 0.2], square + 0.2 + 0.3);
        Assert.Equal(1, judged.ActiveDimensions);
        Assert.Equal(error + 0.5, judged.SquaredError, 1e-12);
        Assert.Equal(kl, judged.KlNat, 1e-12);
    }
}
