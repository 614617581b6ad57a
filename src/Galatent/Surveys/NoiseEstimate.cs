using Galatent.Numerics;

namespace Galatent.Surveys;

/// <summary>The noise of a spectrum that comes without: sigma = 1.4826 median |f_i - (f_(i-1) + f_(i+1)) / 2| / sqrt(1.5) over 101
/// pixels. Neighbours share the galaxy's light and not the noise.</summary>
internal static class NoiseEstimate
{
    private const int HalfWindow = 50;
    private const double SigmaPerMedian = 1.4826;

    /// <summary>1/sigma² of each pixel; 0 where nothing can be said.</summary>
    public static double[] InverseVariance(double[] flux)
    {
        var n = flux.Length;
        var difference = new double[n];
        for (var i = 0; i < n; i++)
        {
            difference[i] = i == 0 || i == n - 1 ? double.NaN : Math.Abs(flux[i] - (0.5 * (flux[i - 1] + flux[i + 1])));
        }
        var result = new double[n];
        for (var i = 0; i < n; i++)
        {
            var near = difference[Math.Max(0, i - HalfWindow)..Math.Min(n, i + HalfWindow + 1)];
            var sigma = SigmaPerMedian * SampleMoments.Median(Array.FindAll(near, double.IsFinite)) / Math.Sqrt(1.5);
            result[i] = sigma > 0 && double.IsFinite(flux[i]) ? 1 / (sigma * sigma) : 0;
            result[i] = double.IsFinite(result[i]) ? result[i] : 0;
        }
        return result;
    }
}
