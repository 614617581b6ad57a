using Galatent.Files;
using Galatent.Numerics;
using Galatent.Spectra;

namespace Galatent.Report.Runs;

/// <summary>Where the spectra of a run have bad pixels. What a network saw there was filled in, and is not drawn as if it were
/// data.</summary>
/// <param name="BadShare">Share of bad pixels.</param>
/// <param name="GoodShare">Share of the spectra in which each pixel is good, shape (n_wave).</param>
/// <param name="Masks">Masks of the spectra that figures show, by row: not 0 for a bad pixel.</param>
internal sealed record RunGaps(double BadShare, double[] GoodShare, IReadOnlyDictionary<int, byte[]> Masks)
{
    private const double LeastShare = 0.5;

    private readonly double _least = GoodShare.Any(s => s >= LeastShare) ? LeastShare : double.Epsilon;

    /// <summary>Reads the mask of a file once.</summary>
    /// <param name="path">The file.</param>
    /// <param name="grid">Its pixels.</param>
    /// <param name="count">Number of spectra.</param>
    /// <param name="rows">Spectra whose masks are kept.</param>
    /// <param name="scratchFolder">Folder for a flat copy, if the mask is not stored row by row.</param>
    /// <returns>Null when the file has no bad pixel.</returns>
    /// <exception cref="InputException">The file is damaged.</exception>
    public static RunGaps? Read(string path, WavelengthGrid grid, int count, IReadOnlyCollection<int> rows, string scratchFolder)
    {
        if (Hdf5.Open(path, file => SpectrumFile.PixelRows(file, path, SpectrumFile.Mask, count, grid.Count)) is not { } all)
        {
            return null;
        }
        using var mask = RowFile<byte>.Open(path, SpectrumFile.Mask, scratchFolder, all, count, grid.Count);
        var good = new int[grid.Count];
        var kept = new Dictionary<int, byte[]>();
        var row = new byte[grid.Count];
        for (var i = 0; i < count; i++)
        {
            mask.ReadFrom(i, row);
            for (var j = 0; j < row.Length; j++)
            {
                good[j] += row[j] == 0 ? 1 : 0;
            }
            if (rows.Contains(i))
            {
                kept[i] = [.. row];
            }
        }
        var share = Array.ConvertAll(good, g => (double)g / count);
        var bad = 1 - share.Average();
        return bad > 0 ? new RunGaps(bad, share, kept) : null;
    }

    /// <summary>Whether a pixel is good in at least half of the spectra, or, where none is, in any.</summary>
    public bool IsCovered(int pixel) => GoodShare[pixel] >= _least;

    /// <summary>Values with NaN where no spectrum is good: a network says nothing there.</summary>
    public double[] Seen(double[] values) => [.. values.Select((v, j) => GoodShare[j] > 0 ? v : double.NaN)];

    /// <summary>Values of one spectrum with NaN in its bad pixels.</summary>
    public double[] Good(int row, double[] values) =>
        Masks.TryGetValue(row, out var mask) ? [.. values.Select((v, j) => mask[j] == 0 ? v : double.NaN)] : values;
}
