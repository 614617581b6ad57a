using Galatent.Numerics;
using Galatent.Spectra;

namespace Galatent.Tests.Spectra;

/// <summary>A file of spectra that shrinks or changes while it is read.</summary>
public sealed class ChangedFileTests : IDisposable
{
    private const int Count = 40;
    private const int Pixels = 64;

    private readonly TemporaryFolder _folder = new();
    private readonly string _path;

    public ChangedFileTests()
    {
        _path = _folder.File("s.h5");
        Write(_path, 1);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_stream_of_a_file_that_shrinks_ends_in_a_sentence()
    {
        using var stream = SpectrumStream.Open(_path, _folder.Path);
        var flux = new float[Count * Pixels];
        stream.ReadFrom(0, flux);
        using (var file = new FileStream(_path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            file.SetLength(file.Length / 2);
        }
        Assert.Contains("ends inside its spectra", Message(() => stream.ReadFrom(0, flux)), StringComparison.Ordinal);
        // Rows that are still there are not those of a whole file either.
        Assert.Contains("has changed", Message(() => stream.Read([0], new float[Pixels])), StringComparison.Ordinal);
    }

    [Fact]
    public void A_stream_of_a_file_that_is_written_over_ends_in_a_sentence()
    {
        using var stream = SpectrumStream.Open(_path, _folder.Path);
        var row = new float[Pixels];
        stream.Read([3], row);
        using (var file = new FileStream(_path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            file.Position = file.Length - 4;
            file.Write([1, 2, 3, 4]);
        }
        File.SetLastWriteTimeUtc(_path, File.GetLastWriteTimeUtc(_path).AddSeconds(1));
        Assert.Contains("has changed", Message(() => stream.Read([3], row)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_another_takes_the_name_of_is_read_on()
    {
        using var stream = SpectrumStream.Open(_path, _folder.Path);
        var before = new float[Pixels];
        stream.Read([3], before);
        var other = _folder.File("other.h5");
        Write(other, 2);
        File.Move(other, _path, overwrite: true);
        var after = new float[Pixels];
        stream.Read([3], after);
        Assert.Equal(before, after);
    }

    private static string Message(Action action) => Assert.Throws<InputException>(action).Message;

    private static void Write(string path, float scale)
    {
        var grid = new WavelengthGrid([.. Enumerable.Range(0, Pixels).Select(i => 5000.0 + i)]);
        float[] flux = [.. Enumerable.Range(0, Count * Pixels).Select(i => scale * (1 + (0.01f * (i % 97))))];
        var provenance = new SpectrumProvenance("test", 1, "", 5000, 5500, "", "");
        SpectrumFile.Write(path, new SpectrumSet(grid, flux, [.. Enumerable.Repeat(1.0, Count)], [], provenance));
    }
}
