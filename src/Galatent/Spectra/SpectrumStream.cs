using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Galatent.Numerics;
using Microsoft.Win32.SafeHandles;

namespace Galatent.Spectra;

/// <summary>
/// Spectra that stay in their file. A row is one read at a computed place (18 kB for the study's grid: 4 µs from the page cache, 0.1 ms from a solid-state disk), so any
/// order is as good as any other and memory does not grow with their number. This needs the rows one after the other in the file, as this program writes them; a file in
/// chunks or compressed is copied once into a flat scratch file, which goes when the process ends, however it ends.
/// </summary>
public sealed class SpectrumStream : ISpectrumSource, IDisposable
{
    private readonly string _path;
    private readonly long _firstByte;
    private readonly SafeFileHandle _scattered, _consecutive;
    private readonly Lazy<IReadOnlyList<ParameterColumn>> _parameters;

    private SpectrumStream(string path, WavelengthGrid grid, int count, SpectrumProvenance provenance, SafeFileHandle scattered, SafeFileHandle consecutive, long firstByte)
    {
        (_path, Grid, Count, Provenance, _scattered, _consecutive, _firstByte) = (path, grid, count, provenance, scattered, consecutive, firstByte);
        _parameters = new(() => SpectrumFile.ReadParameters(path, count));
    }

    /// <inheritdoc/>
    public WavelengthGrid Grid { get; }

    /// <inheritdoc/>
    public int Count { get; }

    /// <inheritdoc/>
    public IReadOnlyList<ParameterColumn> Parameters => _parameters.Value;

    /// <inheritdoc/>
    public SpectrumProvenance Provenance { get; }

    /// <inheritdoc/>
    public bool IsStreamed => true;

    private long RowBytes => (long)Grid.Count * sizeof(float);

    /// <summary>Opens a dataset file.</summary>
    /// <param name="path">The HDF5 file.</param>
    /// <param name="scratchFolder">Where a flat copy may stand if the file needs one.</param>
    /// <param name="maximumCount">At most this many spectra.</param>
    /// <exception cref="InputException">Missing, damaged, or not of this layout; or no room for the copy.</exception>
    public static SpectrumStream Open(string path, string scratchFolder, int maximumCount = int.MaxValue)
    {
        var (grid, rows, provenance) = SpectrumFile.ReadHeader(path);
        var count = Math.Min(rows, maximumCount);
        if (ContiguousRows.FirstByte(path, rows, grid.Count) is { } firstByte)
        {
            // The kernel reads ahead of consecutive blocks, and must not do so around scattered rows.
            return new SpectrumStream(path, grid, count, provenance, File.OpenHandle(path, options: FileOptions.RandomAccess), File.OpenHandle(path, options: FileOptions.SequentialScan), firstByte);
        }
        var copy = ContiguousRows.Copy(path, scratchFolder, count, grid.Count);
        return new SpectrumStream(path, grid, count, provenance, copy, copy, 0);
    }

    /// <inheritdoc/>
    /// <exception cref="InputException">The file ends too early, the disk fails, or a flux is not finite.</exception>
    public void Read(ReadOnlySpan<int> rows, Span<float> flux)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            var row = flux.Slice(i * Grid.Count, Grid.Count);
            ReadBlock(_scattered, rows[i], row);
            RequireFinite(rows[i], row);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="InputException">The file ends too early, the disk fails, or a flux is not finite.</exception>
    public void ReadFrom(int first, Span<float> flux)
    {
        ReadBlock(_consecutive, first, flux);
        for (var i = 0; i * Grid.Count < flux.Length; i++)
        {
            RequireFinite(first + i, flux.Slice(i * Grid.Count, Grid.Count));
        }
    }

    /// <summary>Closes the file and removes the scratch copy.</summary>
    public void Dispose()
    {
        _consecutive.Dispose();
        _scattered.Dispose();
    }

    private void ReadBlock(SafeFileHandle file, int first, Span<float> flux)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)first + (flux.Length / Grid.Count), Count);
        var bytes = MemoryMarshal.AsBytes(flux);
        var place = _firstByte + (first * RowBytes);
        try
        {
            while (bytes.Length > 0)
            {
                var read = RandomAccess.Read(file, bytes, place);
                if (read == 0)
                {
                    throw new InputException($"'{_path}' ends inside its spectra, at byte {place}; it has changed or is damaged, make or download it again.");
                }
                bytes = bytes[read..];
                place += read;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"Cannot read '{_path}' at byte {place}: {e.Message.TrimEnd('.')}; check the disk and run the same command again.", e);
        }
    }

    private void RequireFinite(int row, ReadOnlySpan<float> flux)
    {
        // NaN and infinity survive addition, so one sum finds any of them.
        if (!float.IsFinite(TensorPrimitives.Sum(flux)))
        {
            SpectrumFile.RequireFinite(_path, flux, flux.Length, row);
        }
    }
}
