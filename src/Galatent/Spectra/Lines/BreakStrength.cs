namespace Galatent.Spectra.Lines;

/// <summary>The break at 4000 Å, D4000n (Balogh et al. 1999): mean f_ν of 4000-4100 Å over that of 3850-3950 Å, air; the "n" says
/// that the bands are the narrow ones. Pixels count by their width in wavelength. With f_λ the number would be 7 % lower.</summary>
public static class BreakStrength
{
    private const double BlueLow = 3851.092;
    private const double BlueHigh = 3951.118;
    private const double RedLow = 4001.131;
    private const double RedHigh = 4101.157;

    /// <summary>Whether the pixels cover both bands.</summary>
    public static bool IsInside(WavelengthGrid grid)
    {
        ArgumentNullException.ThrowIfNull(grid);
        return BandMean.IsCovered(grid, BlueLow, RedHigh);
    }

    /// <summary>Measures it, lines of gas included.</summary>
    /// <param name="grid">The pixels.</param>
    /// <param name="fnu">f_ν in any unit, shape (n_wave).</param>
    /// <param name="variance">Variance of each pixel, independent; none when empty.</param>
    /// <returns>Not defined when the blue band is not positive or the pixels do not cover the bands.</returns>
    public static Measured Of(WavelengthGrid grid, ReadOnlySpan<float> fnu, ReadOnlySpan<double> variance = default)
    {
        if (!IsInside(grid))
        {
            return Measured.None;
        }
        var (blue, blueVariance) = BandMean.Of(grid, fnu, variance, BlueLow, BlueHigh);
        var (red, redVariance) = BandMean.Of(grid, fnu, variance, RedLow, RedHigh);
        if (!(blue > 0))
        {
            return Measured.None;
        }
        // Relative variances add: (σ/D)² = σr²/r² + σb²/b², here without a division by r, which may be 0.
        var ratio = red / blue;
        return new Measured(ratio, Math.Sqrt(redVariance + (ratio * ratio * blueVariance)) / blue);
    }
}
