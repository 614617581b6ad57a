using System.Buffers;
using Galatent.Numerics;

namespace Galatent.Synthesis;

/// <summary>
/// Light of the stars as matrix products: mass per age node times the SSP spectra of the two metallicities around each galaxy's own,
/// linear in log Z of the linear flux (FSPS' zcontinuous = 1), clamped at the table's ends.
/// </summary>
internal sealed class StellarComposite
{
    private readonly double[] _logZ;
    private readonly int _pixels;
    private readonly int _ageCount;
    private readonly int _youngEnd;
    private readonly int _oldStart;
    private readonly PackedMatrix[] _young;
    private readonly PackedMatrix[] _old;

    public StellarComposite(SspTable table)
    {
        (_logZ, _pixels, _ageCount) = (table.LogZ, table.WavelengthCount, table.AgeCount);
        var split = Math.Log10(PhysicalConstants.BirthCloudAgeYr);
        // The interval that holds 1e7 yr gives weight to both of its ends, in young light and in old.
        _youngEnd = Math.Min(_ageCount, Array.FindLastIndex(table.LogAgeYr, x => x <= split) + 2);
        _oldStart = Math.Max(0, Array.FindLastIndex(table.LogAgeYr, x => x <= split));
        _young = [.. Enumerable.Range(0, _logZ.Length).Select(z => Pack(table, z, 0, _youngEnd))];
        _old = [.. Enumerable.Range(0, _logZ.Length).Select(z => Pack(table, z, _oldStart, _ageCount))];
    }

    /// <summary>Composite spectra of young and of old light, Lsun/Hz per solar mass formed, each of shape (n, n_wave).</summary>
    public void Compose(ReadOnlySpan<CompositePopulation> galaxies, Span<float> young, Span<float> old)
    {
        var n = galaxies.Length;
        var interval = new int[n];
        var share = new double[n];
        for (var i = 0; i < n; i++)
        {
            (interval[i], share[i]) = NebularLines.Bracket(_logZ, galaxies[i].LogZStar);
        }
        var rows = ArrayPool<int>.Shared.Rent(n);
        for (var z = 0; z < _logZ.Length - 1; z++)
        {
            var count = 0;
            for (var i = 0; i < n; i++)
            {
                if (interval[i] == z)
                {
                    rows[count++] = i;
                }
            }
            if (count > 0)
            {
                Group(galaxies, rows.AsSpan(0, count), share, z, youngLight: true, young);
                Group(galaxies, rows.AsSpan(0, count), share, z, youngLight: false, old);
            }
        }
        ArrayPool<int>.Shared.Return(rows);
    }

    private void Group(ReadOnlySpan<CompositePopulation> galaxies, ReadOnlySpan<int> rows, double[] share, int z, bool youngLight, Span<float> target)
    {
        var (start, end) = youngLight ? (0, _youngEnd) : (_oldStart, _ageCount);
        var (depth, count) = (end - start, rows.Length);
        var weights = ArrayPool<float>.Shared.Rent(count * depth);
        var light = ArrayPool<float>.Shared.Rent(count * _pixels);
        var packed = youngLight ? _young : _old;
        for (var upper = 0; upper < 2; upper++)
        {
            for (var r = 0; r < count; r++)
            {
                var galaxy = galaxies[rows[r]];
                var mass = (youngLight ? galaxy.YoungMass : galaxy.OldMass).AsSpan(start, depth);
                var factor = upper == 1 ? share[rows[r]] : 1 - share[rows[r]];
                for (var k = 0; k < depth; k++)
                {
                    weights[(r * depth) + k] = (float)(factor * mass[k]);
                }
            }
            MatrixProduct.Multiply(new MatrixView(weights.AsSpan(0, count * depth), count, depth), packed[z + upper], light.AsSpan(0, count * _pixels), _pixels, accumulate: upper == 1);
        }
        for (var r = 0; r < count; r++)
        {
            light.AsSpan(r * _pixels, _pixels).CopyTo(target[(rows[r] * _pixels)..]);
        }
        ArrayPool<float>.Shared.Return(weights);
        ArrayPool<float>.Shared.Return(light);
    }

    private PackedMatrix Pack(SspTable table, int z, int start, int end) =>
        new(new MatrixView(table.Lnu.AsSpan(((z * _ageCount) + start) * _pixels, (end - start) * _pixels), end - start, _pixels));
}
