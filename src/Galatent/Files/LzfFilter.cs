using PureHDF.Filters;

namespace Galatent.Files;

/// <summary>
/// The LZF compression that h5py brings along (HDF5 filter 32000; format of Marc Lehmann's LibLZF 3): a control byte below 32 announces
/// that many literal bytes and one more; any other holds the length of a repetition (3 bits; 7 means that a further byte follows) and,
/// with the byte after, how far back it begins (13 bits). Reading only.
/// </summary>
internal sealed class LzfFilter : IH5Filter
{
    /// <summary>The number under which h5py registered it.</summary>
    public const ushort Number = 32000;

    /// <inheritdoc/>
    public ushort FilterId => Number;

    /// <inheritdoc/>
    public string Name => "lzf";

    /// <inheritdoc/>
    public Memory<byte> Filter(FilterInfo info)
    {
        ArgumentNullException.ThrowIfNull(info);
        return Decompress(info.Buffer.Span, info.ChunkSize);
    }

    /// <inheritdoc/>
    public uint[] GetParameters(uint[] chunkDimensions, uint typeSize, Dictionary<string, object>? options) =>
        throw new NotSupportedException("LZF is read, not written.");

    /// <summary>Decompresses exactly <paramref name="size"/> bytes.</summary>
    /// <exception cref="InvalidDataException">The bytes are no LZF stream of that size.</exception>
    public static byte[] Decompress(ReadOnlySpan<byte> source, int size)
    {
        var target = new byte[size];
        var to = 0;
        var from = 0;
        while (from < source.Length)
        {
            int control = source[from++];
            if (control < 32)
            {
                var literals = control + 1;
                Require(from + literals <= source.Length && to + literals <= size);
                source.Slice(from, literals).CopyTo(target.AsSpan(to));
                from += literals;
                to += literals;
                continue;
            }
            var length = control >> 5;
            if (length == 7)
            {
                Require(from < source.Length);
                length += source[from++];
            }
            length += 2;
            Require(from < source.Length && to + length <= size);
            var back = to - (((control & 31) << 8) | source[from++]) - 1;
            Require(back >= 0);
            // A repetition may overlap itself: byte after byte.
            for (var i = 0; i < length; i++)
            {
                target[to++] = target[back++];
            }
        }
        Require(to == size);
        return target;
    }

    private static void Require(bool isSound)
    {
        if (!isSound)
        {
            throw new InvalidDataException("a chunk is no LZF stream of the stated size");
        }
    }
}
