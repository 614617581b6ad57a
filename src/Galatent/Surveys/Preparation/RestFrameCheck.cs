using System.Globalization;
using Galatent.Numerics;
using Galatent.Spectra;

namespace Galatent.Surveys.Preparation;

/// <summary>
/// Whether the wavelengths of a spectrum are at rest already, although its file does not say so: its lines and breaks are compared with the
/// typical spectrum of the simulated population, once moved by the redshift and once as they are. Only strong evidence counts, and only
/// for a remark.
/// </summary>
internal static class RestFrameCheck
{
    private const double LowAngstrom = 3602;
    private const double HighAngstrom = 7402;

    // Half the width of the running mean that takes the continuum away, pixels of 0.9 Å.
    private const int HalfWidth = 60;

    // One strong line must not decide.
    private const double Clip = 0.3;
    private const double LeastRedshift = 0.01;
    private const int LeastPixels = 1000;

    // Real star-forming galaxies and quasars reach 0.27 to 0.9 at their place and at most 0.05 elsewhere (one of 0.9 at redshift 0.01
    // reaches 0.27). Quiescent galaxies have 0.06 to 0.27 at their place, and mostly are not noticed.
    private const double LeastCorrelation = 0.25;
    private const double LeastAdvantage = 0.15;

    private static readonly Lazy<double[]> Typical = new(() => EmbeddedNumbers.Read("typical_spectrum.txt"));

    /// <summary>Looks at a spectrum.</summary>
    /// <param name="wavelengths">Wavelengths as the file has them, vacuum, Å.</param>
    /// <param name="redshift">Its redshift.</param>
    /// <param name="flux">Flux per ångström.</param>
    /// <param name="mask">0 for good pixels.</param>
    /// <returns>A sentence, or null.</returns>
    public static string? Remark(double[] wavelengths, double redshift, double[] flux, PixelMask[] mask)
    {
        if (!(Math.Abs(redshift) >= LeastRedshift))
        {
            return null;
        }
        var asIs = Correlation(wavelengths, flux, mask);
        if (!(asIs >= LeastCorrelation))
        {
            return null;
        }
        var moved = Correlation(Array.ConvertAll(wavelengths, l => l / (1 + redshift)), flux, mask);
        return moved >= asIs - LeastAdvantage
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"its lines fit those of galaxies better where they are ({asIs:F2}) than moved by the redshift {redshift:G5} ({moved:F2}): "
                    + $"is it at rest already? Set SurveyOptions.IsRest then."
            );
    }

    // Correlation of lines and breaks with the typical spectrum; NaN where too little is shared.
    private static double Correlation(double[] wavelengths, double[] flux, PixelMask[] mask)
    {
        var grid = WavelengthGrid.Study;
        var (first, end) = grid.Range(LowAngstrom, HighAngstrom);
        var (low, high) = PixelEdges.Of(wavelengths);
        var means = CellMeans.Of(low, high, flux, Array.ConvertAll(flux, _ => 1.0), mask, grid.CellEdgeAngstrom);
        var own = new double[end - first];
        for (var j = first; j < end; j++)
        {
            own[j - first] =
                means.Mask[j] == PixelMask.None ? means.Flux[j] * grid.WavelengthAngstrom[j] * grid.WavelengthAngstrom[j] : double.NaN;
        }
        var a = Features(own);
        var b = Features([.. Typical.Value.Select((v, i) => double.IsNaN(own[i]) ? double.NaN : v)]);
        var shared = Enumerable.Range(0, a.Length).Where(i => double.IsFinite(a[i]) && double.IsFinite(b[i])).ToArray();
        if (shared.Length < LeastPixels)
        {
            return double.NaN;
        }
        var meanA = shared.Average(i => a[i]);
        var meanB = shared.Average(i => b[i]);
        var product = shared.Sum(i => (a[i] - meanA) * (b[i] - meanB));
        return product / Math.Sqrt(shared.Sum(i => (a[i] - meanA) * (a[i] - meanA)) * shared.Sum(i => (b[i] - meanB) * (b[i] - meanB)));
    }

    // Each pixel over the mean of its surroundings, less 1, clipped.
    private static double[] Features(double[] values)
    {
        var sums = new double[values.Length + 1];
        var counts = new int[values.Length + 1];
        for (var i = 0; i < values.Length; i++)
        {
            sums[i + 1] = sums[i] + (double.IsFinite(values[i]) ? values[i] : 0);
            counts[i + 1] = counts[i] + (double.IsFinite(values[i]) ? 1 : 0);
        }
        var result = new double[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var from = Math.Max(0, i - HalfWidth);
            var to = Math.Min(values.Length, i + HalfWidth + 1);
            var mean = (sums[to] - sums[from]) / Math.Max(1, counts[to] - counts[from]);
            result[i] = mean > 0 ? Math.Clamp((values[i] / mean) - 1, -Clip, Clip) : double.NaN;
        }
        return result;
    }
}
