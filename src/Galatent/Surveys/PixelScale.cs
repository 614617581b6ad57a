using Galatent.Files.Fits;
using Galatent.Numerics;

namespace Galatent.Surveys;

/// <summary>Wavelengths of the pixels of an image by its header (FITS standard 4.0, section 8; IRAF): lambda = CRVAL + step (i + 1 -
/// CRPIX), as a power of 10 for logarithmic axes.</summary>
/// <param name="Wavelengths">Å.</param>
/// <param name="IsAir">Whether the header says that they count in air.</param>
/// <param name="IsVacuum">Whether the header says that they count in vacuum.</param>
/// <param name="Assumption">A sentence about a unit that was assumed; null where one is stated, or ångström fit.</param>
internal sealed record PixelScale(double[] Wavelengths, bool IsAir, bool IsVacuum, string? Assumption)
{
    private const double LeastAngstrom = 900;
    private const double MostAngstrom = 6e5;

    /// <summary>Reads the scale of an axis.</summary>
    /// <param name="file">The file, for messages.</param>
    /// <param name="header">The header.</param>
    /// <param name="axis">Axis, from 1.</param>
    /// <param name="count">Pixels.</param>
    /// <exception cref="InputException">The header has none, or wavelengths that no unit explains.</exception>
    public static PixelScale Of(string file, FitsHeader header, int axis, int count)
    {
        var first = header.First($"CRVAL{axis}");
        var step = header.First($"CD{axis}_{axis}");
        if (double.IsNaN(step) && header.First($"PC{axis}_{axis}") is var turn && double.IsFinite(turn))
        {
            step = turn * header.First($"CDELT{axis}");
        }
        step = double.IsNaN(step) ? header.First($"CDELT{axis}") : step;
        if (double.IsNaN(first) || double.IsNaN(step) || step == 0)
        {
            throw new InputException(
                $"'{file}' does not say the wavelengths of its pixels (CRVAL{axis} with CD{axis}_{axis} or CDELT{axis}); give them as a "
                    + $"column of a table."
            );
        }
        var reference = header.First($"CRPIX{axis}") is var pixel && double.IsFinite(pixel) ? pixel : 1;
        var type = header.Text($"CTYPE{axis}").Trim().ToUpperInvariant();
        // Logarithms of 891 to 100,000 Å; micrometres from 3 on say so in CUNIT.
        var looksLog = first is > 2.95 and < 5 && Math.Abs(step) < 0.01 && SpectralUnit.Length(header.Text($"CUNIT{axis}")) is null or 1;
        var isLog = header.First("DC-FLAG") == 1 || type.StartsWith("LOG", StringComparison.Ordinal) || looksLog;
        var values = new double[count];
        for (var i = 0; i < count; i++)
        {
            var value = first + (step * (i + 1 - reference));
            values[i] = isLog ? Math.Pow(10, value) : value;
        }
        var (wavelengths, assumption) = InAngstrom(file, header, axis, values, isLog);
        return new PixelScale(
            wavelengths,
            type.StartsWith("AWAV", StringComparison.Ordinal),
            type.StartsWith("WAVE-", StringComparison.Ordinal) || type == "WAVE" || header.IsTrue("VACUUM"),
            assumption
        );
    }

    // The unit that the header states, if wavelengths of galaxies come out; else the next that makes them so.
    private static (double[] Wavelengths, string? Assumption) InAngstrom(
        string file,
        FitsHeader header,
        int axis,
        double[] values,
        bool isLog
    )
    {
        var written = header.Text("WAT1_001");
        var at = written.IndexOf("units=", StringComparison.Ordinal);
        var stated = new[] { header.Text($"CUNIT{axis}"), at < 0 ? "" : written[(at + 6)..].Split(' ')[0].Trim('"') };
        var factors = stated
            .Where(u => u.Trim().Length > 0)
            .Select(u => SpectralUnit.Length(u))
            .OfType<double>()
            .Concat(isLog ? [1.0] : [1, 10, 1e4, 1e10]);
        foreach (var factor in factors)
        {
            var low = Math.Min(values[0], values[^1]) * factor;
            var high = Math.Max(values[0], values[^1]) * factor;
            if (low >= LeastAngstrom && high <= MostAngstrom)
            {
                var isStated = factor == 1 || stated.Any(u => u.Trim().Length > 0 && SpectralUnit.Length(u) == factor);
                return (
                    Array.ConvertAll(values, v => v * factor),
                    isStated
                        ? null
                        : FormattableString.Invariant($"'{file}' states no unit of wavelength that fits; {factor} Å is assumed, ")
                            + FormattableString.Invariant($"which gives {low:G6} to {high:G6} Å.")
                );
            }
        }
        throw new InputException(
            FormattableString.Invariant($"'{file}': the header gives wavelengths from {values[0]:G6} to {values[^1]:G6}, ")
                + "which are those of a galaxy in no unit; correct CRVAL1, CD1_1 and CUNIT1."
        );
    }
}
