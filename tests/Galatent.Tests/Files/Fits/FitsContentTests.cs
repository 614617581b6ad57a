using System.IO.Compression;
using Galatent.Files.Fits;
using Galatent.Numerics;

namespace Galatent.Tests.Files.Fits;

/// <summary>Containers, headers and compressed images.</summary>
public sealed class FitsContentTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(new byte[] { 0x1F, 0x9D, 0x90 }, "uncompress")]
    [InlineData(new byte[] { 0x42, 0x5A, 0x68, 0x39 }, "bunzip2")]
    [InlineData(new byte[] { 0x50, 0x4B, 3, 4 }, "unzip")]
    [InlineData(new byte[] { 0xFD, 0x37, 0x7A, 0x58, 0x5A, 0 }, "unxz")]
    [InlineData(new byte[] { 0x28, 0xB5, 0x2F, 0xFD }, "unzstd")]
    [InlineData(new byte[] { 0x3C, 0x68, 0x74, 0x6D, 0x6C }, "begins with '<html'")]
    [InlineData(new byte[] { }, "is empty")]
    [InlineData(new byte[] { 0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0, 1 }, "gzipped")]
    public void Other_contents_are_named(byte[] content, string named)
    {
        var path = _folder.File("x.fits");
        File.WriteAllBytes(path, content);
        Assert.Contains(named, Assert.Throws<InputException>(() => FitsFile.Open(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_large_gzipped_file_goes_through_a_scratch_file_that_is_removed()
    {
        var path = _folder.File("large.fits");
        var values = new double[5_000_000];
        values[^1] = 7;
        using (var file = File.Create(path))
        using (var gzip = new GZipStream(file, CompressionLevel.Fastest))
        {
            FitsWriter.Image(gzip, primary: true, [values.Length], values);
        }
        using (var fits = FitsFile.Open(path))
        {
            Assert.Equal(7, fits.Units[0].Rows(values.Length - 1, 1)[0]);
        }
        Assert.Equal([path], Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void Headers_are_read_as_they_are_written_everywhere()
    {
        var path = _folder.File("header.fits");
        using (var file = File.Create(path))
        {
            FitsTables.Primary(
                file,
                "EXPTIME = 1.5D+03",
                "z       =+1. / lower case",
                "QUOTED  = '  0.25  '",
                "NOBLANK ='x'",
                "HIERARCH ESO TEL AIRM = 1.2",
                "LONG    = 'first &'",
                "CONTINUE  'second&'",
                "CONTINUE  ' third' / remark",
                "EXPTIME = 99",
                "FLAG    = T",
                "ODD     = 'caf\u00e9\u0001'",
                "COMMENT = 5"
            );
        }
        using var fits = FitsFile.Open(path);
        var header = fits.Units[0].Header;
        Assert.Equal(1500, header.Number("EXPTIME"));
        Assert.Equal(1, header.Number("Z"));
        Assert.Equal(0.25, header.Number("QUOTED"));
        Assert.Equal("x", header.Text("NOBLANK"));
        Assert.Equal(1.2, header.Number("ESO TEL AIRM"));
        Assert.Equal("first second third", header.Text("LONG"));
        Assert.True(header.IsTrue("FLAG"));
        Assert.False(header.Has("COMMENT"));
    }

    // astropy 5.2 wrote the file: five rows of unsigned numbers by three codes, tiles that do not divide the axes, a cube, and floats
    // without loss; then floats with loss and another code.
    [Fact]
    public void Compressed_images_are_those_that_astropy_compressed()
    {
        using var fits = FitsFile.Open(
            Path.Combine(SharedData.RepositoryRoot, "tests", "Galatent.Tests", "Files", "Fits", "tiles.fits.gz")
        );
        foreach (var code in new[] { "GZIP_1", "GZIP_2", "RICE_1" })
        {
            var pixels = fits[$"U32_{code}"].WholeRows(0, 5);
            Assert.Equal(2147508295, pixels.Sum());
            Assert.Equal([0, 1, 0, 256, 256, 2147483653, 0, 256], pixels[140..148]);
            Assert.Equal(pixels[140..280], fits[$"U32_{code}"].WholeRows(2, 2));
        }
        foreach (var code in new[] { "GZIP_2", "RICE_1" })
        {
            var pixels = fits[$"I16_{code}"].Image();
            Assert.Equal(-40176, pixels.Sum());
            Assert.Equal([-2850, 2483, -2065, 1638, 2512], pixels[^5..]);
            Assert.Equal(pixels[33..99], fits[$"I16_{code}"].Rows(1, 2));
        }
        Assert.Equal(10318, fits["U8_RICE_1"].Image().Sum());
        Assert.Equal([66, 26, 80, 147, 226], fits["U8_RICE_1"].Image()[^5..]);
        Assert.Equal(Enumerable.Range(0, 102).Select(i => (double)i * i), fits["CUBE_RICE_1"].Image());
        Assert.Equal(-8.432161767035723, fits["F32_GZIP_1"].Image().Sum(), 1e-9);
        Assert.Contains("rounded", Assert.Throws<InputException>(() => fits["QUANT"].Image()).Message, StringComparison.Ordinal);
        Assert.Contains("HCOMPRESS_1", Assert.Throws<InputException>(() => fits["HCOMP"].Image()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_byte_is_seen_by_the_checksum()
    {
        var path = _folder.File("sum.fits");
        // Big-endian words of 1.0 are 3FF00000 and 0.
        using (var file = File.Create(path))
        {
            FitsWriter.Image(file, primary: true, [2], [1, 1], FitsWriter.Card("DATASUM", $"'{2 * 0x3FF00000L}'"));
        }
        using (var fits = FitsFile.Open(path))
        {
            Assert.Null(fits.Units[0].CheckDataSum());
        }
        var bytes = File.ReadAllBytes(path);
        bytes[2880 + 5] = 1;
        File.WriteAllBytes(path, bytes);
        using var changed = FitsFile.Open(path);
        Assert.Contains("DATASUM", changed.Units[0].CheckDataSum(), StringComparison.Ordinal);
    }
}
