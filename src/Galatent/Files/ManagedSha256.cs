using System.Buffers.Binary;
using System.Numerics;

namespace Galatent.Files;

/// <summary>SHA-256 by its definition (FIPS 180-4, section 6.2), for machines without a library for it.</summary>
internal sealed class ManagedSha256
{
    private const int BlockSize = 64;

    // FIPS 180-4, section 4.2.2: the first 32 bits of the fractional parts of the cube roots of the first 64 primes.
    private static readonly uint[] RoundConstants =
    [
        0x428a2f98,
        0x71374491,
        0xb5c0fbcf,
        0xe9b5dba5,
        0x3956c25b,
        0x59f111f1,
        0x923f82a4,
        0xab1c5ed5,
        0xd807aa98,
        0x12835b01,
        0x243185be,
        0x550c7dc3,
        0x72be5d74,
        0x80deb1fe,
        0x9bdc06a7,
        0xc19bf174,
        0xe49b69c1,
        0xefbe4786,
        0x0fc19dc6,
        0x240ca1cc,
        0x2de92c6f,
        0x4a7484aa,
        0x5cb0a9dc,
        0x76f988da,
        0x983e5152,
        0xa831c66d,
        0xb00327c8,
        0xbf597fc7,
        0xc6e00bf3,
        0xd5a79147,
        0x06ca6351,
        0x14292967,
        0x27b70a85,
        0x2e1b2138,
        0x4d2c6dfc,
        0x53380d13,
        0x650a7354,
        0x766a0abb,
        0x81c2c92e,
        0x92722c85,
        0xa2bfe8a1,
        0xa81a664b,
        0xc24b8b70,
        0xc76c51a3,
        0xd192e819,
        0xd6990624,
        0xf40e3585,
        0x106aa070,
        0x19a4c116,
        0x1e376c08,
        0x2748774c,
        0x34b0bcb5,
        0x391c0cb3,
        0x4ed8aa4a,
        0x5b9cca4f,
        0x682e6ff3,
        0x748f82ee,
        0x78a5636f,
        0x84c87814,
        0x8cc70208,
        0x90befffa,
        0xa4506ceb,
        0xbef9a3f7,
        0xc67178f2,
    ];

    // Section 5.3.3: those of the square roots of the first eight primes.
    private readonly uint[] _state = [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19];

    private readonly uint[] _schedule = new uint[BlockSize];
    private readonly byte[] _rest = new byte[BlockSize];
    private long _length;

    /// <summary>Adds the next bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        var held = (int)(_length % BlockSize);
        _length += bytes.Length;
        if (held > 0)
        {
            var taken = Math.Min(BlockSize - held, bytes.Length);
            bytes[..taken].CopyTo(_rest.AsSpan(held));
            bytes = bytes[taken..];
            if (held + taken < BlockSize)
            {
                return;
            }
            Compress(_rest);
        }
        for (; bytes.Length >= BlockSize; bytes = bytes[BlockSize..])
        {
            Compress(bytes);
        }
        bytes.CopyTo(_rest);
    }

    /// <summary>The hash, 32 bytes; nothing can be added afterwards.</summary>
    public byte[] Finish()
    {
        // Section 5.1.1: a bit 1, zeros, and the length in bits.
        var bits = _length * 8;
        var zeros = (int)((119 - (_length % BlockSize)) % BlockSize);
        var padding = new byte[1 + zeros + sizeof(long)];
        padding[0] = 0x80;
        BinaryPrimitives.WriteInt64BigEndian(padding.AsSpan(1 + zeros), bits);
        Append(padding);
        var hash = new byte[Sha256Hash.Size];
        for (var i = 0; i < _state.Length; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(hash.AsSpan(4 * i), _state[i]);
        }
        return hash;
    }

    private void Compress(ReadOnlySpan<byte> block)
    {
        var w = _schedule;
        for (var t = 0; t < w.Length; t++)
        {
            w[t] =
                t < 16
                    ? BinaryPrimitives.ReadUInt32BigEndian(block[(4 * t)..])
                    : Small(w[t - 2], 17, 19, 10) + w[t - 7] + Small(w[t - 15], 7, 18, 3) + w[t - 16];
        }
        var (a, b, c, d) = (_state[0], _state[1], _state[2], _state[3]);
        var (e, f, g, h) = (_state[4], _state[5], _state[6], _state[7]);
        for (var t = 0; t < w.Length; t++)
        {
            var first = h + Large(e, 6, 11, 25) + ((e & f) ^ (~e & g)) + RoundConstants[t] + w[t];
            var second = Large(a, 2, 13, 22) + ((a & b) ^ (a & c) ^ (b & c));
            (h, g, f, e) = (g, f, e, d + first);
            (d, c, b, a) = (c, b, a, first + second);
        }
        uint[] sums = [a, b, c, d, e, f, g, h];
        for (var i = 0; i < sums.Length; i++)
        {
            _state[i] += sums[i];
        }
    }

    private static uint Large(uint x, int i, int j, int k) =>
        BitOperations.RotateRight(x, i) ^ BitOperations.RotateRight(x, j) ^ BitOperations.RotateRight(x, k);

    private static uint Small(uint x, int i, int j, int shift) =>
        BitOperations.RotateRight(x, i) ^ BitOperations.RotateRight(x, j) ^ (x >> shift);
}
