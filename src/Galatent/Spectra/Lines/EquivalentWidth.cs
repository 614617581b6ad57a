namespace Galatent.Spectra.Lines;

/// <summary>Equivalent widths: Σ (1 - f/c) Δλ, c the straight line through the means of the two side bands, pixels at the edges in part.
/// Positive in absorption, negative in emission.</summary>
public static class EquivalentWidth
{
    /// <summary>Measures one line.</summary>
    /// <param name="grid">The pixels.</param>
    /// <param name="flux">Flux per ångström in any unit, shape (n_wave).</param>
    /// <param name="window">Line and side bands.</param>
    /// <param name="variance">Variance of each pixel, independent; none when empty.</param>
    /// <returns>Width and error, Å; not defined when the continuum is not positive or the pixels do not cover the window.</returns>
    public static Measured Of(WavelengthGrid grid, ReadOnlySpan<float> flux, LineWindow window, ReadOnlySpan<double> variance = default)
    {
        ArgumentNullException.ThrowIfNull(grid);
        ArgumentNullException.ThrowIfNull(window);
        if (!window.IsInside(grid))
        {
            return Measured.None;
        }
        var (blue, blueVariance) = BandMean.Of(grid, flux, variance, window.BlueLow, window.BlueHigh);
        var (red, redVariance) = BandMean.Of(grid, flux, variance, window.RedLow, window.RedHigh);
        var from = 0.5 * (window.BlueLow + window.BlueHigh);
        var to = 0.5 * (window.RedLow + window.RedHigh);
        var width = 0.0;
        var ofFlux = 0.0;
        var ofBlue = 0.0;
        var ofRed = 0.0;
        foreach (var (pixel, step) in BandMean.Pixels(grid, window.Low, window.High))
        {
            var share = (grid.WavelengthAngstrom[pixel] - from) / (to - from);
            var continuum = blue + (share * (red - blue));
            if (!(continuum > 0))
            {
                return Measured.None;
            }
            width += (1 - (flux[pixel] / continuum)) * step;
            ofFlux += variance.IsEmpty ? 0 : step * step / (continuum * continuum) * variance[pixel];
            // What a change of either side band does to the width.
            var slope = flux[pixel] * step / (continuum * continuum);
            ofBlue += slope * (1 - share);
            ofRed += slope * share;
        }
        return new Measured(width, Math.Sqrt(ofFlux + (ofBlue * ofBlue * blueVariance) + (ofRed * ofRed * redVariance)));
    }
}
