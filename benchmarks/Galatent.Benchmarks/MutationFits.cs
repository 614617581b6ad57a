using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using Galatent.Files.Fits;
using Galatent.Numerics;
using Galatent.Spectra;
using Galatent.Surveys;

namespace Galatent.Benchmarks;

/// <summary>FITS files with all that the reader knows, and files of spectra: written small, and read to the last number.</summary>
internal static class MutationFits
{
    private const int Pixels = 120;
    private const int Block = 2880;

    /// <summary>Reads every image and column.</summary>
    public static string ReadAll(string path)
    {
        using var fits = FitsFile.Open(path, Path.GetTempPath());
        var text = new StringBuilder();
        foreach (var unit in fits.Units)
        {
            text.Append(CultureInfo.InvariantCulture, $"{unit.Name} {unit.CheckDataSum()} ");
            if (unit.IsTable)
            {
                foreach (var column in unit.Table.Columns)
                {
                    text.AppendJoin(',', unit.Table.Texts(column, 0, unit.Table.RowCount));
                    if (column.Type is not ('A' or 'C' or 'M'))
                    {
                        text.AppendJoin(',', unit.Table.Numbers(column, 0, unit.Table.RowCount));
                    }
                }
            }
            else if (unit.Shape.Length > 0)
            {
                text.AppendJoin(',', unit.Image());
            }
        }
        return text.ToString();
    }

    /// <summary>Imports a file of spectra, and makes sure that no number is left that is none.</summary>
    public static string Import(string path)
    {
        var folder = Directory.CreateTempSubdirectory("galatent-import-");
        try
        {
            var output = Path.Combine(folder.FullName, "o.h5");
            // A text has no redshift of its own.
            var catalogue = Path.Combine(folder.FullName, "z.csv");
            File.WriteAllText(catalogue, $"file,z\n{Path.GetFileName(path)},0.1\n");
            var options = new SurveyOptions
            {
                SelectAll = true,
                ScratchFolder = folder.FullName,
                Redshifts = path.EndsWith(".csv", StringComparison.Ordinal) ? catalogue : null,
            };
            var summary = SurveyImport.Run(output, InputFiles.Expand([path]), options);
            if (summary.Spectra.FirstOrDefault(s => !s.IsWritten) is { Detail.Length: > 0 } refused)
            {
                throw new InputException(refused.Detail);
            }
            if (summary.Written == 0)
            {
                throw new InputException(string.Join(' ', summary.Spectra.Select(s => s.Outcome)));
            }
            var set = SpectrumFile.Read(output);
            var ivar = SpectrumFile.ReadInverseVariance(output, set.Count, set.Grid.Count);
            return set.Flux.All(float.IsFinite) && ivar.All(v => v >= 0 && float.IsFinite(v)) && set.Norm.All(n => n > 0)
                ? string.Join(' ', summary.Spectra.Select(s => $"{s.ObjectId} {s.Redshift:R} {s.Norm:R} {s.Coverage:R}"))
                : throw new InvalidOperationException("a number that is none was written");
        }
        finally
        {
            folder.Delete(true);
        }
    }

    /// <summary>Tables with every type, arrays of any length, an ASCII table, compressed tiles.</summary>
    public static void WriteAll(string path)
    {
        using var file = File.Create(path);
        Header(file, "SIMPLE  = T", "BITPIX  = 16", "NAXIS   = 2", "NAXIS1  = 5", "NAXIS2  = 3", "BZERO   = 32768", "BLANK   = 7");
        Data(file, [.. Enumerable.Range(0, 30).Select(i => (byte)i)]);
        byte[] rows =
        [
            .. Enumerable
                .Range(0, 4)
                .SelectMany(r =>
                    (byte[])
                        [
                            .. Long(39627866878511337 + r),
                            .. Double(0.5 * r),
                            .. "GALAXY  "u8,
                            (byte)'T',
                            (byte)(0x80 >> r),
                            .. Int(2),
                            .. Int(16 * (r % 2)),
                        ]
                ),
        ];
        byte[] heap = [.. Double(1), .. Double(2), .. Double(3), .. Double(4)];
        Header(
            file,
            [
                .. Table(34, 4, heap.Length, 6),
                .. Column(1, "TARGETID", "K"),
                .. Column(2, "Z", "D"),
                .. Column(3, "CLASS", "8A"),
                .. Column(4, "GOOD", "L"),
                .. Column(5, "BITS", "4X"),
                .. Column(6, "ARRAY", "1PD(2)"),
            ]
        );
        Data(file, [.. rows, .. heap]);
        Header(
            file,
            "XTENSION= 'TABLE   '",
            "BITPIX  = 8",
            "NAXIS   = 2",
            "NAXIS1  = 20",
            "NAXIS2  = 2",
            "PCOUNT  = 0",
            "GCOUNT  = 1",
            "TFIELDS = 2",
            "TTYPE1  = 'A'",
            "TBCOL1  = 1",
            "TFORM1  = 'I10'",
            "TTYPE2  = 'B'",
            "TBCOL2  = 11",
            "TFORM2  = 'E10.3'"
        );
        Data(file, Encoding.ASCII.GetBytes("        12  1.5E+03        13   -0.250"));
        byte[] tile = Packed([.. Enumerable.Range(0, 12).SelectMany(Int)]);
        Header(
            file,
            [
                .. Table(8, 1, tile.Length, 1),
                .. Column(1, "COMPRESSED_DATA", "1PB"),
                "ZIMAGE  = T",
                "ZBITPIX = 32",
                "ZNAXIS  = 2",
                "ZNAXIS1 = 6",
                "ZNAXIS2 = 2",
                "ZTILE1  = 6",
                "ZTILE2  = 2",
                "ZCMPTYPE= 'GZIP_1'",
            ]
        );
        Data(file, [.. Int(tile.Length), .. Int(0), .. tile]);
        byte[] rice = [0, 0, 0, 5, .. Enumerable.Range(0, 20).Select(i => (byte)(0x9A + (37 * i)))];
        Header(
            file,
            [
                .. Table(8, 1, rice.Length, 1),
                .. Column(1, "COMPRESSED_DATA", "1PB"),
                "ZIMAGE  = T",
                "ZBITPIX = 16",
                "ZNAXIS  = 1",
                "ZNAXIS1 = 8",
                "ZTILE1  = 8",
                "ZCMPTYPE= 'RICE_1'",
                "ZNAME1  = 'BLOCKSIZE'",
                "ZVAL1   = 32",
                "ZNAME2  = 'BYTEPIX'",
                "ZVAL2   = 2",
            ]
        );
        Data(file, [.. Int(rice.Length), .. Int(0), .. rice]);
    }

    /// <summary>An SDSS file of one galaxy.</summary>
    public static void WriteSpectrum(string path) => WriteSpectrum(path, Pixels, i => Math.Log10(5300 + (10 * i)), 0);

    /// <summary>An SDSS file of one galaxy.</summary>
    /// <param name="path">The file.</param>
    /// <param name="pixels">Pixels.</param>
    /// <param name="logAngstrom">Wavelength of each, log10.</param>
    /// <param name="identifier">Identifier of the object.</param>
    public static void WriteSpectrum(string path, int pixels, Func<int, double> logAngstrom, long identifier)
    {
        using var file = File.Create(path);
        Header(file, "SIMPLE  = T", "BITPIX  = 8", "NAXIS   = 0");
        Header(
            file,
            [
                .. Table(16, pixels, 0, 4),
                .. Column(1, "flux", "E"),
                .. Column(2, "loglam", "E"),
                .. Column(3, "ivar", "E"),
                .. Column(4, "and_mask", "J"),
            ]
        );
        Data(
            file,
            [
                .. Enumerable
                    .Range(0, pixels)
                    .SelectMany(i =>
                        (byte[])
                            [
                                .. Single((float)(10 + Math.Sin(i))),
                                .. Single((float)logAngstrom(i)),
                                .. Single(4f + (0.01f * i)),
                                .. Int(i == 5 ? 1 << 23 : 0),
                            ]
                    ),
            ]
        );
        Header(file, [.. Table(24, 1, 0, 3), .. Column(1, "Z", "D"), .. Column(2, "SPECOBJID", "K"), .. Column(3, "CLASS", "8A")]);
        Data(file, [.. Double(0.1), .. Long(4565525861424406528 + identifier), .. "GALAXY  "u8]);
    }

    /// <summary>A spectrum as text.</summary>
    public static void WriteText(string path) =>
        File.WriteAllLines(
            path,
            [
                "wave,flux,err",
                .. Enumerable.Range(0, Pixels).Select(i => FormattableString.Invariant($"{5300 + (10 * i)},{10 + Math.Sin(i)},0.5")),
            ]
        );

    private static string[] Table(int rowBytes, int rows, int heap, int fields) =>
        [
            "XTENSION= 'BINTABLE'",
            "BITPIX  = 8",
            "NAXIS   = 2",
            $"NAXIS1  = {rowBytes}",
            $"NAXIS2  = {rows}",
            $"PCOUNT  = {heap}",
            "GCOUNT  = 1",
            $"TFIELDS = {fields}",
        ];

    private static string[] Column(int number, string name, string form) => [$"TTYPE{number}  = '{name}'", $"TFORM{number}  = '{form}'"];

    private static void Header(Stream file, params IEnumerable<string> cards) =>
        Fill(file, Encoding.ASCII.GetBytes(string.Concat(cards.Append("END").Select(c => c.PadRight(80)))), (byte)' ');

    private static void Data(Stream file, byte[] data) => Fill(file, data, 0);

    private static void Fill(Stream file, byte[] content, byte fill)
    {
        file.Write(content);
        file.Write([.. Enumerable.Repeat(fill, (Block - (content.Length % Block)) % Block)]);
    }

    private static byte[] Packed(byte[] plain)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(plain);
        }
        return packed.ToArray();
    }

    private static byte[] Int(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

    private static byte[] Long(long value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        return bytes;
    }

    private static byte[] Single(float value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteSingleBigEndian(bytes, value);
        return bytes;
    }

    private static byte[] Double(double value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteDoubleBigEndian(bytes, value);
        return bytes;
    }
}
