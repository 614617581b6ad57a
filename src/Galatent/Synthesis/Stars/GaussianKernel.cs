using Galatent.Numerics;

namespace Galatent.Synthesis.Stars;

/// <summary>Convolution of a piecewise-linear function with a Gaussian. It is exact for any spacing of the nodes and any width, even a
/// width below the spacing.</summary>
internal static class GaussianKernel
{
    private const double ReachSigma = 5; // 6e-7 of the light lies beyond

    // A fraction of the whole range. Narrower Gaussians move less than 1e-8 of the light, and distances in units of their width would
    // overflow.
    private const double NarrowestShare = 1e-12;

    /// <summary>
    /// Weights of the nodes around node i. Over each segment the function is linear, so its integral with the Gaussian needs the Gaussian's
    /// mass and first moment on that segment. The weights are normalised, so a flat function stays flat even at the ends, beyond which the
    /// function is unknown.
    /// </summary>
    /// <param name="x">Nodes, ascending.</param>
    /// <param name="i">The node at which to convolve.</param>
    /// <param name="sigma">Standard deviation in the unit of the nodes.</param>
    public static (int First, double[] Weights) At(double[] x, int i, double sigma)
    {
        if (sigma < NarrowestShare * (x[^1] - x[0]))
        {
            return (i, [1]);
        }
        var first = i;
        while (first > 0 && x[first] > x[i] - (ReachSigma * sigma))
        {
            first--;
        }
        var last = i;
        while (last < x.Length - 1 && x[last] < x[i] + (ReachSigma * sigma))
        {
            last++;
        }
        var weights = new double[last - first + 1];
        // One segment begins where the last one ended.
        var a = (x[first] - x[i]) / sigma;
        var (belowA, heightA) = (NormalDistribution.Cdf(a), Math.Exp(-0.5 * a * a));
        for (var j = first; j < last; j++)
        {
            var b = (x[j + 1] - x[i]) / sigma;
            var (belowB, heightB) = (NormalDistribution.Cdf(b), Math.Exp(-0.5 * b * b));
            var mass = belowB - belowA;
            var moment = (heightA - heightB) / Math.Sqrt(2 * Math.PI);
            var rising = (moment - (a * mass)) / (b - a);
            weights[j - first] += mass - rising;
            weights[j + 1 - first] += rising;
            (a, belowA, heightA) = (b, belowB, heightB);
        }
        var sum = weights.Sum();
        return (first, Array.ConvertAll(weights, w => w / sum));
    }
}
