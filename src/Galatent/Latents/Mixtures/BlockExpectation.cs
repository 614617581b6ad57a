using System.Numerics.Tensors;

namespace Galatent.Latents.Mixtures;

/// <summary>
/// The E-step in any dimension, for whole rows of a block at a time, with .NET's vector operations. The layout is that of
/// <see cref="PlanarExpectation"/>, without its hand-written arithmetic. Blocks with a point far from every component are left to
/// <see cref="ScalarExpectation"/>.
/// </summary>
internal sealed class BlockExpectation
{
    private const int Block = 128;
    private const double Underflow = 1e-290;

    // Below this exponent, .NET's exponential leaves its vectorised form for all values in the same register and gives another last digit.
    // The result then depended on where the garbage collector had placed the array.
    private const double LowestExponent = -700;

    private readonly GaussianMixture _mixture;
    private readonly double[] _whitened;
    private readonly double[] _terms;
    private readonly double[] _density;
    private readonly double[] _scratch;
    private readonly double[] _centred;

    public BlockExpectation(GaussianMixture mixture)
    {
        _mixture = mixture;
        _whitened = new double[mixture.ComponentCount * mixture.Dimension * Block];
        _terms = new double[mixture.ComponentCount * Block];
        (_density, _scratch) = (new double[Block], new double[Block]);
        _centred = new double[mixture.Dimension * Block];
    }

    /// <summary>Adds all points to the moments.</summary>
    public void Accumulate(WeightedPoints points, MixtureMoments moments)
    {
        for (var from = 0; from < points.Weights.Length; from += Block)
        {
            var length = Math.Min(Block, points.Weights.Length - from);
            if (!Densities(points, from, length))
            {
                ScalarExpectation.Accumulate(points, from, from + length, _mixture, moments);
                continue;
            }
            var weights = points.Weights.AsSpan(from, length);
            var density = _density.AsSpan(0, length);
            var scratch = _scratch.AsSpan(0, length);
            TensorPrimitives.Log(density, scratch);
            moments.LogLikelihood += TensorPrimitives.Dot<double>(scratch, weights);
            TensorPrimitives.Divide(weights, density, density);
            for (var k = 0; k < _mixture.ComponentCount; k++)
            {
                AddMoments(k, length, moments);
            }
        }
    }

    /// <summary>ln p of all points, padding included.</summary>
    public void LogDensity(WeightedPoints points, Span<double> destination)
    {
        for (var from = 0; from < points.Weights.Length; from += Block)
        {
            var length = Math.Min(Block, points.Weights.Length - from);
            if (Densities(points, from, length))
            {
                TensorPrimitives.Log(_density.AsSpan(0, length), destination[from..]);
            }
            else
            {
                ScalarExpectation.LogDensity(points, from, from + length, _mixture, destination[from..]);
            }
        }
    }

    private Span<double> Whitened(int k, int row, int length) => _whitened.AsSpan((k * _mixture.Dimension + row) * Block, length);

    // Computes the whitened coordinates, the terms and the density of a block. Returns false when a density is too small for its logarithm.
    private bool Densities(WeightedPoints points, int from, int length)
    {
        var d = _mixture.Dimension;
        var density = _density.AsSpan(0, length);
        density.Clear();
        for (var k = 0; k < _mixture.ComponentCount; k++)
        {
            var term = _terms.AsSpan(k * Block, length);
            term.Fill(_mixture.LogPeaks[k]);
            for (var column = 0; column < d; column++)
            {
                TensorPrimitives.Subtract(
                    points.Columns[column].AsSpan(from, length),
                    _mixture.Means[k * d + column],
                    _centred.AsSpan(column * Block, length)
                );
            }
            for (var row = 0; row < d; row++)
            {
                var u = Whitened(k, row, length);
                u.Clear();
                for (var column = 0; column <= row; column++)
                {
                    var centred = _centred.AsSpan(column * Block, length);
                    TensorPrimitives.MultiplyAdd(centred, _mixture.Whiteners[(k * d + row) * d + column], u, u);
                }
                TensorPrimitives.Multiply(u, -0.5, _scratch);
                TensorPrimitives.MultiplyAdd(_scratch.AsSpan(0, length), u, term, term);
            }
            TensorPrimitives.Max(term, LowestExponent, term);
            TensorPrimitives.Exp(term, term);
            TensorPrimitives.Add(density, term, density);
        }
        return TensorPrimitives.Min<double>(density) > Underflow;
    }

    private void AddMoments(int k, int length, MixtureMoments moments)
    {
        var d = _mixture.Dimension;
        var responsibility = _terms.AsSpan(k * Block, length);
        var scratch = _scratch.AsSpan(0, length);
        TensorPrimitives.Multiply(responsibility, _density.AsSpan(0, length), responsibility);
        moments.Mass[k] += TensorPrimitives.Sum<double>(responsibility);
        for (var row = 0; row < d; row++)
        {
            TensorPrimitives.Multiply(responsibility, Whitened(k, row, length), scratch);
            moments.First[k * d + row] += TensorPrimitives.Sum<double>(scratch);
            for (var column = 0; column <= row; column++)
            {
                moments.Second[(k * d + row) * d + column] += TensorPrimitives.Dot<double>(scratch, Whitened(k, column, length));
            }
        }
    }
}
