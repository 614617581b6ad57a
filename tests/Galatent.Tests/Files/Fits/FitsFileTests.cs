using System.IO.Compression;
using System.Text;
using Galatent.Files.Fits;
using Galatent.Numerics;

namespace Galatent.Tests.Files.Fits;

public sealed class FitsFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Images_have_their_shape_and_values()
    {
        var path = Write("image.fits", file =>
        {
            FitsWriter.Image(
                file,
                primary: true,
                [],
                [],
                FitsWriter.Card("OBJECT", "'it''s M 31'"),
                FitsWriter.Card("EXPTIME", "1.5D+03 / seconds")
            );
            FitsWriter.Image(
                file,
                primary: false,
                [2, 3],
                [1, 2, 3, 4, 5, -6.5],
                FitsWriter.Card("EXTNAME", "'FLUX    '"),
                FitsWriter.Card("BSCALE", "2.0"),
                FitsWriter.Card("BZERO", "10")
            );
        });
        using var fits = FitsFile.Open(path);
        Assert.Equal(2, fits.Units.Count);
        Assert.Equal("it's M 31", fits.Units[0].Header.Text("OBJECT"));
        Assert.Equal(1500, fits.Units[0].Header.Number("EXPTIME"));
        Assert.Empty(fits.Units[0].Image());
        Assert.Equal([2, 3], fits["flux"].Shape);
        Assert.Equal([12, 14, 16, 18, 20, -3], fits["FLUX"].Image());
    }

    [Fact]
    public void Integers_of_every_size_are_read()
    {
        void Check(int bits, byte[] data, double[] expected) =>
            Assert.Equal(
                expected,
                FitsFile
                    .Open(Write($"{bits}.fits", file =>
                        {
                            FitsWriter.Header(
                                file,
                                [
                                    FitsWriter.Card("SIMPLE", "T"),
                                    FitsWriter.Card("BITPIX", $"{bits}"),
                                    FitsWriter.Card("NAXIS", "1"),
                                    FitsWriter.Card("NAXIS1", $"{expected.Length}"),
                                ]
                            );
                            FitsWriter.Data(file, data);
                        }))
                    .Units[0]
                    .Image()
            );
        Check(8, [0, 255], [0, 255]);
        Check(16, [0x01, 0x02, 0xFF, 0xFE], [258, -2]);
        Check(32, [0, 1, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF], [65536, -1]);
        Check(64, [0, 0, 0, 1, 0, 0, 0, 0], [4294967296]);
        Check(-32, [0x3F, 0xC0, 0, 0], [1.5]);
    }

    [Fact]
    public void Tables_give_their_columns()
    {
        var path = Write("table.fits", Table);
        using var fits = FitsFile.Open(path);
        var table = fits["SPECOBJ"];
        Assert.Equal(["Z", "CLASS", "FLUX", "PLATE"], table.ColumnNames);
        Assert.Equal([0.5, 0.25], table.Column("z"));
        Assert.Equal(["GALAXY", "QSO"], table.TextColumn("CLASS"));
        Assert.Equal([1, 2, 3, 4], table.Column("FLUX"));
        Assert.Equal([32769, 32770], table.Column("PLATE")); // unsigned by TZERO
        Assert.Contains("PLATE", Assert.Throws<InputException>(() => table.Column("MJD")).Message, StringComparison.Ordinal);
        Assert.Contains("not a number", Assert.Throws<InputException>(() => table.Column("CLASS")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gzipped_file_is_read_alike()
    {
        var plain = Write("table.fits", Table);
        var zipped = Write("table.fits.gz", file =>
        {
            using var gzip = new GZipStream(file, CompressionLevel.Fastest);
            gzip.Write(File.ReadAllBytes(plain));
        });
        Assert.Equal(Column(plain, "FLUX"), Column(zipped, "FLUX"));
    }

    [Fact]
    public void What_is_not_FITS_or_not_whole_is_told()
    {
        Assert.Contains(
            "no file",
            Assert.Throws<InputException>(() => FitsFile.Open(_folder.File("none.fits"))).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "FITS",
            Assert
                .Throws<InputException>(() =>
                    FitsFile.Open(Write("text.fits", f => f.Write(Encoding.ASCII.GetBytes(new string('x', 3000)))))
                )
                .Message,
            StringComparison.Ordinal
        );
        var whole = File.ReadAllBytes(Write("whole.fits", Table));
        foreach (var length in new[] { 100, 2880 + 500, 2880 + 2880 + 10 })
        {
            var cut = Write($"cut{length}.fits", f => f.Write(whole.AsSpan(0, length)));
            Assert.Contains(cut, Assert.Throws<InputException>(() => Column(cut, "FLUX")).Message, StringComparison.Ordinal);
        }
        Assert.Contains(
            "no extension",
            Assert.Throws<InputException>(() => FitsFile.Open(Write("again.fits", Table))["COADD"]).Message,
            StringComparison.Ordinal
        );
    }

    private static void Table(Stream file)
    {
        FitsWriter.Image(file, primary: true, [], []);
        FitsWriter.Header(
            file,
            [
                FitsWriter.Card("XTENSION", "'BINTABLE'"),
                FitsWriter.Card("BITPIX", "8"),
                FitsWriter.Card("NAXIS", "2"),
                FitsWriter.Card("NAXIS1", "24"),
                FitsWriter.Card("NAXIS2", "2"),
                FitsWriter.Card("PCOUNT", "0"),
                FitsWriter.Card("GCOUNT", "1"),
                FitsWriter.Card("TFIELDS", "4"),
                FitsWriter.Card("EXTNAME", "'SPECOBJ '"),
                FitsWriter.Card("TTYPE1", "'Z       '"),
                FitsWriter.Card("TFORM1", "'D       '"),
                FitsWriter.Card("TTYPE2", "'CLASS   '"),
                FitsWriter.Card("TFORM2", "'6A      '"),
                FitsWriter.Card("TTYPE3", "'FLUX    '"),
                FitsWriter.Card("TFORM3", "'2E      '"),
                FitsWriter.Card("TTYPE4", "'PLATE   '"),
                FitsWriter.Card("TFORM4", "'I       '"),
                FitsWriter.Card("TZERO4", "32768"),
            ]
        );
        FitsWriter.Data(
            file,
            [
                0x3F,
                0xE0,
                0,
                0,
                0,
                0,
                0,
                0,
                .. "GALAXY"u8,
                0x3F,
                0x80,
                0,
                0,
                0x40,
                0,
                0,
                0,
                0,
                1,
                0x3F,
                0xD0,
                0,
                0,
                0,
                0,
                0,
                0,
                .. "QSO   "u8,
                0x40,
                0x40,
                0,
                0,
                0x40,
                0x80,
                0,
                0,
                0,
                2,
            ]
        );
    }

    private static double[] Column(string path, string name)
    {
        using var fits = FitsFile.Open(path);
        return fits["SPECOBJ"].Column(name);
    }

    private string Write(string name, Action<Stream> write)
    {
        var path = _folder.File(name);
        using (var file = File.Create(path))
        {
            write(file);
        }
        return path;
    }
}
