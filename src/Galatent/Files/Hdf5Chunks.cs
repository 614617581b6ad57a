using PureHDF;
using PureHDF.Filters;
using PureHDF.VOL.Native;

namespace Galatent.Files;

/// <summary>
/// Reads datasets in chunks as HDF5 means them. Each chunk has a mask: bit j is set where filter j (from 0, in the order of writing) was
/// left out for it. PureHDF 2.2.0 looks at bit j + 1 instead, and gave wrong numbers for chunks that a filter had left out.
/// </summary>
internal sealed class Hdf5Chunks : IReadingChunkCache
{
    // Filter j moves to place j + 31. PureHDF then shifts the mask by 32 + j. A shift of 32 bits counts modulo 32, so it sees bit j.
    private const int PlacesBefore = 31;

    private readonly SimpleReadingChunkCache _chunks = new();
    private readonly string _name;
    private readonly long _bytes;

    private Hdf5Chunks(string name, long bytes)
    {
        _name = name;
        _bytes = bytes;
    }

    /// <summary>Reads a dataset, or a part of it.</summary>
    /// <typeparam name="T">What PureHDF makes of it; an array of bytes gets them as they stand in the file.</typeparam>
    /// <param name="dataset">The dataset.</param>
    /// <param name="name">Its name.</param>
    /// <param name="part">Which part; null for all.</param>
    public static T Read<T>(IH5Dataset dataset, string name, PureHDF.Selections.Selection? part = null)
    {
        if (dataset.Layout.Class != H5DataLayoutClass.Chunked || Hdf5Internals.Filters(dataset).Count == 0)
        {
            return dataset.Read<T>(part);
        }
        Hdf5Internals.PutFiltersBefore(dataset, IdleFilter.Number, PlacesBefore);
        var bytes = dataset.Layout.Chunks.Aggregate((long)Hdf5Internals.TypeOf(dataset).Size, (all, n) => checked(all * (long)n));
        return ((NativeDataset)dataset).Read<T>(new H5DatasetAccess { ChunkCache = new Hdf5Chunks(name, bytes) }, part);
    }

    /// <inheritdoc/>
    public Memory<byte> GetChunk(ulong chunkIndex, Func<Memory<byte>> chunkReader) =>
        _chunks.GetChunk(chunkIndex, () => Checked(chunkIndex, chunkReader()));

    // Where no filter ran, or only the checksum, PureHDF hands out a borrowed buffer, which the next chunk would overwrite.
    private byte[] Checked(ulong chunkIndex, Memory<byte> chunk) =>
        chunk.Length == _bytes
            ? chunk.ToArray()
            : throw new InvalidDataException($"chunk {chunkIndex} of /{_name} gives {chunk.Length} bytes where {_bytes} are due");
}

/// <summary>A filter that changes nothing; see <see cref="Hdf5Chunks"/>.</summary>
internal sealed class IdleFilter : IH5Filter
{
    /// <summary>A number of the range that HDF5 leaves to tests.</summary>
    public const ushort Number = 511;

    /// <inheritdoc/>
    public ushort FilterId => Number;

    /// <inheritdoc/>
    public string Name => "idle";

    /// <inheritdoc/>
    public Memory<byte> Filter(FilterInfo info)
    {
        ArgumentNullException.ThrowIfNull(info);
        return info.Buffer;
    }

    /// <inheritdoc/>
    public uint[] GetParameters(uint[] chunkDimensions, uint typeSize, Dictionary<string, object>? options) => [];
}
