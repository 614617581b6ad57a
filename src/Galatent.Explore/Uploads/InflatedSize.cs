using System.IO.Compression;
using Galatent.Numerics;

namespace Galatent.Explore.Uploads;

/// <summary>Refuses a small file that would become a huge one.</summary>
internal static class InflatedSize
{
    /// <summary>Largest size of a gzipped file when it is unpacked.</summary>
    public const long MostBytes = 512L << 20;

    /// <summary>Unpacks a gzipped file to nothing, up to the limit.</summary>
    /// <exception cref="InputException">It is larger, or damaged.</exception>
    public static void Require(byte[] content, long mostBytes = MostBytes)
    {
        if (content is not [0x1f, 0x8b, ..])
        {
            return;
        }
        using var gzip = new GZipStream(new MemoryStream(content), CompressionMode.Decompress);
        var block = new byte[1 << 16];
        var total = 0L;
        try
        {
            for (int read; (read = gzip.Read(block)) > 0; )
            {
                total += read;
                if (total > mostBytes)
                {
                    throw new InputException(
                        $"The file is larger than {mostBytes >> 20} MB when it is unpacked; give a smaller part of it."
                    );
                }
            }
        }
        catch (InvalidDataException e)
        {
            throw new InputException("The file is gzipped and damaged; download it again.", e);
        }
    }
}
