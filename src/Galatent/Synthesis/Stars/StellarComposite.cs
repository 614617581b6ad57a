using Galatent.Numerics;
using Galatent.Numerics.MatrixProducts;
using Galatent.Synthesis.Ssp;

namespace Galatent.Synthesis.Stars;

/// <summary>
/// Light of the stars as matrix products: mass per age node times the SSP spectra of the two metallicities around each galaxy's own. The
/// flux is linear in log Z (FSPS' zcontinuous = 1) and clamped at the table's ends. Pixels are processed in tiles, so that the steps after
/// the product find their data in the second-level cache.
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
    private readonly double _scatterDex;
    private readonly PackedMatrix[][] _young;
    private readonly PackedMatrix[][] _old;

    /// <param name="table">Stars on the pixels of the grid.</param>
    /// <param name="scatterDex">Scatter of metallicity within a galaxy. Above 0, every galaxy has stars of every metallicity.</param>
    public StellarComposite(SspTable table, double scatterDex = 0)
    {
        _scatterDex = scatterDex;
        (_logZ, _pixels, _ageCount) = (table.LogZ, table.WavelengthCount, table.AgeCount);
        var split = Math.Log10(PhysicalConstants.BirthCloudAgeYr);
        // The interval that contains 1e7 yr gives weight to both of its ends, in young light and in old light.
        _youngEnd = Math.Min(_ageCount, Array.FindLastIndex(table.LogAgeYr, x => x <= split) + 2);
        _oldStart = Math.Max(0, Array.FindLastIndex(table.LogAgeYr, x => x <= split));
        TileCount = (_pixels + TilePixels - 1) / TilePixels;
        _young = [.. Enumerable.Range(0, _logZ.Length).Select(z => Pack(table, z, 0, _youngEnd))];
        _old = [.. Enumerable.Range(0, _logZ.Length).Select(z => Pack(table, z, _oldStart, _ageCount))];
    }

    public int TileCount { get; }

    /// <summary>The first metallicity of the two that a galaxy's stars have; 0 when they have all.</summary>
    public int Interval(double logZ) => _scatterDex > 0 ? 0 : SortedAxis.Bracket(_logZ, logZ).Lower;

    /// <summary>First pixel of a tile and the number of its pixels.</summary>
    public (int First, int Count) Tile(int tile) => (tile * TilePixels, Math.Min(TilePixels, _pixels - (tile * TilePixels)));

    /// <summary>Arranges the masses of galaxies with the same run of metallicities. <paramref name="part"/> gives one factor per row, by
    /// which the galaxy's masses are multiplied; without it the factor is 1.</summary>
    public MetallicityGroup Group(
        ReadOnlySpan<CompositeStellarPopulation> galaxies,
        ReadOnlySpan<int> rows,
        int interval,
        double[]? part = null
    ) => new(galaxies, rows, part, (interval, _scatterDex > 0 ? _logZ.Length : 2), _logZ, _scatterDex, _youngEnd, _oldStart, _ageCount);

    /// <summary>Light of a group in one tile, Lsun/Hz per solar mass formed, young and old each of shape (n, pixels of the
    /// tile).</summary>
    public void Compose(MetallicityGroup group, int tile, Span<float> young, Span<float> old) =>
        Compose(group, tile, young, old, Tile(tile).Count, accumulate: false);

    private void Compose(MetallicityGroup group, int tile, Span<float> young, Span<float> old, int stride, bool accumulate)
    {
        for (var k = 0; k < group.Count; k++)
        {
            MatrixProduct.Multiply(group.Young(k), _young[group.First + k][tile], young, stride, accumulate || k > 0);
            MatrixProduct.Multiply(group.Old(k), _old[group.First + k][tile], old, stride, accumulate || k > 0);
        }
    }

    /// <summary>Light of a group at all pixels, added to the present values with <paramref name="accumulate"/>; one galaxy's values begin
    /// <paramref name="stride"/> numbers after the former's.</summary>
    public void ComposeRows(MetallicityGroup group, Span<float> young, Span<float> old, int stride, bool accumulate = false)
    {
        for (var tile = 0; tile < TileCount; tile++)
        {
            var first = Tile(tile).First;
            Compose(group, tile, young[first..], old[first..], stride, accumulate);
        }
    }

    private PackedMatrix[] Pack(SspTable table, int z, int start, int end) =>
        [
            .. Enumerable
                .Range(0, TileCount)
                .Select(tile =>
                {
                    var (first, count) = Tile(tile);
                    var templates = table.Lnu.AsSpan((((z * _ageCount) + start) * _pixels) + first, ((end - start - 1) * _pixels) + count);
                    return new PackedMatrix(new MatrixView(templates, end - start, count, _pixels));
                }),
        ];
}
