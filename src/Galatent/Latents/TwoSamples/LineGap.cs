using Galatent.Spectra;

namespace Galatent.Latents.TwoSamples;

/// <summary>What the model leaves of one emission line, in real spectra and in mocks: t = Σ w r p / √Σ w p² with p a line of the
/// study's width.</summary>
/// <param name="Line">The line.</param>
/// <param name="RealSpectra">Number of real spectra that see it.</param>
/// <param name="RealMean">Mean t of the real spectra.</param>
/// <param name="MockMean">Mean t of the mocks.</param>
/// <param name="Difference">Difference of the means over its standard error; NaN with fewer than two of a kind.</param>
/// <param name="RealStrong">Number of real spectra with |t| above 5.</param>
/// <param name="MockStrongShare">Share of the mocks with |t| above 5.</param>
public sealed record LineGap(
    string Line,
    int RealSpectra,
    double RealMean,
    double MockMean,
    double Difference,
    int RealStrong,
    double MockStrongShare
)
{
    private const double SigmaAngstrom = 1.8;
    private const double Strong = 5;

    /// <summary>Significance of a line in a residual; NaN where it is not seen.</summary>
    internal static double Significance(WavelengthGrid grid, SpectralFeature line, double[] residual, double[] weights)
    {
        var (up, down, full) = (0.0, 0.0, 0.0);
        foreach (var centre in line.WavelengthAngstrom)
        {
            var (first, end) = grid.Range(centre - (3 * SigmaAngstrom), centre + (3 * SigmaAngstrom));
            for (var j = first; j < end; j++)
            {
                var distance = (grid.WavelengthAngstrom[j] - centre) / SigmaAngstrom;
                var p = Math.Exp(-0.5 * distance * distance);
                up += weights[j] * residual[j] * p;
                down += weights[j] * p * p;
                full += weights[j] > 0 ? 0 : p;
            }
        }
        return down > 0 && full == 0 ? up / Math.Sqrt(down) : double.NaN;
    }

    /// <summary>Compares the significances of one line.</summary>
    internal static LineGap Of(SpectralFeature line, IEnumerable<double> real, IEnumerable<double> mock)
    {
        double[] r = [.. real.Where(double.IsFinite)];
        double[] m = [.. mock.Where(double.IsFinite)];
        double Mean(double[] v) => v.Length == 0 ? double.NaN : v.Average();
        double Square(double[] v) =>
            v.Length < 2 ? double.NaN : v.Sum(x => (x - v.Average()) * (x - v.Average())) / (v.Length - 1) / v.Length;
        return new LineGap(
            SpectralLines.Label(line),
            r.Length,
            Mean(r),
            Mean(m),
            (Mean(r) - Mean(m)) / Math.Sqrt(Square(r) + Square(m)),
            r.Count(t => Math.Abs(t) > Strong),
            m.Length == 0 ? double.NaN : m.Count(t => Math.Abs(t) > Strong) / (double)m.Length
        );
    }
}
