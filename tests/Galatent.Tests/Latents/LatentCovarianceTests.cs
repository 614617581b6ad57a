using CsCheck;
using Galatent.Latents;
using Galatent.Numerics;

namespace Galatent.Tests.Latents;

public class LatentCovarianceTests
{
    [Fact]
    public void Equals_the_definition_computed_directly()
    {
        const int n = 300;
        const int dimensions = 3;
        const int pixels = 700;
        var latent = Normals("latent", n * dimensions);
        var flux = Normals("flux", n * pixels);
        var covariance = LatentCovariance.Compute(latent, dimensions, flux, pixels);
        foreach (var (d, p) in new[] { (0, 0), (1, 255), (1, 256), (2, 699), (0, 511) })
        {
            // E[zx] - E[z]E[x], eq. 10 of the study.
            double zx = 0;
            double z = 0;
            double x = 0;
            for (var i = 0; i < n; i++)
            {
                zx += (double)latent[(i * dimensions) + d] * flux[(i * pixels) + p];
                z += latent[(i * dimensions) + d];
                x += flux[(i * pixels) + p];
            }
            Assert.Equal((zx / n) - (z / n * x / n), covariance[(d * pixels) + p], 1e-12);
        }
    }

    // x_p = a_p z + b_p has the covariance a_p var(z): b and other dimensions do not matter.
    [Fact]
    public void A_linear_relation_gives_slope_times_variance() =>
        Gen.Double[-3, 3]
            .Array[4]
            .Select(Gen.Double[-50, 50])
            .Sample(
                (slopes, offset) =>
                {
                    const int n = 101;
                    float[] latent = [.. Enumerable.Range(0, n).Select(i => (i - 50) / 25f)];
                    var variance = latent.Average(z => (double)z * z);
                    float[] flux = [.. latent.SelectMany(z => slopes.Select(a => (float)((a * z) + offset)))];
                    var covariance = LatentCovariance.Compute(latent, 1, flux, 4);
                    for (var p = 0; p < 4; p++)
                    {
                        // Rounding of the float flux (|x| < 56) limits the accuracy.
                        Assert.Equal(slopes[p] * variance, covariance[p], 2e-5);
                    }
                }
            );

    [Fact]
    public void Informativeness_is_the_mean_of_the_absolute_covariances()
    {
        float[] latent = [-1, 1];
        float[] flux = [0, 2, 5, 2, 0, 5];
        var score = Informativeness.Measure(latent, latent, new float[2], 1, flux, 3);
        // Covariances +1, -1, 0; var(z) = 1.
        Assert.Equal(2.0 / 3, score.MeanAbsoluteCovariance[0], 1e-12);
        Assert.Equal([0], score.ByCovariance);
    }

    [Fact]
    public void Kl_of_known_Gaussians()
    {
        // Dimension 0: N(1, 1), KL = 1/2. Dimension 1: N(0, 4), KL = (4 - ln 4 - 1)/2. Dimension 2: the prior.
        var kl = Informativeness.MeanKl([1, 0, 0, -1, 0, 0], [0, MathF.Log(4), 0, 0, MathF.Log(4), 0], 3);
        Assert.Equal(0.5, kl[0], 1e-12);
        Assert.Equal((3 - Math.Log(4)) / 2, kl[1], 1e-6);
        Assert.Equal(0, kl[2]);
        Assert.Equal([0, 1], new Informativeness(new double[3], kl).ByKl);
    }

    [Fact]
    public void Shapes_that_disagree_are_refused() =>
        Assert.Throws<ArgumentException>(() => LatentCovariance.Compute(new float[6], 3, new float[10], 4));

    private static float[] Normals(string purpose, int count)
    {
        var stream = new RandomStream(5, purpose);
        var values = new float[count];
        for (var i = 0; i < count; i++)
        {
            values[i] = (float)stream.NextNormal();
        }
        return values;
    }
}
