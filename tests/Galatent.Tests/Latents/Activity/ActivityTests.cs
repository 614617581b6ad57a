using Galatent.Latents;
using Galatent.Latents.Activity;
using Galatent.Networks.Objectives;
using Galatent.Numerics;

namespace Galatent.Tests.Latents.Activity;

/// <summary>Measures of activity against the closed forms of a linear VAE.</summary>
public class ActivityTests
{
    // Latents are float32: six digits.
    private const double Single = 1e-6;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Rate_errors_and_loss_of_the_linear_model()
    {
        var kl = Enumerable.Range(0, ToyLinearVae.Pixels).Sum(d => Spread(d).KlNat);
        Assert.Equal(2.622536, kl, Single);
        Assert.Equal(0.55, Error(ToyLinearVae.Z), Single);
        Assert.Equal(0.26875, Error(ToyLinearVae.Mu), Single);
        Assert.Equal(1.336761, Error(ToyLinearVae.Z) + (ToyLinearVae.Beta * kl), Single);
        var linear = LinearVae.Best(ToyLinearVae.Beta, ToyLinearVae.Eigenvalues, ToyLinearVae.Eigenvalues.Sum(), ToyLinearVae.Pixels);
        Assert.Equal(1.336761, linear.Loss, Single);
        Assert.Equal(3, linear.ActiveDimensions);
    }

    [Theory]
    [InlineData(0, 0.9625, 1.641707, 0.981071)]
    [InlineData(1, 0.85, 0.948560, 0.460977)]
    [InlineData(2, 0.0625, 0.032269, 0.05)]
    [InlineData(3, 0, 0, 0)]
    public void Variance_KL_and_eq_11_of_each_dimension(int dimension, double variance, double klNat, double covariance)
    {
        var spread = Spread(dimension);
        Assert.Equal(variance, spread.MuVariance, Single);
        Assert.Equal(klNat, spread.KlNat, Single);
        Assert.Equal(covariance, Covariance().Value[dimension], Single);
    }

    [Fact]
    public void Criteria_disagree_where_the_specification_says_so()
    {
        Assert.Equal(3, Enumerable.Range(0, 4).Count(d => Spread(d).MuVariance > LatentSpread.ActiveUnitVariance));
        Assert.Equal(3, Covariance().Value.Count(t => t > Informativeness.CovarianceThreshold));
        Assert.Equal(2, Enumerable.Range(0, 4).Count(d => Spread(d).KlNat > 0.1));
    }

    [Theory]
    [InlineData(0, 3.85)]
    [InlineData(1, 0.85)]
    [InlineData(2, 0.01)]
    public void Ablation_of_a_sample_loses_eigenvalue_minus_s(int dimension, double rise)
    {
        Assert.Equal(rise, Ablate(ToyLinearVae.Z)[dimension].Rise, 1e-5);
        var lambda = ToyLinearVae.Eigenvalues[dimension];
        Assert.Equal(lambda - (ToyLinearVae.S * ToyLinearVae.S / lambda), Ablate(ToyLinearVae.Mu)[dimension].Rise, 1e-5);
    }

    // Standard errors and the median deviation of normal spectra of the same covariance: 60,000 of them.
    [Theory]
    [InlineData(0, 0.661722, 1.38744)]
    [InlineData(1, 0.621849, 0.651920)]
    [InlineData(2, 0.168622, 0.070711)]
    public void Errors_for_normal_spectra(int dimension, double medianDeviation, double scaledError)
    {
        const int n = 60_000;
        var stream = new RandomStream(5, "toy spectra");
        double[] scores = [.. Enumerable.Range(0, n * 4).Select(_ => stream.NextNormal())];
        double Amplitude(int row, int k) => scores[(row * 4) + k] * Math.Sqrt(ToyLinearVae.Eigenvalues[k]);
        float[] flux =
        [
            .. Enumerable
                .Range(0, n * 4)
                .Select(i => (float)Enumerable.Range(0, 4).Sum(k => Amplitude(i / 4, k) * ToyLinearVae.Sign(i % 4, k) / 2.0)),
        ];
        var lambda = ToyLinearVae.Eigenvalues[dimension];
        float[] mu =
        [
            .. Enumerable.Range(0, n).Select(row => (float)(Math.Sqrt(lambda - ToyLinearVae.S) / lambda * Amplitude(row, dimension))),
        ];
        void Read(ReadOnlySpan<int> rows, Span<float> to)
        {
            for (var i = 0; i < rows.Length; i++)
            {
                flux.AsSpan(rows[i] * 4, 4).CopyTo(to[(i * 4)..]);
            }
        }
        var covariance = MeanCovariance.Measure(Read, 4, mu, 1, Variance(flux, 4), cancellation: Cancellation);
        // The standard deviation of normal products is known to 2 % from so many rows.
        Assert.Equal(1, covariance.StandardError[0] * Math.Sqrt(n) / scaledError, 0.02);
        var deviation = Enumerable.Range(0, 4).Average(_ => Math.Sqrt(ToyLinearVae.Eigenvalues.Sum() / 4));
        var expected = Math.Sqrt(2 / Math.PI * (1 - (ToyLinearVae.S / lambda)) / n) * deviation;
        Assert.Equal(1, covariance.Floor[0] / expected, 0.02);
        var spread = LatentSpread.Of([.. mu.Select(m => (double)m)], new double[n]);
        Assert.Equal(medianDeviation, spread.MedianAbsoluteDeviation, 4 * spread.MedianAbsoluteDeviationStandardError);
        Assert.Equal(Math.Sqrt(2.0 / n) * (1 - (ToyLinearVae.S / lambda)), spread.MuVarianceStandardError, 0.03 * Math.Sqrt(2.0 / n));
    }

    [Theory]
    [InlineData(0.0103, 0.0003, CovarianceVerdict.Undecided)]
    [InlineData(0.0103, 0.0001, CovarianceVerdict.Informative)]
    [InlineData(0.0090, 0.0004, CovarianceVerdict.NotInformative)]
    public void Verdict_counts_the_error(double value, double error, CovarianceVerdict verdict) =>
        Assert.Equal(verdict, new MeanCovariance([value], [error], [0]).Verdict(0));

    [Fact]
    public void Turning_two_axes_by_45_degrees_costs_little_when_they_are_alike()
    {
        Assert.Equal(0.066943, AxisRotation.Cost(ToyLinearVae.Beta, 4, 1), Single);
        var cost = AxisRotation.Cost(ToyLinearVae.Beta, Column(ToyLinearVae.LogVariance, 0), Column(ToyLinearVae.LogVariance, 1));
        Assert.Equal(0.066943, cost, Single);
        Assert.Equal(0, AxisRotation.Cost(0.3, 2.5, 2.5), 1e-15);
    }

    private static double[] Column(float[] values, int dimension) => ToyLinearVae.Column(values, dimension);

    private static LatentSpread Spread(int dimension) =>
        LatentSpread.Of(Column(ToyLinearVae.Mu, dimension), Column(ToyLinearVae.LogVariance, dimension));

    private static double[] Variance(float[] flux, int pixels) =>
        [
            .. Enumerable
                .Range(0, pixels)
                .Select(p => flux.Where((_, i) => i % pixels == p).Select(x => (double)x).ToArray())
                .Select(x => (Values: x, Mean: x.Average()))
                .Select(x => x.Values.Average(v => (v - x.Mean) * (v - x.Mean))),
        ];

    private static MeanCovariance Covariance() =>
        MeanCovariance.Measure(
            ToyLinearVae.Read,
            ToyLinearVae.Pixels,
            ToyLinearVae.Mu,
            ToyLinearVae.Pixels,
            Variance(ToyLinearVae.Flux, ToyLinearVae.Pixels),
            cancellation: Cancellation
        );

    private static Ablation[] Ablate(float[] latent) =>
        Ablation.Measure(
            ToyLinearVae.Read,
            ToyLinearVae.Pixels,
            [.. Enumerable.Range(0, ToyLinearVae.Rows)],
            latent,
            ToyLinearVae.Pixels,
            [0, 1, 2],
            ToyLinearVae.Decode,
            Cancellation
        );

    private static double Error(float[] latent) =>
        ToyLinearVae.Flux.Zip(ToyLinearVae.Decode(latent, ToyLinearVae.Rows), (x, y) => ((double)x - y) * ((double)x - y)).Sum()
        / ToyLinearVae.Rows;
}
