using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Galatent.Numerics;

/// <summary>Philox4x32-10 (Salmon et al. 2011, SC'11, doi:10.1145/2063384.2063405): four random words for each counter.</summary>
internal static class Philox
{
    private const int Rounds = 10;
    private const uint Multiplier0 = 0xD2511F53;
    private const uint Multiplier1 = 0xCD9E8D57;
    private const uint Step0 = 0x9E3779B9;
    private const uint Step1 = 0xBB67AE85;
    private const int Lanes = 4;

    /// <summary>The four words of one counter, lowest first.</summary>
    /// <param name="counter">Lower half of the counter.</param>
    /// <param name="index">Upper half.</param>
    /// <param name="key">The key.</param>
    public static UInt128 Block(ulong counter, ulong index, ulong key)
    {
        var (c0, c1, c2, c3) = ((uint)counter, (uint)(counter >> 32), (uint)index, (uint)(index >> 32));
        var (k0, k1) = ((uint)key, (uint)(key >> 32));
        for (var round = 0; round < Rounds; round++)
        {
            var (p0, p1) = ((ulong)Multiplier0 * c0, (ulong)Multiplier1 * c2);
            (c0, c1, c2, c3) = ((uint)(p1 >> 32) ^ c1 ^ k0, (uint)p1, (uint)(p0 >> 32) ^ c3 ^ k1, (uint)p0);
            k0 += Step0;
            k1 += Step1;
        }
        return new UInt128(c2 | ((ulong)c3 << 32), c0 | ((ulong)c1 << 32));
    }

    /// <summary>The words of many counters, one after the other: the same as those of <see cref="Block"/>, four counters at once where the
    /// processor can (measured: 15 against 4 µs for a spectrum of 4582 pixels).</summary>
    /// <param name="counter">Lower half of the first counter.</param>
    /// <param name="index">Upper half of all.</param>
    /// <param name="key">The key.</param>
    /// <param name="words">Receives four words for each counter; a multiple of 16.</param>
    public static void Fill(ulong counter, ulong index, ulong key, Span<uint> words)
    {
        var pairs = MemoryMarshal.Cast<uint, ulong>(words);
        for (var i = 0; i < pairs.Length; i += 2 * Lanes, counter += Lanes)
        {
            if (Avx2.IsSupported)
            {
                Four(counter, index, key, pairs.Slice(i, 2 * Lanes));
                continue;
            }
            for (var lane = 0; lane < Lanes; lane++)
            {
                var block = Block(counter + (ulong)lane, index, key);
                (pairs[i + (2 * lane)], pairs[i + (2 * lane) + 1]) = ((ulong)block, (ulong)(block >> 64));
            }
        }
    }

    // Every word lies in the lower half of a lane. What is in the upper half does not matter, because the product reads lower halves only.
    private static void Four(ulong counter, ulong index, ulong key, Span<ulong> pairs)
    {
        var c0 = Vector256.Create(counter) + Vector256.Create(0UL, 1, 2, 3);
        var c1 = c0 >>> 32;
        var (c2, c3) = (Vector256.Create(index), Vector256.Create(index >> 32));
        var (k0, k1) = ((uint)key, (uint)(key >> 32));
        for (var round = 0; round < Rounds; round++)
        {
            var p0 = Avx2.Multiply(Vector256.Create((ulong)Multiplier0).AsUInt32(), c0.AsUInt32());
            var p1 = Avx2.Multiply(Vector256.Create((ulong)Multiplier1).AsUInt32(), c2.AsUInt32());
            (c0, c1, c2, c3) = ((p1 >>> 32) ^ c1 ^ Vector256.Create((ulong)k0), p1, (p0 >>> 32) ^ c3 ^ Vector256.Create((ulong)k1), p0);
            k0 += Step0;
            k1 += Step1;
        }
        var lower = Vector256.Create((ulong)uint.MaxValue);
        var (low, high) = ((c0 & lower) | (c1 << 32), (c2 & lower) | (c3 << 32));
        var (even, odd) = (Avx2.UnpackLow(low, high), Avx2.UnpackHigh(low, high));
        Avx2.Permute2x128(even, odd, 0x20).CopyTo(pairs);
        Avx2.Permute2x128(even, odd, 0x31).CopyTo(pairs[Lanes..]);
    }
}
