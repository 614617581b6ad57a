using Galatent.Numerics;

namespace Galatent.Synthesis.Stars;

/// <summary>
/// Convolution of a spectrum that is known at nodes with a Gaussian. The weights have sum 1 and, where steps are even, the variance of the
/// Gaussian to 0.2 %, even if it is narrower than a step. At a node where the step changes tenfold the variance may be wrong by a factor
/// of two.
/// </summary>
internal static class GaussianKernel
{
    /// <summary>How far a kernel reaches, standard deviations: 6e-7 of the light lies beyond.</summary>
    public const double ReachSigma = 5;

    // A fraction of the whole range. Narrower Gaussians move less than 1e-8 of the light, and distances in units of their width would
    // overflow.
    private const double NarrowestShare = 1e-12;

    /// <summary>Up to this variance, in steps squared, three weights are the Gaussian. Above it, lines between the nodes are
    /// convolved.</summary>
    public const double ThreeNodes = 5 / 12.0;

    // Lines between the nodes widen a spectrum by 1/6 of a step squared, which is at most this share of the variance.
    private const double LargestLineShare = 0.4;

    /// <summary>
    /// Weights of the nodes around node i. Over each segment the function is a line, so its integral with the Gaussian needs the Gaussian's
    /// mass and first moment on that segment. The Gaussian is narrower by what the lines add. The weights are normalised, so a flat
    /// function stays flat even at the ends, beyond which the function is unknown.
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
        var below = x[Math.Max(i, 1)] - x[Math.Max(i, 1) - 1];
        var above = x[Math.Min(i + 1, x.Length - 1)] - x[Math.Min(i, x.Length - 2)];
        var variance = sigma * sigma;
        if (i > 0 && i < x.Length - 1 && variance <= ThreeNodes * below * above)
        {
            var (low, high) = (variance / (below * (below + above)), variance / (above * (below + above)));
            return (i - 1, [low, 1 - low - high, high]);
        }
        var ofLines = ((below * below) - (below * above) + (above * above)) / 6;
        return OfLines(x, i, Math.Sqrt(variance - Math.Min(ofLines, LargestLineShare * variance)));
    }

    private static (int First, double[] Weights) OfLines(double[] x, int i, double sigma)
    {
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
