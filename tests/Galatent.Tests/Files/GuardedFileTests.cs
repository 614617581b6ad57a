using Galatent.Files;

namespace Galatent.Tests.Files;

public sealed class GuardedFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // A parser that goes on after half a read would read what stood in its buffer before.
    [Fact]
    public void A_read_beyond_the_end_is_an_error_and_not_half_a_read()
    {
        var path = _folder.File("short.bin");
        File.WriteAllBytes(path, [.. Enumerable.Range(0, 100).Select(i => (byte)i)]);
        using var file = new GuardedFile(path, CancellationToken.None);
        var buffer = new byte[60];
        Assert.Equal(60, file.Read(buffer));
        Assert.Equal(Enumerable.Range(0, 60).Select(i => (byte)i), buffer);
        Assert.Throws<EndOfStreamException>(() => file.Read(buffer));
        file.Position = 40;
        Assert.Equal(60, file.Read(buffer));
        Assert.Equal(99, buffer[^1]);
    }
}
