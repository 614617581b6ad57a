using System.Numerics.Tensors;

namespace Galatent.Latents;

/// <summary>Collects a <see cref="ReconstructionError"/> block after block, so that the reconstructions of 100,000 spectra (1.8 GB) never stand in memory at once.</summary>
/// <param name="pixels">Pixels per spectrum.</param>
public sealed class ReconstructionErrorSum(int pixels)
{
    private readonly double[] _error = new double[pixels];
    private readonly double[] _sum = new double[pixels];
    private readonly double[] _square = new double[pixels];
    private readonly double[] _row = new double[pixels];
    private readonly double[] _difference = new double[pixels];
    private readonly List<double> _perSpectrum = [];
    private double[]? _pivot;

    /// <summary>Adds spectra and their reconstructions, both of shape (m, n_wave), row-major, normalised flux.</summary>
    public void Add(ReadOnlySpan<float> flux, ReadOnlySpan<float> reconstruction)
    {
        if (flux.Length != reconstruction.Length || flux.Length % pixels != 0)
        {
            throw new ArgumentException($"{flux.Length} fluxes and {reconstruction.Length} reconstructed ones are not the same number of spectra of {pixels} pixels.", nameof(reconstruction));
        }
        for (var start = 0; start < flux.Length; start += pixels)
        {
            AddOne(flux.Slice(start, pixels), reconstruction.Slice(start, pixels));
        }
    }

    /// <summary>The error of everything added; at least one spectrum is needed.</summary>
    public ReconstructionError Result()
    {
        var n = _perSpectrum.Count;
        ArgumentOutOfRangeException.ThrowIfZero(n);
        var variance = new double[pixels];
        for (var p = 0; p < pixels; p++)
        {
            var mean = _sum[p] / n;
            variance[p] = Math.Max(0, (_square[p] / n) - (mean * mean));
        }
        return new ReconstructionError([.. _error.Select(e => e / n)], variance, [.. _perSpectrum]);
    }

    private void AddOne(ReadOnlySpan<float> flux, ReadOnlySpan<float> reconstruction)
    {
        TensorPrimitives.ConvertChecked(flux, _row);
        TensorPrimitives.ConvertChecked(reconstruction, _difference);
        TensorPrimitives.Subtract(_row, _difference, _difference);
        TensorPrimitives.MultiplyAdd(_difference, _difference, _error, _error);
        var squaredError = TensorPrimitives.SumOfSquares<double>(_difference);
        if (!double.IsFinite(squaredError))
        {
            throw new ArgumentException($"The reconstruction of spectrum {_perSpectrum.Count} is not finite.", nameof(reconstruction));
        }
        _perSpectrum.Add(squaredError);
        // Moments about the first spectrum: about zero, the variance of a bright steady pixel would be the difference of two large numbers.
        _pivot ??= [.. _row];
        TensorPrimitives.Subtract(_row, _pivot, _row);
        TensorPrimitives.Add(_sum, _row, _sum);
        TensorPrimitives.MultiplyAdd(_row, _row, _square, _square);
    }
}
