using System.Buffers.Binary;
using System.Text;
using System.Text.RegularExpressions;
using Galatent.Numerics;

namespace Galatent.Benchmarks;

/// <summary>One to three seeded changes of a file: flipped bits, a cut, inserted or removed bytes, exchanged blocks, numbers replaced by
/// extremes.</summary>
internal static partial class Mutation
{
    private static readonly string[] ExtremeTexts =
    [
        "-1",
        "0",
        "1e999",
        "-1e308",
        "NaN",
        "",
        "null",
        "99999999999999999999",
        "2147483648",
        "1,5",
        "0x10",
        "\"",
        "{",
        "[]",
        "1e-320",
    ];

    private static readonly ulong[] Extremes =
    [
        0,
        1,
        ulong.MaxValue,
        0x7FFFFFFFFFFFFFFF,
        0x80000000,
        0x7FFFFFFF,
        0x7FF0000000000000,
        0x7FF8000000000000,
        0xFFFF,
        0x10000,
        1UL << 40,
    ];

    /// <summary>A changed copy; the same for the same stream.</summary>
    public static byte[] Of(byte[] valid, bool isText, ref RandomStream random)
    {
        var bytes = valid;
        for (var changes = 1 + random.NextInt(3); changes > 0; changes--)
        {
            bytes = Once(bytes, isText, ref random);
        }
        return bytes;
    }

    private static byte[] Once(byte[] bytes, bool isText, ref RandomStream random)
    {
        if (bytes.Length < 2)
        {
            return bytes;
        }
        var at = random.NextInt(bytes.Length);
        // The first bytes of a file say most about it.
        at = random.NextInt(3) == 0 ? Math.Min(at, random.NextInt(Math.Min(bytes.Length, 1000))) : at;
        switch (random.NextInt(7))
        {
            case 0:
                var flipped = (byte[])bytes.Clone();
                for (var flips = 1 + random.NextInt(8); flips > 0; flips--)
                {
                    flipped[at] ^= (byte)(1 << random.NextInt(8));
                    at = random.NextInt(bytes.Length);
                }
                return flipped;
            case 1 when random.NextInt(3) == 0:
                return bytes[..at];
            case 2:
                var inserted = new byte[1 + random.NextInt(16)];
                for (var i = 0; i < inserted.Length; i++)
                {
                    inserted[i] = (byte)random.NextInt(256);
                }
                return [.. bytes[..at], .. inserted, .. bytes[at..]];
            case 3:
                return [.. bytes[..at], .. bytes[Math.Min(bytes.Length, at + 1 + random.NextInt(64))..]];
            case 4:
                var length = Math.Min(1 + random.NextInt(256), bytes.Length - at);
                var other = random.NextInt(bytes.Length - length + 1);
                var swapped = (byte[])bytes.Clone();
                bytes.AsSpan(other, length).CopyTo(swapped.AsSpan(at));
                bytes.AsSpan(at, length).CopyTo(swapped.AsSpan(other));
                return swapped;
            default:
                return isText ? WithExtremeText(bytes, ref random) : WithExtreme(bytes, at, ref random);
        }
    }

    private static byte[] WithExtreme(byte[] bytes, int at, ref RandomStream random)
    {
        Span<byte> number = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(number, Extremes[random.NextInt(Extremes.Length)]);
        var width = 1 << random.NextInt(4);
        var changed = (byte[])bytes.Clone();
        at = Math.Min(at / width * width, Math.Max(0, bytes.Length - width));
        number[..Math.Min(width, bytes.Length)].CopyTo(changed.AsSpan(at));
        return changed;
    }

    private static byte[] WithExtremeText(byte[] bytes, ref RandomStream random)
    {
        var text = Encoding.Latin1.GetString(bytes);
        var numbers = Numbers().Matches(text);
        if (numbers.Count == 0)
        {
            return bytes;
        }
        var number = numbers[random.NextInt(numbers.Count)];
        return Encoding.Latin1.GetBytes(
            string.Concat(
                text.AsSpan(0, number.Index),
                ExtremeTexts[random.NextInt(ExtremeTexts.Length)],
                text.AsSpan(number.Index + number.Length)
            )
        );
    }

    [GeneratedRegex(@"-?\d+(\.\d+)?([eE][+-]?\d+)?")]
    private static partial Regex Numbers();
}
