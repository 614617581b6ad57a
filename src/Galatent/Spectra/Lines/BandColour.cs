namespace Galatent.Spectra.Lines;

/// <summary>A rest-frame colour between two bands of constant transmission, AB magnitudes: -2.5 log10 of the ratio of
/// ∫ f_ν T dλ/λ / ∫ T dλ/λ.</summary>
/// <param name="Name">Name in tables, e.g. <c>colour_u_v</c>.</param>
/// <param name="BlueLow">Lower end of the blue band, Å, vacuum.</param>
/// <param name="BlueHigh">Its upper end.</param>
/// <param name="RedLow">Lower end of the red band.</param>
/// <param name="RedHigh">Its upper end.</param>
public sealed record BandColour(string Name, double BlueLow, double BlueHigh, double RedLow, double RedHigh)
{
    /// <summary>Ultraviolet, near ultraviolet, across the break, and the optical slope. All lie inside the study's grid.</summary>
    public static IReadOnlyList<BandColour> All { get; } =
    [
        new("colour_1500_2800", 1400, 1600, 2600, 3000),
        new("colour_2800_3500", 2600, 3000, 3200, 3800),
        new("colour_3500_5250", 3200, 3800, 5000, 5500),
        new("colour_5250_8500", 5000, 5500, 8000, 9000),
    ];

    /// <summary>Whether the pixels cover both bands.</summary>
    public bool IsInside(WavelengthGrid grid)
    {
        ArgumentNullException.ThrowIfNull(grid);
        return BandMean.IsCovered(grid, BlueLow, BlueHigh) && BandMean.IsCovered(grid, RedLow, RedHigh);
    }

    /// <summary>The colour, blue minus red, magnitudes; NaN when a band is not covered or its mean is not positive.</summary>
    /// <param name="grid">The pixels.</param>
    /// <param name="fnu">f_ν in any unit, shape (n_wave).</param>
    public double Of(WavelengthGrid grid, ReadOnlySpan<float> fnu)
    {
        if (!IsInside(grid))
        {
            return double.NaN;
        }
        var blue = Mean(grid, fnu, BlueLow, BlueHigh);
        var red = Mean(grid, fnu, RedLow, RedHigh);
        return blue > 0 && red > 0 ? -2.5 * Math.Log10(blue / red) : double.NaN;
    }

    private static double Mean(WavelengthGrid grid, ReadOnlySpan<float> fnu, double low, double high)
    {
        var sum = 0.0;
        var whole = 0.0;
        foreach (var (pixel, width) in BandMean.Pixels(grid, low, high))
        {
            sum += fnu[pixel] * width / grid.WavelengthAngstrom[pixel];
            whole += width / grid.WavelengthAngstrom[pixel];
        }
        return sum / whole;
    }
}
