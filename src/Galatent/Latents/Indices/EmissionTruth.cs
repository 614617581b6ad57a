using Galatent.Latents.Analyses;
using Galatent.Numerics;
using Galatent.Spectra;
using Galatent.Spectra.Lines;
using Galatent.Spectra.Quantities;

namespace Galatent.Latents.Indices;

/// <summary>What an equivalent width in a window misses of the emission. The same galaxies are simulated without lines: that spectrum is
/// the continuum, stellar absorption included. The side bands do not see the absorption, and hold lines of their own.</summary>
internal static class EmissionTruth
{
    private const int Galaxies = 500;

    /// <summary>The rows of the table, one for each window; none when the spectra cannot be simulated again.</summary>
    /// <param name="input">Spectra and model.</param>
    /// <param name="rows">Held-out spectra; the first 500 are used.</param>
    /// <param name="isPerHertz">Whether flux is per hertz.</param>
    public static IReadOnlyList<EmissionRow> Rows(AnalysisInput input, int[] rows, bool isPerHertz)
    {
        LineWindow[] windows = [.. LineWindow.All.Where(w => w.IsInside(input.Spectra.Grid))];
        if (input.SimulateWithoutLines is not { } simulate || windows.Length == 0)
        {
            return [];
        }
        var own = rows[..Math.Min(Galaxies, rows.Length)];
        var grid = input.Spectra.Grid;
        var flux = new float[own.Length * grid.Count];
        input.Spectra.Read(own, flux);
        var decoded = input.Decode(LatentSet.Rows(input.Latents.Mu, own, input.Latents.Dimensions), own.Length);
        var continuum = simulate([
            .. input.Spectra.Parameters.Select(p => p with { Values = Array.ConvertAll(own, r => p.Values[r]), Whole = null }),
        ]);
        double[][] OfWindows(Func<int, LineWindow, double> measure) =>
            [.. windows.Select(w => Enumerable.Range(0, own.Length).Select(g => measure(g, w)).ToArray())];
        ReadOnlySpan<float> Row(float[] all, int g) => all.AsSpan(g * grid.Count, grid.Count);
        float[] PerAngstrom(float[] all, int g)
        {
            var copy = Row(all, g).ToArray();
            if (isPerHertz)
            {
                DerivedQuantities.Convert(grid, copy, toPerHertz: false);
            }
            return copy;
        }
        var truth = OfWindows((g, w) => Of(grid, Row(flux, g), Row(continuum, g), w));
        var measured = OfWindows((g, w) => EquivalentWidth.Of(grid, PerAngstrom(flux, g), w).Value);
        var reconstructed = OfWindows((g, w) => EquivalentWidth.Of(grid, PerAngstrom(decoded, g), w).Value);
        return [.. windows.Select((w, i) => EmissionRow.Of(w.Name, truth[i], measured[i], reconstructed[i]))];
    }

    /// <summary>Width of the emission alone, Å, negative: Σ (1 - f/c) Δλ over the window, pixels at its edges in part.</summary>
    /// <param name="grid">The pixels.</param>
    /// <param name="flux">The spectrum, shape (n_wave).</param>
    /// <param name="continuum">The same galaxy without lines, in the same unit; its scale does not matter.</param>
    /// <param name="window">The line.</param>
    public static double Of(WavelengthGrid grid, ReadOnlySpan<float> flux, ReadOnlySpan<float> continuum, LineWindow window)
    {
        // Lines only add light, and to fewer than half of the pixels: between them both spectra differ by their normalisation alone.
        var ratios = new double[flux.Length];
        for (var i = 0; i < ratios.Length; i++)
        {
            ratios[i] = flux[i] / (double)continuum[i];
        }
        var scale = SampleMoments.Median([.. ratios.Where(double.IsFinite)]);
        var width = 0.0;
        foreach (var (pixel, step) in BandMean.Pixels(grid, window.Low, window.High))
        {
            width += (1 - (ratios[pixel] / scale)) * step;
        }
        return width;
    }
}
