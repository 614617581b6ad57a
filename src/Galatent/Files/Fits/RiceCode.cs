using System.Numerics;

namespace Galatent.Files.Fits;

/// <summary>Rice's code for whole numbers, as FITS uses it (RICE_1): differences of neighbours, in blocks that share one number of plain
/// bits. White, R. L.; Pence et al. 2009, PASP 121, 414; FITS standard 4.0, section 10.4.1.</summary>
internal static class RiceCode
{
    /// <summary>Decodes a tile.</summary>
    /// <param name="code">The compressed bytes.</param>
    /// <param name="pixelBytes">Bytes of a pixel: 1, 2 or 4.</param>
    /// <param name="blockSize">Pixels of a block, usually 32.</param>
    /// <param name="pixels">What to fill: signed numbers, but unsigned ones for a pixel of one byte.</param>
    /// <exception cref="InvalidDataException">The code ends before the pixels do.</exception>
    public static void Decode(ReadOnlySpan<byte> code, int pixelBytes, int blockSize, Span<long> pixels)
    {
        var (countBits, rawAt) = pixelBytes switch
        {
            1 => (3, 6),
            2 => (4, 14),
            _ => (5, 25),
        };
        var rawBits = 8 * pixelBytes;
        var reader = new BitReader(code);
        var last = Wrapped(reader.Read(rawBits), pixelBytes);
        for (var start = 0; start < pixels.Length; start += blockSize)
        {
            var block = pixels[start..Math.Min(pixels.Length, start + blockSize)];
            var plain = (int)reader.Read(countBits) - 1;
            for (var i = 0; i < block.Length; i++)
            {
                var mapped =
                    plain < 0 ? 0
                    : plain == rawAt ? reader.Read(rawBits)
                    : ((ulong)reader.Zeros() << plain) | reader.Read(plain);
                // Even numbers are differences of 0 and more, odd ones of less than 0.
                var difference = (mapped & 1) == 0 ? (long)(mapped >> 1) : ~(long)(mapped >> 1);
                last = Wrapped((ulong)(last + difference), pixelBytes);
                block[i] = last;
            }
        }
    }

    private static long Wrapped(ulong bits, int pixelBytes) =>
        pixelBytes switch
        {
            1 => (byte)bits,
            2 => (short)bits,
            _ => (int)bits,
        };

    private ref struct BitReader(ReadOnlySpan<byte> bytes)
    {
        private readonly ReadOnlySpan<byte> _bytes = bytes;
        private int _next;
        private ulong _buffer;
        private int _bits;

        // At most 32 bits.
        public ulong Read(int count)
        {
            while (_bits < count)
            {
                Fill();
            }
            _bits -= count;
            return (_buffer >> _bits) & ((1UL << count) - 1);
        }

        public int Zeros()
        {
            var zeros = 0;
            while (true)
            {
                var rest = _buffer & ((1UL << _bits) - 1);
                if (rest != 0)
                {
                    var leading = BitOperations.LeadingZeroCount(rest) - (64 - _bits);
                    _bits -= leading + 1;
                    return zeros + leading;
                }
                zeros += _bits;
                _bits = 0;
                Fill();
            }
        }

        private void Fill()
        {
            if (_next == _bytes.Length)
            {
                throw new InvalidDataException("its code ends before its pixels");
            }
            _buffer = (_buffer << 8) | _bytes[_next++];
            _bits += 8;
        }
    }
}
