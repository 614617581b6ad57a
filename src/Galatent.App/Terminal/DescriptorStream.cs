using System.Runtime.InteropServices;

namespace Galatent.App.Terminal;

/// <summary>Writes to an open file descriptor at its own position, so that two streams can share one file.</summary>
/// <param name="descriptor">The descriptor's number, or <see cref="Closed"/>.</param>
/// <param name="throws">Whether a failure ends the command. Otherwise the output is dropped.</param>
internal sealed partial class DescriptorStream(int descriptor, bool throws) : Stream
{
    /// <summary>Means a stream that was already closed when the program started.</summary>
    public const int Closed = -1;

    // sysexits.h, EX_IOERR; and 128 + SIGPIPE, which the shell reports for programs ended by that signal.
    private const int InputOutputError = 74;
    private const int BrokenPipe = 141;

    // errno(3). EAGAIN has another number on macOS.
    private const int Interrupted = 4;
    private const int NoReader = 32;
    private static readonly int[] Again = [11, 35];

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (descriptor == Closed)
        {
            Fail("it is closed", InputOutputError);
            return;
        }
        while (buffer.Length > 0)
        {
            var written = (int)WriteTo(descriptor, ref MemoryMarshal.GetReference(buffer), buffer.Length);
            if (written >= 0)
            {
                buffer = buffer[written..];
                continue;
            }
            var error = Marshal.GetLastPInvokeError();
            if (Again.Contains(error))
            {
                // The descriptor was set to non-blocking by another program, so the write must be repeated.
                Thread.Sleep(1);
            }
            else if (error != Interrupted)
            {
                Fail(
                    error == NoReader ? "its reader has gone" : Marshal.GetPInvokeErrorMessage(error).TrimEnd('.'),
                    error == NoReader ? BrokenPipe : InputOutputError
                );
                return;
            }
        }
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush() { }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    private void Fail(string reason, int exitCode)
    {
        if (throws)
        {
            throw new LostOutputException($"standard output cannot be written: {reason}.", exitCode);
        }
    }

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint WriteTo(int descriptor, ref byte bytes, nint count);
}
