using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Galatent.Numerics;
using Microsoft.Win32.SafeHandles;

namespace Galatent.Files;

/// <summary>
/// Rows of a two-dimensional dataset that stay in their file. A row is one read at a computed place, so any order is as good as any other.
/// The rows must stand one after the other in the file. A dataset in chunks is copied once into a flat scratch file. The scratch file goes
/// when the process ends, however it ends.
/// </summary>
internal sealed class RowFile<T> : IDisposable
    where T : unmanaged
{
    private readonly string _path;
    private readonly int _count;
    private readonly int _width;
    private readonly long _firstByte;
    private readonly SafeFileHandle _scattered;
    private readonly SafeFileHandle _consecutive;
    private readonly UnchangedFile _source;

    private RowFile(string path, int count, int width, SafeFileHandle scattered, SafeFileHandle consecutive, long firstByte)
    {
        (_path, _count, _width, _scattered, _consecutive, _firstByte) = (path, count, width, scattered, consecutive, firstByte);
        _source = UnchangedFile.Of(path, scattered);
    }

    /// <summary>Opens a dataset.</summary>
    /// <param name="path">The HDF5 file.</param>
    /// <param name="dataset">Its name, of shape (rows, width).</param>
    /// <param name="scratchFolder">Where a flat copy may stand if it needs one.</param>
    /// <param name="rows">Rows that it has.</param>
    /// <param name="count">Rows that will be read.</param>
    /// <param name="width">Numbers per row.</param>
    /// <exception cref="InputException">Damaged; or no room for the copy.</exception>
    public static RowFile<T> Open(string path, string dataset, string scratchFolder, int rows, int count, int width)
    {
        if (ContiguousRows.FirstByte<T>(path, dataset, rows, width) is { } firstByte)
        {
            // The kernel reads ahead of consecutive blocks, and must not do so around scattered rows.
            return new RowFile<T>(
                path,
                count,
                width,
                File.OpenHandle(path, options: FileOptions.RandomAccess),
                File.OpenHandle(path, options: FileOptions.SequentialScan),
                firstByte
            );
        }
        var copy = ContiguousRows.Copy<T>(path, dataset, scratchFolder, count, width);
        return new RowFile<T>(path, count, width, copy, copy, 0);
    }

    /// <summary>Reads one row of many in any order, shape (width). Several threads may call at once.</summary>
    /// <exception cref="InputException">The file ends too early, or the disk fails.</exception>
    public void Read(int row, Span<T> values) => ReadBlock(_scattered, row, values);

    /// <summary>Reads consecutive rows, as many as there is room for. Several threads may call at once.</summary>
    /// <exception cref="InputException">The file ends too early, or the disk fails.</exception>
    public void ReadFrom(int first, Span<T> values) => ReadBlock(_consecutive, first, values);

    /// <summary>Makes sure that the rows are still those of the file that was opened; worth asking once for many rows.</summary>
    /// <exception cref="InputException">The file has changed.</exception>
    public void RequireUnchanged() => _source.Require(_scattered);

    /// <summary>Closes the file and removes the scratch copy.</summary>
    public void Dispose()
    {
        _consecutive.Dispose();
        _scattered.Dispose();
    }

    private void ReadBlock(SafeFileHandle file, int first, Span<T> values)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)first + (values.Length / _width), _count);
        var bytes = MemoryMarshal.AsBytes(values);
        var place = _firstByte + ((long)first * _width * Unsafe.SizeOf<T>());
        try
        {
            while (bytes.Length > 0)
            {
                var read = RandomAccess.Read(file, bytes, place);
                if (read == 0)
                {
                    throw new InputException(
                        $"'{_path}' ends inside its spectra, at byte {place}; it has changed or is damaged, make or download it again."
                    );
                }
                bytes = bytes[read..];
                place += read;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(
                $"Cannot read '{_path}' at byte {place}: {e.Message.TrimEnd('.')}; check the disk and run the same command again.",
                e
            );
        }
    }
}
