using Galatent.Numerics;

namespace Galatent.Report.Figures.Observed;

/// <summary>What the pixels of many spectra have in common: how often each is good, why it is bad, its mean, and its spread. The spread is
/// taken from at most 2,000 spectra, evenly spaced, so that memory does not grow with their number.</summary>
/// <param name="pixels">Number of pixels.</param>
/// <param name="count">Number of spectra that will be added.</param>
internal sealed class PixelStatistics(int pixels, int count)
{
    /// <summary>Largest number of spectra that the spread is taken from.</summary>
    public const int MostForSpread = 2000;

    private readonly double[] _sum = new double[pixels];
    private readonly List<float[]> _kept = [];

    /// <summary>Number of spectra in which a pixel is good, shape (n_wave).</summary>
    public int[] Good { get; } = new int[pixels];

    /// <summary>Number of spectra in which a pixel is bad for a reason, inside the range of the spectrum; shape (reason, n_wave), see
    /// <see cref="MaskReason.All"/>.</summary>
    public int[][] Bad { get; } = [.. MaskReason.All.Select(_ => new int[pixels])];

    /// <summary>Number of spectra that the spread is taken from.</summary>
    public int SpreadCount => _kept.Count;

    /// <summary>Adds a spectrum; all must be added, in the order of their rows.</summary>
    public void Add(ObservedRow spectrum)
    {
        var (first, end) = spectrum.GoodRange;
        for (var j = first; j < end; j++)
        {
            if (spectrum.Mask[j] == 0)
            {
                Good[j]++;
                _sum[j] += spectrum.Flux[j];
            }
            else
            {
                Bad[MaskReason.IndexOf(spectrum.Mask[j])][j]++;
            }
        }
        // Row i is kept when it is the first of its share of the sample.
        var share = Math.Min(count, MostForSpread);
        if ((long)_kept.Count * count / share == spectrum.Row)
        {
            _kept.Add([.. spectrum.Flux.Select((f, j) => spectrum.Mask[j] == 0 ? f : float.NaN)]);
        }
    }

    /// <summary>Mean of the good pixels, shape (n_wave); NaN where no spectrum is good.</summary>
    public double[] Mean() => [.. _sum.Select((s, j) => Good[j] > 0 ? s / Good[j] : double.NaN)];

    /// <summary>A quantile of the good pixels of the kept spectra, shape (n_wave); NaN where fewer than two are good.</summary>
    /// <param name="probability">From 0 to 1.</param>
    public double[] Quantile(double probability)
    {
        var values = new double[_kept.Count];
        var result = new double[pixels];
        for (var j = 0; j < pixels; j++)
        {
            var n = 0;
            foreach (var spectrum in _kept)
            {
                if (float.IsFinite(spectrum[j]))
                {
                    values[n++] = spectrum[j];
                }
            }
            result[j] = n < 2 ? double.NaN : SampleMoments.Quantile(values.AsSpan(0, n), probability);
        }
        return result;
    }
}
