using Galatent.Files;
using Galatent.Spectra;

namespace Galatent.Tests.Synthesis.Mocks;

/// <summary>Small files like those of an import, with gaps, unequal noise and shared data.</summary>
internal static class ObservedFiles
{
    public const int Count = 12;
    public const double ExpectedChiSquare = 0.55;

    /// <summary>800 cells of 3 Å.</summary>
    public static WavelengthGrid Grid { get; } = new([.. Enumerable.Range(0, 800).Select(j => 4000 + (3.0 * j))]);

    public static double Redshift(int row) => 0.02 + (0.02 * row);

    /// <summary>Two gaps in each spectrum, one of them in the window.</summary>
    public static byte Mask(int row, int pixel) =>
        (byte)(
            pixel / 10 == 5 + row ? 2
            : pixel / 5 == 70 + row ? 36
            : 0
        );

    public static float InverseVariance(int row, int pixel, double scale) =>
        Mask(row, pixel) != 0 ? 0 : (float)(scale * (200 + (20 * row) + (pixel / 10.0)));

    /// <summary>Writes a file.</summary>
    /// <param name="path">Where.</param>
    /// <param name="scale">Factor of all inverse variances.</param>
    /// <param name="fullWidth">Resolution at rest, Å.</param>
    /// <param name="normKind">How each spectrum was normalised.</param>
    public static string Write(string path, double scale = 1, double fullWidth = 2.4, Func<int, double>? normKind = null)
    {
        ParameterColumn Column(string name, Func<int, double> value) => new(name, "", "", [.. Enumerable.Range(0, Count).Select(value)]);
        ParameterColumn[] columns =
        [
            Column("redshift", Redshift),
            Column("sn_median", i => i),
            Column("norm_kind", normKind ?? (_ => 0)),
            Column("lsf_fwhm_rest", _ => fullWidth),
            Column("chi2_expected", _ => ExpectedChiSquare),
        ];
        var n = Grid.Count;
        (int Row, int Pixel)[] places = [.. Enumerable.Range(0, Count * n).Select(k => (k / n, k % n))];
        using var writer = new SpectrumFileWriter(
            path,
            Grid,
            Count,
            new SpectrumProvenance("test", -1, "relative/Hz", 5000, 5500, "test", "observed"),
            columns,
            inverseVariance: true,
            mask: true
        );
        writer.Append(
            [.. places.Select(p => Mask(p.Row, p.Pixel) == 0 ? 1f : 0f)],
            [.. Enumerable.Repeat(1.0, Count)],
            [.. columns.Select(c => c.Values)],
            inverseVariance: [.. places.Select(p => InverseVariance(p.Row, p.Pixel, scale))],
            mask: [.. places.Select(p => Mask(p.Row, p.Pixel))]
        );
        writer.Finish();
        return path;
    }
}
