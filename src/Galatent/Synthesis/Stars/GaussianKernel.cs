using Galatent.Numerics;

namespace Galatent.Synthesis.Stars;

/// <summary>Convolution of a piecewise-linear function with a Gaussian, exact for any spacing of its nodes and any width, also one below
/// the spacing.</summary>
internal static class GaussianKernel
{
    private const double ReachSigma = 5; // 6e-7 of the light lies beyond

    // Of the whole range. Narrower Gaussians move less than 1e-8 of the light, and distances in units of their width overflow.
    private const double NarrowestShare = 1e-12;

    /// <summary>
    /// Weights of the nodes around node i: over each segment the function is linear, so its integral against the Gaussian needs the
    /// Gaussian's mass and first moment there. Normalised, so that a flat function stays flat also at the ends, beyond which it is not
    /// known.
    /// </summary>
    /// <param name="x">Nodes, ascending.</param>
    /// <param name="i">The node to convolve at.</param>
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
        for (var j = first; j < last; j++)
        {
            var a = (x[j] - x[i]) / sigma;
            var b = (x[j + 1] - x[i]) / sigma;
            var mass = NormalDistribution.Cdf(b) - NormalDistribution.Cdf(a);
            var moment = (Math.Exp(-0.5 * a * a) - Math.Exp(-0.5 * b * b)) / Math.Sqrt(2 * Math.PI);
            var rising = (moment - (a * mass)) / (b - a);
            weights[j - first] += mass - rising;
            weights[j + 1 - first] += rising;
        }
        var sum = weights.Sum();
        return (first, Array.ConvertAll(weights, w => w / sum));
    }
}
