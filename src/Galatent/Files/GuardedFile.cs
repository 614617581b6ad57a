namespace Galatent.Files;

/// <summary>
/// A file as a parser sees it, with three guards. A signal ends the reading. Links that lead to themselves end before the stack is full. A
/// damaged index that leads round in circles ends after more reads than any sound file needs.
/// </summary>
internal sealed class GuardedFile : Stream
{
    // A sound file costs less than one read for each of its bytes; the index of a small one is read over and over.
    private const long LeastReads = 1_000_000;
    private const long ReadsPerByte = 16;

    // Groups 64 deep take 100 kB of stack; links that lead to each other would take all of it, and end the process.
    private const long MostStackBytes = 400_000;

    // A block of the user (MATLAB's 512 bytes) stands before the content of old files, and the places in it count from its end.
    private readonly FileStream _file;
    private readonly long _start;
    private readonly (long First, long End) _zeroed;
    private readonly CancellationToken _cancellation;
    private readonly long _stack;
    private long _readsLeft;

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <param name="guardsStack">Whether one thread reads, whose stack tells of links in circles.</param>
    public GuardedFile(string path, CancellationToken cancellation, bool guardsStack = true)
    {
        _file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1 << 14, FileOptions.RandomAccess);
        _cancellation = cancellation;
        _stack = guardsStack ? StackAddress() : 0;
        (_start, _zeroed) = UserBlock();
        _file.Position = _start;
        _readsLeft = LeastReads + (ReadsPerByte * _file.Length);
    }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => true;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => _file.Length - _start;

    /// <inheritdoc/>
    public override long Position
    {
        get => _file.Position - _start;
        set => _file.Position = checked(value + _start);
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        _cancellation.ThrowIfCancellationRequested();
        if (_stack != 0 && Math.Abs(StackAddress() - _stack) > MostStackBytes)
        {
            throw new InvalidDataException("its links lead round in circles");
        }
        if (--_readsLeft < 0)
        {
            throw new InvalidDataException("its index leads round in circles");
        }
        var at = _file.Position;
        // PureHDF 2.2.0 goes on after a read that the end of the file cut short, with whatever stood in its buffer before. A damaged file
        // of 7 kB then asked for another amount of memory in every run, up to 1 GB.
        var count = _file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: true);
        for (var i = Math.Max(at, _zeroed.First); i < Math.Min(at + count, _zeroed.End); i++)
        {
            buffer[(int)(i - at)] = 0;
        }
        return count;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) =>
        Position = origin switch
        {
            SeekOrigin.Begin => offset,
            SeekOrigin.Current => checked(Position + offset),
            _ => checked(Length + offset),
        };

    /// <inheritdoc/>
    public override void Flush() { }

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _file.Dispose();
        base.Dispose(disposing);
    }

    private static unsafe long StackAddress()
    {
        var here = 0;
        return (long)&here;
    }

    // PureHDF 2.2.0 adds the length of the block to some places and not to others (superblock versions 0 and 1). Without the block, and
    // with 0 for the base address of the superblock, there is nothing to add. Later versions keep the sum of their superblock.
    private (long Start, (long First, long End) Zeroed) UserBlock()
    {
        var start = Hdf5.ContentStart(_file) ?? 0;
        if (start == 0)
        {
            return (0, (0, 0));
        }
        Span<byte> head = stackalloc byte[14];
        _file.Position = start;
        _file.ReadExactly(head);
        var version = head[8];
        var base0 = start + (version == 0 ? 24 : 28);
        if (version > 1 && start > 512)
        {
            throw new NotSupportedException($"a user block of {start} bytes before a superblock of version {version}");
        }
        return version <= 1 ? (start, (base0, base0 + head[13])) : (0, (0, 0));
    }
}
