using Galatent.Numerics;

namespace Galatent.Surveys.Preparation;

/// <summary>
/// Dust of our own galaxy: A(lambda) = 1.029 E(B-V) k(lambda) / k(10000 Å), k by Fitzpatrick (1999, PASP 111, 63) for R_V = 3.1, scaled as
/// Schlafly and Finkbeiner (2011, ApJ 737, 103) found for E(B-V) of Schlegel et al. (1998). k is the natural cubic spline in 1/lambda
/// through Fitzpatrick's anchors. Nothing is said below 2600 Å.
/// </summary>
internal static class ForegroundDust
{
    private const double ScaleAt10000 = 1.029;
    private const double LeastAngstrom = 2600;

    private static readonly double[] AnchorAngstrom = [double.PositiveInfinity, 26500, 12200, 6000, 5470, 4670, 4110, 2700, 2600];
    private static readonly double[] AnchorValue = [0, 0.26469, 0.82925, 2.68761, 3.05463, 3.80551, 4.31457, 6.26484, 6.59097];
    private static readonly double[] AnchorInverse = Array.ConvertAll(AnchorAngstrom, a => 1 / a);
    private static readonly double[] Curvature = NaturalCurvature(AnchorInverse, AnchorValue);
    private static readonly double Unit = ScaleAt10000 / Spline(1.0 / 10000);

    /// <summary>Extinction in magnitudes for E(B-V) = 1 at an observed vacuum wavelength.</summary>
    public static double PerEbv(double angstrom) => Unit * Spline(1 / Math.Max(angstrom, LeastAngstrom));

    /// <summary>Removes the dust: f / T and ivar T², T = 10^(-0.4 A).</summary>
    /// <param name="wavelengthAngstrom">Observed, vacuum.</param>
    /// <param name="ebv">E(B-V), mag.</param>
    /// <param name="flux">Changed in place.</param>
    /// <param name="inverseVariance">Changed in place.</param>
    /// <exception cref="InputException">E(B-V) is beyond what any line of sight to a galaxy has.</exception>
    public static void Remove(double[] wavelengthAngstrom, double ebv, double[] flux, double[] inverseVariance)
    {
        for (var i = 0; i < flux.Length; i++)
        {
            var transmission = Math.Pow(10, -0.4 * ebv * PerEbv(wavelengthAngstrom[i]));
            flux[i] /= transmission;
            inverseVariance[i] *= transmission * transmission;
        }
    }

    private static double Spline(double x)
    {
        var i = Math.Clamp(SortedIndex(x), 0, AnchorInverse.Length - 2);
        var h = AnchorInverse[i + 1] - AnchorInverse[i];
        var a = (AnchorInverse[i + 1] - x) / h;
        var b = 1 - a;
        return (a * AnchorValue[i])
            + (b * AnchorValue[i + 1])
            + ((((a * a * a) - a) * Curvature[i]) + (((b * b * b) - b) * Curvature[i + 1])) * h * h / 6;
    }

    private static int SortedIndex(double x)
    {
        var found = Array.BinarySearch(AnchorInverse, x);
        return found >= 0 ? found : ~found - 1;
    }

    // Second derivatives that make the first one continuous, 0 at both ends (tridiagonal system, solved by elimination).
    private static double[] NaturalCurvature(double[] x, double[] y)
    {
        var n = x.Length;
        var curvature = new double[n];
        var right = new double[n];
        for (var i = 1; i < n - 1; i++)
        {
            var share = (x[i] - x[i - 1]) / (x[i + 1] - x[i - 1]);
            var pivot = (share * curvature[i - 1]) + 2;
            curvature[i] = (share - 1) / pivot;
            var slopes = ((y[i + 1] - y[i]) / (x[i + 1] - x[i])) - ((y[i] - y[i - 1]) / (x[i] - x[i - 1]));
            right[i] = ((6 * slopes / (x[i + 1] - x[i - 1])) - (share * right[i - 1])) / pivot;
        }
        curvature[n - 1] = 0;
        for (var i = n - 2; i >= 0; i--)
        {
            curvature[i] = (curvature[i] * curvature[i + 1]) + right[i];
        }
        return curvature;
    }
}
