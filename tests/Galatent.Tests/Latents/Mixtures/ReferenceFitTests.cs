using Galatent.Latents.Information;
using Galatent.Latents.Mixtures;

namespace Galatent.Tests.Latents.Mixtures;

/// <summary>EM from the reference package's own starts must take as many iterations and end at its parameters.</summary>
public class ReferenceFitTests
{
    [Theory]
    [InlineData("gauss_rho000_n2000.csv")]
    [InlineData("gauss_rho060_n2000.csv")]
    [InlineData("gauss_rho060_n10000.csv")]
    [InlineData("gauss_rho099_n2000.csv")]
    [InlineData("gammaexp_a1_n2000.csv")]
    [InlineData("gammaexp_a1_n10000.csv")]
    [InlineData("circle_s0.2_n2000.csv")]
    [InlineData("mix_D3_n2000.csv")]
    [InlineData("mix_D3_n10000.csv")]
    public void Same_start_same_end(string file)
    {
        var (x, y) = ReferenceData.Sample(file);
        var reference = ReferenceData.Fit(file);
        var precisions = ReferenceData.Numbers(reference.GetProperty("start_precisions"));
        var start = new GaussianMixture(
            2,
            ReferenceData.Numbers(reference.GetProperty("start_weights")),
            ReferenceData.Numbers(reference.GetProperty("start_means")),
            Invert(precisions)
        );

        var fit = ExpectationMaximization.Fit(WeightedPoints.Of([x, y]), start, CovariancePrior.None(2), 10000, 1e-5);

        Assert.True(fit.Converged);
        Assert.Equal(reference.GetProperty("n_iter").GetInt32(), fit.Iterations);
        Assert.Equal(reference.GetProperty("lower_bound").GetDouble(), fit.MeanLogLikelihood, 1e-9);
        AssertClose(ReferenceData.Numbers(reference.GetProperty("final_weights")), fit.Mixture.Weights);
        AssertClose(ReferenceData.Numbers(reference.GetProperty("final_means")), fit.Mixture.Means);
        AssertClose(ReferenceData.Numbers(reference.GetProperty("final_covariances")), fit.Mixture.Covariances);
        // The grid's own error (largest for the ten components of the gamma-exponential).
        Assert.Equal(reference.GetProperty("mi_exact_quadrature_of_final_fit").GetDouble(), MixtureInformation.Of(fit.Mixture), 1e-4);
        Assert.Equal(reference.GetProperty("mi_exact_quadrature_of_final_fit").GetDouble(), MixtureInformation.Of(fit.Mixture, 241), 2e-7);
    }

    // Rounding in the exponential (5e-11) grows over up to 125 iterations of nearly flat likelihood.
    private static void AssertClose(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        foreach (var (e, a) in expected.Zip(actual))
        {
            Assert.Equal(e, a, 1e-7 * (1 + Math.Abs(e)));
        }
    }

    private static double[] Invert(double[] precisions)
    {
        var covariances = new double[precisions.Length];
        for (var k = 0; k < precisions.Length; k += 4)
        {
            var determinant = precisions[k] * precisions[k + 3] - precisions[k + 1] * precisions[k + 2];
            (covariances[k], covariances[k + 3]) = (precisions[k + 3] / determinant, precisions[k] / determinant);
            (covariances[k + 1], covariances[k + 2]) = (-precisions[k + 1] / determinant, -precisions[k + 2] / determinant);
        }
        return covariances;
    }
}
