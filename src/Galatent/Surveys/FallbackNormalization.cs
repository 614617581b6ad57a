using System.Globalization;
using Galatent.Numerics;
using Galatent.Spectra;

namespace Galatent.Surveys;

/// <summary>
/// Normalisation of spectra that do not cover 5000-5500 Å at rest: the median at 4150-4300 Å over the ratio of both windows in the
/// reference (kind 1), or else the median of flux over the mean reference spectrum in all good pixels (kind 2). The reference is a
/// dataset, or else the imported spectra with both windows. The ratio depends on the type of galaxy, so its scatter is told.
/// </summary>
internal sealed class FallbackNormalization
{
    private const int LeastSpectra = 20;

    // Three standard errors of a median, as for the other window.
    private const double LeastErrors = 3 * 1.25;
    private const double LowAngstrom = 4150;
    private const double HighAngstrom = 4300;

    private readonly WavelengthGrid _grid;
    private readonly double[] _sum;
    private readonly int[] _number;
    private readonly List<double> _ratios = [];
    private double? _median;

    /// <summary>An empty reference.</summary>
    public FallbackNormalization(WavelengthGrid grid)
    {
        _grid = grid;
        _sum = new double[grid.Count];
        _number = new int[grid.Count];
    }

    /// <summary>Why nothing can be normalised with this reference; null where something can.</summary>
    public string? Lack =>
        _ratios.Count >= LeastSpectra ? null : $"a fallback needs {LeastSpectra} spectra with both windows, and there are {_ratios.Count}";

    /// <summary>A sentence about the ratio of the windows.</summary>
    public string Remark =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"4150-4300 Å over 5000-5500 Å: {Ratio:F3} in {_ratios.Count} spectra, with a scatter of {100 * Scatter / Ratio:F0} %; "
                + $"spectra normalised by it (norm_kind 1, 2) are that uncertain."
        );

    // Sorted once for all spectra that wait for it: nothing is added between two of them.
    private double Ratio => _median ??= SampleMoments.Median([.. _ratios]);

    private double Scatter => SampleMoments.RobustDeviation([.. _ratios]);

    /// <summary>Adds a spectrum that is normalised at 5000-5500 Å.</summary>
    public void Add(ReadOnlySpan<float> flux, ReadOnlySpan<byte> mask)
    {
        for (var j = 0; j < flux.Length; j++)
        {
            _sum[j] += mask[j] == 0 ? flux[j] : 0;
            _number[j] += mask[j] == 0 ? 1 : 0;
        }
        if (BlueMedian(flux, mask) is { } median)
        {
            _ratios.Add(median);
            _median = null;
        }
    }

    /// <summary>What a spectrum has to be divided by, and how that was found.</summary>
    /// <param name="flux">The spectrum in any unit.</param>
    /// <param name="inverseVariance">1/sigma² in that unit.</param>
    /// <param name="mask">0 for good pixels.</param>
    /// <returns>Null where it has no significant flux.</returns>
    public (double Divisor, int Kind)? Divisor(ReadOnlySpan<float> flux, ReadOnlySpan<float> inverseVariance, ReadOnlySpan<byte> mask)
    {
        var noise = WindowError(inverseVariance, mask);
        if (BlueMedian(flux, mask) is { } median && median > LeastErrors * noise)
        {
            return (median / Ratio, 1);
        }
        var ratios = new List<double>();
        for (var j = 0; j < flux.Length; j++)
        {
            var mean = _number[j] >= LeastSpectra ? _sum[j] / _number[j] : 0;
            if (mask[j] == 0 && mean > 0)
            {
                ratios.Add(flux[j] / mean);
            }
        }
        var divisor = SampleMoments.Median([.. ratios]);
        return 2 * ratios.Count > mask.Count((byte)0) && divisor > 0 && double.IsFinite(divisor) ? (divisor, 2) : null;
    }

    // Error of the mean in the window.
    private double WindowError(ReadOnlySpan<float> inverseVariance, ReadOnlySpan<byte> mask)
    {
        var (first, end) = _grid.Range(LowAngstrom, HighAngstrom);
        var sum = 0.0;
        var number = 0;
        for (var j = first; j < end; j++)
        {
            sum += mask[j] == 0 ? 1 / (double)inverseVariance[j] : 0;
            number += mask[j] == 0 ? 1 : 0;
        }
        return Math.Sqrt(sum) / Math.Max(1, number);
    }

    private double? BlueMedian(ReadOnlySpan<float> flux, ReadOnlySpan<byte> mask)
    {
        var (first, end) = _grid.Range(LowAngstrom, HighAngstrom);
        var values = new List<double>();
        for (var j = first; j < end; j++)
        {
            if (mask[j] == 0)
            {
                values.Add(flux[j]);
            }
        }
        var median = SampleMoments.Median([.. values]);
        return 2 * values.Count >= end - first && end > first && median > 0 ? median : null;
    }
}
