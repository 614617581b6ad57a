using System.Buffers.Binary;

namespace Galatent.Files.Fits;

/// <summary>The checksum of data (FITS standard 4.0, appendix J): the ones' complement sum of their big-endian 32-bit words.</summary>
internal static class FitsDataSum
{
    /// <summary>The sum of the bytes from one place to another; a last word that is cut counts with zeros.</summary>
    public static uint Of(FitsBytes file, long start, long end)
    {
        var buffer = new byte[1 << 16];
        ulong sum = 0;
        for (var at = start; at < end; at += buffer.Length)
        {
            var count = (int)Math.Min(buffer.Length, end - at);
            buffer.AsSpan(count).Clear();
            file.Read(at, buffer.AsSpan(0, count));
            for (var i = 0; i < count; i += 4)
            {
                sum += BinaryPrimitives.ReadUInt32BigEndian(buffer.AsSpan(i));
            }
        }
        while (sum >> 32 != 0)
        {
            sum = (sum & 0xFFFFFFFF) + (sum >> 32);
        }
        return (uint)sum;
    }
}
