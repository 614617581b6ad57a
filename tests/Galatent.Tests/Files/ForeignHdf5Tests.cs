using System.Globalization;
using Galatent.Files;
using Galatent.Numerics;

namespace Galatent.Tests.Files;

/// <summary>What h5py, astropy, netCDF and MATLAB write; expected values are those that h5py was given.</summary>
public sealed class ForeignHdf5Tests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"galatent-h5py-{Guid.NewGuid():N}.h5");

    public void Dispose() => File.Delete(_path);

    public static TheoryData<string> Layouts => [H5pyFiles.Earliest, H5pyFiles.Latest];

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Every_width_order_layout_and_filter_gives_the_numbers_that_were_written(string content)
    {
        H5pyFiles.Write(_path, content);
        var file = ColumnFile.Read(_path);
        var quarters = Enumerable.Range(0, 20).Select(i => i / 4.0).ToArray();
        foreach (var name in new[] { "quarter", "big_double", "half", "gzip", "column", "row" })
        {
            Assert.Equal(quarters, file.Numbers(name));
        }
        Assert.Equal(Enumerable.Range(0, 20).Select(i => i - 10.0), file.Numbers("big_short"));
        Assert.Equal(Enumerable.Range(0, 20).Select(i => i % 2 == 0 ? 1.0 : 0), file.Numbers("yes"));
        Assert.Equal(Enumerable.Range(0, 20).Select(i => i % 3 * 7.0), file.Numbers("kind"));
        Assert.Equal(Enumerable.Range(0, 20).Select(i => (double)(i / 4)), file.Numbers("lzf"));
        Assert.Equal(Enumerable.Range(0, 20).Select(i => i < 5 ? 1.0 : -1.5), file.Numbers("unwritten"));
        Assert.Equal(Enumerable.Range(0, 20).Select(i => i % 2 == 0 ? "a" : "bb"), file.Classes("fixed"));
        Assert.Equal(Enumerable.Range(0, 20).Select(i => i % 2 == 0 ? "zwei" : "eins"), file.Classes("variable"));
    }

    // PureHDF 2.2.0 gives all floats of a chunk of the second kind the same value.
    [Fact]
    public void Floats_by_scale_offset_are_read_with_a_fill_value_and_named_without()
    {
        H5pyFiles.Write(_path, H5pyFiles.ScaleOffset);
        var file = ColumnFile.Read(_path);
        Assert.Equal(Enumerable.Range(0, 20).Select(i => i / 4.0), file.Numbers("defined").Select(x => Math.Round(x, 6)));
        Assert.Equal(["defined", "x"], file.Names.Order(StringComparer.Ordinal));
        Assert.Contains(file.Remarks, r => r.Contains("undefined", StringComparison.Ordinal) && r.Contains("scale-offset"));
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Whole_numbers_of_64_bits_keep_their_digits(string content)
    {
        H5pyFiles.Write(_path, content);
        var file = ColumnFile.Read(_path);
        string[] Expected(Func<int, object> value) =>
            [.. Enumerable.Range(0, 20).Select(i => string.Create(CultureInfo.InvariantCulture, $"{value(i)}"))];
        Assert.Equal(Expected(i => (1L << 62) + i), file.Classes("id"));
        Assert.Equal(Expected(i => (1UL << 63) + (ulong)i), file.Classes("unsigned"));
        Assert.Equal(Expected(i => (1L << 60) + i), file.Classes("number"));
        // Chunks that LZF cannot shrink stand in the file as they are, shuffled all the same.
        Assert.Equal(Expected(i => unchecked((ulong)i * 0x9E3779B97F4A7C15) >> 1), file.Classes("lzf_noise"));
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Fields_of_records_are_columns_and_what_the_file_declares_missing_is_missing(string content)
    {
        H5pyFiles.Write(_path, content);
        var file = ColumnFile.Read(_path);
        Assert.Equal(Enumerable.Range(0, 20).Select(i => i == 3 ? double.NaN : i / 4.0), file.Numbers("mass"));
        Assert.Equal(Enumerable.Range(0, 20).Select(i => (double)i), file.Numbers("pair_1"));
        Assert.Equal(Enumerable.Range(0, 20).Select(i => i % 2 == 0 ? "bulge" : "disk"), file.Classes("label"));
        Assert.Equal(Enumerable.Range(0, 20).Select(i => i == 5 ? double.NaN : i / 4.0), file.Numbers("filled"));
        var packed = file.Numbers("packed");
        Assert.All(Enumerable.Range(0, 20), i => Assert.Equal(i == 7 ? double.NaN : i + 5.0, packed[i], 1e-12));
        Assert.Contains(file.Remarks, r => r.Contains("'mass': 1 of 20 values are masked", StringComparison.Ordinal));
        Assert.Contains(file.Remarks, r => r.Contains("'filled': 1 of 20", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Links_in_circles_end_and_what_is_left_out_is_named(string content)
    {
        H5pyFiles.Write(_path, content);
        var file = ColumnFile.Read(_path);
        Assert.DoesNotContain(file.Names, n => n.StartsWith("group", StringComparison.Ordinal));
        var remark = Assert.Single(file.Remarks, r => r.Contains("left out", StringComparison.Ordinal));
        Assert.Contains("/cube has 3 dimensions", remark, StringComparison.Ordinal);
        foreach (
            var (name, reason) in new[]
            {
                ("sequence", "sequences of variable length"),
                ("long_double", "16 bytes"),
                ("other_file", "link to another file"),
                ("dead", "to nothing"),
                ("left", "not followed"),
                ("scalar", "single value"),
            }
        )
        {
            var message = Assert.Throws<InputException>(() => ColumnFile.Read(_path, [name, "quarter"])).Message;
            Assert.Contains($"/{name} ", message, StringComparison.Ordinal);
            Assert.Contains(reason, message, StringComparison.Ordinal);
            Assert.DoesNotContain("damaged", message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Only_what_is_wanted_is_read()
    {
        H5pyFiles.Write(_path, H5pyFiles.Earliest);
        var file = ColumnFile.Read(_path, ["mass", "gzip"]);
        Assert.Equal(["gzip", "mass"], file.Names.Order(StringComparer.Ordinal));
        Assert.Contains("it has", Assert.Throws<InputException>(() => file.Numbers("absent")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_block_of_the_user_before_the_content_is_passed_over()
    {
        H5pyFiles.Write(_path, H5pyFiles.UserBlock);
        var file = ColumnFile.Read(_path);
        Assert.Equal(Enumerable.Range(0, 20).Select(i => i / 4.0), file.Numbers("quarter"));
        Assert.Equal(Enumerable.Range(0, 20).Select(i => (double)i), file.Numbers("g/x"));
    }

    [Fact]
    public void Reading_ends_when_it_is_told_to()
    {
        H5pyFiles.Write(_path, H5pyFiles.Earliest);
        Assert.Throws<OperationCanceledException>(() => ColumnFile.ReadInterruptibly(_path, null, new CancellationToken(true)));
    }

    [Theory]
    // 3 literals, then 9 bytes from 3 back.
    [InlineData(new byte[] { 2, 1, 2, 3, 0xE0, 0, 2 }, new byte[] { 1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3 })]
    [InlineData(new byte[] { 0, 7, 0x20, 0 }, new byte[] { 7, 7, 7, 7 })] // a repetition that overlaps itself
    public void Lzf_follows_its_description(byte[] packed, byte[] expected)
    {
        Assert.Equal(expected, LzfFilter.Decompress(packed, expected.Length));
        Assert.Throws<InvalidDataException>(() => LzfFilter.Decompress(packed, expected.Length + 1));
        Assert.Throws<InvalidDataException>(() => LzfFilter.Decompress(packed.AsSpan(0, packed.Length - 1), expected.Length));
        Assert.Throws<InvalidDataException>(() => LzfFilter.Decompress([0x20, 5], 3));
    }
}
