using Galatent.Files;

namespace Galatent.Tests.Files;

/// <summary>Filters that a chunk was not sent through, and layouts of HDF5 that are seldom met: right numbers or a remark.</summary>
public sealed class MaskedChunkTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Layouts => [MaskedChunkFiles.Earliest, MaskedChunkFiles.Latest];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Every_mask_of_every_pipeline_gives_the_numbers_that_were_written(string content)
    {
        var path = _folder.File("masks.h5");
        H5pyFiles.Write(path, content);
        var file = ColumnFile.Read(path);
        string[] masked =
        [
            .. file.Names.Where(n => n.Contains('_', StringComparison.Ordinal) && !n.StartsWith("scaled", StringComparison.Ordinal)),
        ];
        Assert.Equal(32, masked.Length);
        double[] quarters = [.. Enumerable.Range(0, 20).Select(i => i / 4.0)];
        Assert.All(masked, name => Assert.Equal(quarters, file.Numbers(name)));
        Assert.All(Enumerable.Range(0, 20), i => Assert.Equal(i / 4.0, file.Numbers("scaled")[i], 0.005));
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"{i - 7}"), file.Classes("scaled_whole"));
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void What_is_not_read_is_named_and_short_lists_do_not_outvote_the_table(string content)
    {
        var path = _folder.File("masks.h5");
        H5pyFiles.Write(path, content);
        var file = ColumnFile.Read(path);
        Assert.Equal(20, file.Count);
        var remark = Assert.Single(file.Remarks);
        foreach (
            var named in new[]
            {
                "/odd_float holds floats of 4 bytes that are not IEEE 754",
                "/complex holds complex numbers, which are not read",
                "/nothing holds nothing",
                "/short/s0 has 3 rows where the others have 20",
            }
        )
        {
            Assert.Contains(named, remark, StringComparison.Ordinal);
        }
    }
}
