using Galatent.Numerics;

namespace Galatent.Spectra.Gaps;

/// <summary>
/// Fills bad pixels of a spectrum with what a Gaussian of few principal components expects there, given the good pixels
/// (<see cref="GapComponents.Fill"/>; Tipping and Bishop 1999, J. R. Stat. Soc. B 61, 611). With no good pixel it is the mean.
/// </summary>
/// <param name="components">Mean and components.</param>
internal sealed class GapFill(GapComponents components)
{
    /// <summary>Largest number of components.</summary>
    public const int Most = 16;

    // Calibration is good to some per cent; without this floor a bright spectrum would follow its noise.
    private const double CalibrationError = 0.03;
    private const double LeastVariance = 1e-10;
    private const int MostRows = 4000;

    /// <summary>Number of components.</summary>
    public int Count => components.Components;

    /// <summary>Measures mean and components of spectra without gaps.</summary>
    /// <param name="read">Reads spectra by row.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="width">Pixels.</param>
    public static GapFill Measure(RowReader read, int count, int width)
    {
        int[] rows = [.. Enumerable.Range(0, Math.Min(count, MostRows)).Select(i => (int)((long)i * count / Math.Min(count, MostRows)))];
        var mean = new double[width];
        var row = new float[width];
        foreach (var r in rows)
        {
            read([r], row);
            for (var j = 0; j < width; j++)
            {
                mean[j] += row[j] / (double)rows.Length;
            }
        }
        if (rows.Length < 2)
        {
            return new GapFill(GapComponents.OfMean(mean));
        }
        var measured = PrincipalComponents.Measure(read, width, rows, 0);
        var variances = measured.Eigenvalues.TakeWhile(v => v > LeastVariance).Take(Math.Min(Most, rows.Length - 1)).ToArray();
        return new GapFill(new GapComponents(mean, measured.Directions[..(variances.Length * width)], variances, [], 0, true));
    }

    /// <summary>Fills the bad pixels.</summary>
    /// <param name="flux">Changed in its bad pixels.</param>
    /// <param name="mask">Not 0 for a bad pixel.</param>
    /// <param name="inverseVariance">1/sigma² of the pixels; empty where nothing is known.</param>
    public void Fill(Span<float> flux, ReadOnlySpan<byte> mask, ReadOnlySpan<float> inverseVariance)
    {
        var weight = new float[flux.Length];
        for (var j = 0; j < flux.Length; j++)
        {
            var floor = CalibrationError * Math.Max(Math.Abs(components.Mean[j]), 0.1);
            var isKnown = mask[j] == 0 && (inverseVariance.IsEmpty || inverseVariance[j] > 0);
            var variance = (floor * floor) + (inverseVariance.IsEmpty ? 0 : 1 / (double)inverseVariance[j]);
            weight[j] = isKnown ? (float)(1 / variance) : 0;
        }
        var expected = components.Fill(flux, weight);
        for (var j = 0; j < flux.Length; j++)
        {
            flux[j] = mask[j] == 0 ? flux[j] : (float)expected[j];
        }
    }
}
