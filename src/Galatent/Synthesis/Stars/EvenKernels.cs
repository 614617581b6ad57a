using System.Numerics.Tensors;

namespace Galatent.Synthesis.Stars;

/// <summary>
/// Gaussians on even pixels, by their variance in pixels squared: tabulated once, linear in the variance between entries, so that every
/// kernel has its variance to 0.2 %. Each is symmetric, and only the half from its middle on is kept.
/// </summary>
internal sealed class EvenKernels
{
    // From one entry to the next the variance grows by 3 %. The error of a weight in between is below 1e-4 of it.
    private const double Growth = 1.03;

    private readonly float[] _variance;
    private readonly float[][] _weights;
    private readonly int[] _half;

    /// <param name="leastVariance">Smallest variance, above 0, pixels squared.</param>
    /// <param name="greatestVariance">Largest variance.</param>
    public EvenKernels(double leastVariance, double greatestVariance)
    {
        var count = 2 + (int)Math.Ceiling(Math.Log(greatestVariance / leastVariance) / Math.Log(Growth));
        double[] variances = [.. Enumerable.Range(0, count).Select(k => leastVariance * Math.Pow(Growth, k))];
        var widest = Half(variances[^1], 2 + (int)Math.Ceiling(GaussianKernel.ReachSigma * Math.Sqrt(variances[^1])));
        Reach = widest.Length - 1;
        _variance = Array.ConvertAll(variances, v => (float)v);
        // All have the length of the widest, so that two entries are added without questions.
        _weights = Array.ConvertAll(variances, v => Half(v, Reach));
        _half = Array.ConvertAll(_weights, w => w.Length - 1);
        _weights = Array.ConvertAll(_weights, w => (float[])[.. w, .. new float[widest.Length - w.Length]]);
    }

    /// <summary>Pixels to each side of the widest kernel.</summary>
    public int Reach { get; }

    /// <summary>One kernel.</summary>
    /// <param name="variance">Pixels squared, between the smallest and the largest.</param>
    /// <param name="entry">Where to begin looking: the answer for a similar variance.</param>
    /// <param name="weights">Receives the weights of the middle and of the pixels to one side, shape (reach + 1).</param>
    /// <returns>Pixels to each side that have weight.</returns>
    public int At(float variance, ref int entry, Span<float> weights)
    {
        while (entry > 0 && variance < _variance[entry])
        {
            entry--;
        }
        while (entry < _variance.Length - 2 && variance > _variance[entry + 1])
        {
            entry++;
        }
        var share = (variance - _variance[entry]) / (_variance[entry + 1] - _variance[entry]);
        var half = _half[entry + 1];
        var kernel = weights[..(half + 1)];
        TensorPrimitives.Subtract(_weights[entry + 1].AsSpan(..(half + 1)), _weights[entry].AsSpan(..(half + 1)), kernel);
        TensorPrimitives.Multiply(kernel, share, kernel);
        TensorPrimitives.Add(kernel, _weights[entry].AsSpan(..(half + 1)), kernel);
        return half;
    }

    private static float[] Half(double variance, int reach)
    {
        double[] pixels = [.. Enumerable.Range(0, (2 * reach) + 1).Select(k => (double)k)];
        var (first, weights) = GaussianKernel.At(pixels, reach, Math.Sqrt(variance));
        return [.. weights.Skip(reach - first).Select(w => (float)w)];
    }
}
