using System.Numerics.Tensors;

namespace Galatent.Latents.Reconstructions;

/// <summary>Sums a <see cref="ReconstructionError"/> block by block. So the reconstructions of 100,000 spectra (1.8 GB) are never in memory
/// together.</summary>
/// <param name="pixels">Pixels per spectrum.</param>
public sealed class ReconstructionErrorSum(int pixels)
{
    private readonly double[] _row = new double[pixels];
    private readonly double[] _difference = new double[pixels];
    private readonly List<double> _perSpectrum = [];
    private double[]? _pivot;

    /// <summary>Sums moments about a given spectrum, so that the sums of several parts of a set can be added.</summary>
    internal ReconstructionErrorSum(int pixels, ReadOnlySpan<float> pivot)
        : this(pixels)
    {
        _pivot = new double[pixels];
        TensorPrimitives.ConvertChecked(pivot, _pivot.AsSpan());
    }

    /// <summary>For every pixel: the squared error, the sum about the pivot, the sum of squares about the pivot; shape (3,
    /// pixels).</summary>
    internal double[] Sums { get; } = new double[3 * pixels];

    /// <summary>Squared error of each spectrum added, in order.</summary>
    internal IReadOnlyList<double> PerSpectrum => _perSpectrum;

    /// <summary>Adds spectra and their reconstructions, both of shape (m, n_wave), row-major, normalised flux.</summary>
    public void Add(ReadOnlySpan<float> flux, ReadOnlySpan<float> reconstruction)
    {
        if (flux.Length != reconstruction.Length || flux.Length % pixels != 0)
        {
            throw new ArgumentException(
                $"{flux.Length} fluxes and {reconstruction.Length} reconstructed ones are not the same number of spectra of {pixels} "
                    + $"pixels.",
                nameof(reconstruction)
            );
        }
        for (var start = 0; start < flux.Length; start += pixels)
        {
            AddOne(flux.Slice(start, pixels), reconstruction.Slice(start, pixels));
        }
    }

    /// <summary>The error of all added spectra. At least one is needed.</summary>
    public ReconstructionError Result() => Result(Sums, [.. _perSpectrum]);

    /// <summary>The error of a whole set from the sums of its parts.</summary>
    internal static ReconstructionError Result(ReadOnlySpan<double> sums, double[] perSpectrum)
    {
        var n = perSpectrum.Length;
        var pixels = sums.Length / 3;
        ArgumentOutOfRangeException.ThrowIfZero(n);
        var error = new double[pixels];
        var variance = new double[pixels];
        for (var p = 0; p < pixels; p++)
        {
            var mean = sums[pixels + p] / n;
            error[p] = sums[p] / n;
            variance[p] = Math.Max(0, (sums[(2 * pixels) + p] / n) - (mean * mean));
        }
        return new ReconstructionError(error, variance, perSpectrum);
    }

    private void AddOne(ReadOnlySpan<float> flux, ReadOnlySpan<float> reconstruction)
    {
        TensorPrimitives.ConvertChecked(flux, _row);
        TensorPrimitives.ConvertChecked(reconstruction, _difference);
        TensorPrimitives.Subtract(_row, _difference, _difference);
        var error = Sums.AsSpan(0, pixels);
        var sum = Sums.AsSpan(pixels, pixels);
        var square = Sums.AsSpan(2 * pixels);
        TensorPrimitives.MultiplyAdd(_difference, _difference, error, error);
        var squaredError = TensorPrimitives.SumOfSquares<double>(_difference);
        if (!double.IsFinite(squaredError))
        {
            throw new ArgumentException($"The reconstruction of spectrum {_perSpectrum.Count} is not finite.", nameof(reconstruction));
        }
        _perSpectrum.Add(squaredError);
        // Moments about the first spectrum. With moments about zero, the variance of a bright steady pixel would be the difference of two
        // large numbers.
        _pivot ??= [.. _row];
        TensorPrimitives.Subtract(_row, _pivot, _row);
        TensorPrimitives.Add(sum, _row, sum);
        TensorPrimitives.MultiplyAdd(_row, _row, square, square);
    }
}
