using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Galatent.Numerics;
using Microsoft.Win32.SafeHandles;
using PureHDF;
using PureHDF.Selections;

namespace Galatent.Files;

/// <summary>
/// Finds the place of a two-dimensional dataset (the fluxes: float32) whose numbers stand row after row, as plain little-endian values.
/// The HDF5 library does not tell the place. So two rows are read through it while we watch which bytes it takes from the file. Those
/// bytes must be the numbers that it returned.
/// </summary>
internal static class ContiguousRows
{
    // Bytes that a copy holds at a time: 64 MB, so that a chunk as tall as this is decoded once.
    private const int CopyBytes = 1 << 26;

    /// <summary>The file's byte at which the first row begins; null when the rows are not contiguous, or hold other numbers than
    /// <typeparamref name="T"/>.</summary>
    public static long? FirstByte<T>(string path, string dataset, int rows, int width)
        where T : unmanaged
    {
        var kind = typeof(T) == typeof(float) ? Hdf5Kind.Float : Hdf5Kind.Whole;
        using var watched = new WatchedFile(path);
        // A block of the user before the content moves all places.
        if (!watched.IsPlainHdf5)
        {
            return null;
        }
        return Hdf5.Guard(path, () =>
        {
            using var file = H5File.Open(watched, leaveOpen: true);
            var values = Hdf5.Dataset(file, path, dataset);
            var type = Hdf5Internals.TypeOf(values);
            if (
                !BitConverter.IsLittleEndian
                || values.Layout.Class != H5DataLayoutClass.Contiguous
                || Hdf5Internals.IsExternal(values)
                || !DeclaredMissing.Of(values, false, type).SaysNothing
                || type.Kind != kind
                || type.Size != Unsafe.SizeOf<T>()
                || (type.IsBigEndian && type.Size > 1)
            )
            {
                return default(long?);
            }
            return
                Place<T>(values, watched, 0, width) is { } first
                && Place<T>(values, watched, rows - 1, width) == first + ((rows - 1L) * width * Unsafe.SizeOf<T>())
                ? first
                : null;
        });
    }

    /// <summary>Copies the first rows, one after the other and without a header, to a file that has no name any more when this
    /// returns.</summary>
    /// <exception cref="InputException">The source is damaged, or the disk is full.</exception>
    public static SafeFileHandle Copy<T>(string path, string dataset, string folder, int rows, int width)
        where T : unmanaged => Hdf5.Open(path, file =>
        {
            var source = Hdf5.Dataset(file, path, dataset);
            var chunk = source.Layout.Class == H5DataLayoutClass.Chunked ? (int)source.Layout.Chunks[0] : 1;
            // Whole chunks at a time: a part of one costs as much as all of it.
            var block = Math.Max(1, CopyBytes / (width * Unsafe.SizeOf<T>()) / chunk) * chunk;
            try
            {
                var target = ScratchFile.Open(folder, dataset);
                for (var row = 0; row < rows; row += block)
                {
                    var count = Math.Min(block, rows - row);
                    var values =
                        typeof(T) == typeof(float)
                            ? (T[])(object)Hdf5Numbers.Singles(path, source, dataset, row, count)
                            : (T[])(object)Hdf5Numbers.Bytes(path, source, dataset, row, count);
                    RandomAccess.Write(target, MemoryMarshal.AsBytes(values.AsSpan()), (long)row * width * Unsafe.SizeOf<T>());
                }
                return target;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new InputException(
                    $"/{dataset} of '{path}' is not stored row by row, and its copy of "
                        + $"{(long)rows * width * Unsafe.SizeOf<T>() / 1e9:F1} GB in '{folder}' failed: {e.Message.TrimEnd('.')}; free "
                        + $"some space{(dataset == "flux" ? ", or set a MemoryLimit above the file's size" : "")}.",
                    e
                );
            }
        });

    private static long? Place<T>(IH5Dataset values, WatchedFile watched, int row, int width)
        where T : unmanaged
    {
        var expected = MemoryMarshal.AsBytes(values.Read<T[]>(Rows(row, 1, width)).AsSpan());
        return
            watched.LastCount == expected.Length && watched.BytesAt(watched.LastPosition, expected.Length).AsSpan().SequenceEqual(expected)
            ? watched.LastPosition
            : null;
    }

    private static HyperslabSelection Rows(int first, int count, int width) => new(2, [(ulong)first, 0], [(ulong)count, (ulong)width]);

    /// <summary>A file that remembers its last read.</summary>
    private sealed class WatchedFile(string path) : Stream
    {
        private readonly FileStream _file = File.OpenRead(path);

        public bool IsPlainHdf5 =>
            _file.Length >= Hdf5.Signature.Length && BytesAt(0, Hdf5.Signature.Length).AsSpan().SequenceEqual(Hdf5.Signature);

        public long LastPosition { get; private set; }

        public int LastCount { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => false;

        public override long Length => _file.Length;

        public override long Position
        {
            get => _file.Position;
            set => _file.Position = value;
        }

        public byte[] BytesAt(long position, int count)
        {
            var bytes = new byte[count];
            var before = _file.Position;
            _file.Position = position;
            _file.ReadExactly(bytes);
            _file.Position = before;
            return bytes;
        }

        public override int Read(Span<byte> buffer)
        {
            LastPosition = _file.Position;
            LastCount = _file.Read(buffer);
            return LastCount;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override long Seek(long offset, SeekOrigin origin) => _file.Seek(offset, origin);

        public override void Flush() { }

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            _file.Dispose();
            base.Dispose(disposing);
        }
    }
}
