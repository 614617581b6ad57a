using System.Buffers;
using Galatent.Numerics;

namespace Galatent.Synthesis;

/// <summary>
/// Light of the stars as matrix products: mass per age node times the SSP spectra of the two metallicities around each galaxy's own,
/// linear in log Z of the linear flux (FSPS' zcontinuous = 1), clamped at the table's ends. Pixels come in tiles, so that what follows the
/// product finds its numbers in the second-level cache.
/// </summary>
internal sealed class StellarComposite
{
    /// <summary>Pixels per tile: 100 galaxies' young and old light are 400 kB.</summary>
    public const int TilePixels = 512;

    private readonly double[] _logZ;
    private readonly int _pixels;
    private readonly int _ageCount;
    private readonly int _youngEnd;
    private readonly int _oldStart;
    private readonly PackedMatrix[][] _young;
    private readonly PackedMatrix[][] _old;

    public StellarComposite(SspTable table)
    {
        (_logZ, _pixels, _ageCount) = (table.LogZ, table.WavelengthCount, table.AgeCount);
        var split = Math.Log10(PhysicalConstants.BirthCloudAgeYr);
        // The interval that holds 1e7 yr gives weight to both of its ends, in young light and in old.
        _youngEnd = Math.Min(_ageCount, Array.FindLastIndex(table.LogAgeYr, x => x <= split) + 2);
        _oldStart = Math.Max(0, Array.FindLastIndex(table.LogAgeYr, x => x <= split));
        TileCount = (_pixels + TilePixels - 1) / TilePixels;
        _young = [.. Enumerable.Range(0, _logZ.Length).Select(z => Pack(table, z, 0, _youngEnd))];
        _old = [.. Enumerable.Range(0, _logZ.Length).Select(z => Pack(table, z, _oldStart, _ageCount))];
    }

    public int TileCount { get; }

    /// <summary>The metallicity interval of a galaxy and its place in it, 0 to 1.</summary>
    public (int Interval, double Share) Metallicity(double logZ) => NebularLines.Bracket(_logZ, logZ);

    /// <summary>First pixel of a tile and the number of its pixels.</summary>
    public (int First, int Count) Tile(int tile) => (tile * TilePixels, Math.Min(TilePixels, _pixels - (tile * TilePixels)));

    /// <summary>Lays out the masses of galaxies that lie in one metallicity interval.</summary>
    public CompositeGroup Group(ReadOnlySpan<CompositePopulation> galaxies, ReadOnlySpan<int> rows, int interval) =>
        new(galaxies, rows, interval, _logZ, _youngEnd, _oldStart, _ageCount);

    /// <summary>Light of a group in one tile, Lsun/Hz per solar mass formed, each of shape (n, pixels of the tile).</summary>
    public void Compose(CompositeGroup group, int tile, Span<float> young, Span<float> old)
    {
        var columns = Tile(tile).Count;
        for (var upper = 0; upper < 2; upper++)
        {
            MatrixProduct.Multiply(group.Young(upper), _young[group.Interval + upper][tile], young, columns, accumulate: upper == 1);
            MatrixProduct.Multiply(group.Old(upper), _old[group.Interval + upper][tile], old, columns, accumulate: upper == 1);
        }
    }

    private PackedMatrix[] Pack(SspTable table, int z, int start, int end) => [.. Enumerable.Range(0, TileCount).Select(tile =>
    {
        var (first, count) = Tile(tile);
        var templates = table.Lnu.AsSpan((((z * _ageCount) + start) * _pixels) + first, ((end - start - 1) * _pixels) + count);
        return new PackedMatrix(new MatrixView(templates, end - start, count, _pixels));
    })];
}

/// <summary>Mass per age node of galaxies between the same two metallicities: the left factors of the products. Rented memory: dispose it.</summary>
internal sealed class CompositeGroup : IDisposable
{
    private readonly int _rows, _youngDepth, _oldDepth;
    private readonly float[] _weights;

    public CompositeGroup(ReadOnlySpan<CompositePopulation> galaxies, ReadOnlySpan<int> rows, int interval, double[] logZ, int youngEnd, int oldStart, int ageCount)
    {
        (Interval, _rows, _youngDepth, _oldDepth) = (interval, rows.Length, youngEnd, ageCount - oldStart);
        _weights = ArrayPool<float>.Shared.Rent(2 * _rows * (_youngDepth + _oldDepth));
        for (var r = 0; r < rows.Length; r++)
        {
            var galaxy = galaxies[rows[r]];
            var share = NebularLines.Bracket(logZ, galaxy.LogZStar).Share;
            for (var upper = 0; upper < 2; upper++)
            {
                var factor = upper == 1 ? share : 1 - share;
                Scale(galaxy.YoungMass.AsSpan(0, _youngDepth), factor, _weights.AsSpan(YoungStart(upper) + (r * _youngDepth)));
                Scale(galaxy.OldMass.AsSpan(oldStart, _oldDepth), factor, _weights.AsSpan(OldStart(upper) + (r * _oldDepth)));
            }
        }
    }

    /// <summary>Number of the metallicity interval.</summary>
    public int Interval { get; }

    /// <summary>Young masses on the lower (0) or upper (1) metallicity.</summary>
    public MatrixView Young(int upper) => new(_weights.AsSpan(YoungStart(upper), _rows * _youngDepth), _rows, _youngDepth);

    /// <summary>Old masses on the lower (0) or upper (1) metallicity.</summary>
    public MatrixView Old(int upper) => new(_weights.AsSpan(OldStart(upper), _rows * _oldDepth), _rows, _oldDepth);

    public void Dispose() => ArrayPool<float>.Shared.Return(_weights);

    private int YoungStart(int upper) => upper * _rows * _youngDepth;

    private int OldStart(int upper) => _rows * ((2 * _youngDepth) + (upper * _oldDepth));

    private static void Scale(ReadOnlySpan<double> mass, double factor, Span<float> target)
    {
        for (var k = 0; k < mass.Length; k++)
        {
            target[k] = (float)(factor * mass[k]);
        }
    }
}
