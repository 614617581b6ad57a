using Galatent.Spectra;

namespace Galatent.Tests.Synthesis;

/// <summary>Measurements on spectra as observers define them.</summary>
internal static class SpectrumMeasures
{
    /// <summary>D4000n (Balogh et al. 1999): mean f_nu of 4000-4100 Å over that of 3850-3950 Å, air; the windows are moved to vacuum
    /// (Morton 1991), pixels counted by the share of their cell inside.</summary>
    public static double D4000(WavelengthGrid grid, ReadOnlySpan<float> lnu) =>
        Mean(grid, lnu, 4001.131, 4101.156) / Mean(grid, lnu, 3851.092, 3951.118);

    /// <summary>Mean f_nu between two wavelengths.</summary>
    public static double Mean(WavelengthGrid grid, ReadOnlySpan<float> lnu, double low, double high)
    {
        var sum = 0.0;
        for (var i = 0; i < grid.Count; i++)
        {
            var width = Math.Min(high, grid.CellEdgeAngstrom[i + 1]) - Math.Max(low, grid.CellEdgeAngstrom[i]);
            sum += width > 0 ? width * lnu[i] : 0;
        }
        return sum / (high - low);
    }

    /// <summary>Equivalent width of H alpha in emission, Å: the line's luminosity over the continuum of 6480-6540 and 6610-6670 Å
    /// (L_lambda, Lsun/Å).</summary>
    public static double HalphaWidth(WavelengthGrid grid, ReadOnlySpan<double> perAngstrom, double lineLuminosity)
    {
        var sum = 0.0;
        var count = 0;
        for (var i = 0; i < grid.Count; i++)
        {
            if (grid.WavelengthAngstrom[i] is (> 6480 and < 6540) or (> 6610 and < 6670))
            {
                sum += perAngstrom[i];
                count++;
            }
        }
        return lineLuminosity / (sum / count);
    }

    /// <summary>Where the slope of the ultraviolet continuum is measured: 200 wavelengths, uniform from 1250 to 2600 Å.</summary>
    public static IEnumerable<double> UltravioletWavelengths => Enumerable.Range(0, 200).Select(i => 1250 + (1350 * i / 199.0));

    /// <summary>Slope of log y against log x by least squares, every point alike.</summary>
    public static double LogLogSlope(IEnumerable<(double X, double Y)> points)
    {
        var logs = points.Select(p => (X: Math.Log(p.X), Y: Math.Log(p.Y))).ToArray();
        var meanX = logs.Average(p => p.X);
        var meanY = logs.Average(p => p.Y);
        return logs.Sum(p => (p.X - meanX) * (p.Y - meanY)) / logs.Sum(p => (p.X - meanX) * (p.X - meanX));
    }
}
