using System.Numerics.Tensors;

namespace Galatent.Spectra.Gaps;

/// <summary>
/// Principal components of spectra with gaps and unequal noise, by expectation maximisation (Bailey 2012, PASP 124, 1015), with a prior on
/// the coefficients (Tipping &amp; Bishop 1999) and a mean. The weight of a pixel is 1/σ²; 0 is a gap, whose value is never read.
/// </summary>
/// <param name="Mean">Mean spectrum, shape (pixels); 0 in pixels that no spectrum has.</param>
/// <param name="Vectors">Orthonormal directions, shape (components, pixels), row-major.</param>
/// <param name="SignalVariance">Variance of the coefficients without noise, descending; shape (components).</param>
/// <param name="EmptyPixels">Pixels that no spectrum has. Nothing is known of them.</param>
/// <param name="Iterations">Steps taken.</param>
/// <param name="Converged">Whether the last step changed the directions by less than the tolerance.</param>
public sealed record GapComponents(
    double[] Mean,
    double[] Vectors,
    double[] SignalVariance,
    int[] EmptyPixels,
    int Iterations,
    bool Converged
)
{
    /// <summary>Number of pixels.</summary>
    public int Pixels => Mean.Length;

    /// <summary>Number of components.</summary>
    public int Components => SignalVariance.Length;

    /// <summary>Only a mean, no components: what is known of spectra of which there are too few.</summary>
    internal static GapComponents OfMean(double[] mean) => new(mean, [], [], [], 0, true);

    /// <summary>Coefficients of a spectrum, c = (V'WV + Λ⁻¹)⁻¹ V'W (x - mean), and their covariance (V'WV + Λ⁻¹)⁻¹. The
    /// prior Λ keeps them defined however few pixels there are.</summary>
    /// <param name="flux">Shape (pixels).</param>
    /// <param name="weight">1/σ², shape (pixels); 0 in gaps.</param>
    public (double[] Coefficients, double[] Covariance) Coefficients(ReadOnlySpan<float> flux, ReadOnlySpan<float> weight)
    {
        var k = Components;
        var (precision, right) = NormalEquations.Of(Vectors, k, flux, weight, Mean);
        for (var a = 0; a < k; a++)
        {
            precision[(a * k) + a] += 1 / SignalVariance[a];
        }
        var covariance = NormalEquations.Inverse(precision, k, "the coefficients");
        return (NormalEquations.Product(covariance, right), covariance);
    }

    /// <summary>The spectrum without gaps and noise: mean + V c.</summary>
    /// <inheritdoc cref="Coefficients"/>
    public double[] Fill(ReadOnlySpan<float> flux, ReadOnlySpan<float> weight)
    {
        var (c, _) = Coefficients(flux, weight);
        var filled = (double[])Mean.Clone();
        for (var a = 0; a < c.Length; a++)
        {
            TensorPrimitives.MultiplyAdd(Vectors.AsSpan(a * Pixels, Pixels), c[a], filled, filled);
        }
        return filled;
    }
}
