using System.Buffers;
using Galatent.Numerics.MatrixProducts;

namespace Galatent.Synthesis.Stars;

/// <summary>Mass per age node for galaxies whose stars have the same run of metallicities: the left factors of the matrix products. The
/// memory is rented, so it must be disposed.</summary>
internal sealed class MetallicityGroup : IDisposable
{
    private readonly int _rows;
    private readonly int _youngDepth;
    private readonly int _oldDepth;
    private readonly float[] _weights;

    public MetallicityGroup(
        ReadOnlySpan<CompositeStellarPopulation> galaxies,
        ReadOnlySpan<int> rows,
        double[]? part,
        (int First, int Count) metallicities,
        double[] logZ,
        double scatterDex,
        int youngEnd,
        int oldStart,
        int ageCount
    )
    {
        ((First, Count), _rows, _youngDepth, _oldDepth) = (metallicities, rows.Length, youngEnd, ageCount - oldStart);
        _weights = ArrayPool<float>.Shared.Rent(Count * _rows * (_youngDepth + _oldDepth));
        Span<double> shares = stackalloc double[logZ.Length];
        for (var r = 0; r < rows.Length; r++)
        {
            var galaxy = galaxies[rows[r]];
            MetallicityDistribution.Shares(logZ, galaxy.LogZStar, scatterDex, shares);
            var share = part is null ? 1 : part[r];
            for (var k = 0; k < Count; k++)
            {
                Scale(
                    galaxy.YoungMass.AsSpan(0, _youngDepth),
                    share * shares[First + k],
                    _weights.AsSpan(YoungStart(k) + (r * _youngDepth))
                );
                Scale(
                    galaxy.OldMass.AsSpan(oldStart, _oldDepth),
                    share * shares[First + k],
                    _weights.AsSpan(OldStart(k) + (r * _oldDepth))
                );
            }
        }
    }

    /// <summary>Number of the first metallicity.</summary>
    public int First { get; }

    /// <summary>Number of metallicities.</summary>
    public int Count { get; }

    /// <summary>Young masses at the k-th metallicity.</summary>
    public MatrixView Young(int k) => new(_weights.AsSpan(YoungStart(k), _rows * _youngDepth), _rows, _youngDepth);

    /// <summary>Old masses at the k-th metallicity.</summary>
    public MatrixView Old(int k) => new(_weights.AsSpan(OldStart(k), _rows * _oldDepth), _rows, _oldDepth);

    public void Dispose() => ArrayPool<float>.Shared.Return(_weights);

    private int YoungStart(int k) => k * _rows * _youngDepth;

    private int OldStart(int k) => _rows * ((Count * _youngDepth) + (k * _oldDepth));

    private static void Scale(ReadOnlySpan<double> mass, double factor, Span<float> target)
    {
        for (var k = 0; k < mass.Length; k++)
        {
            target[k] = (float)(factor * mass[k]);
        }
    }
}
