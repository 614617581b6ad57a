using System.Buffers.Binary;
using System.Globalization;
using Galatent.Numerics;

namespace Galatent.Files.Fits;

/// <summary>How stored numbers become values: big-endian numbers of a width, then value = zero + scale × stored (FITS standard 4.0,
/// sections 4.4.2 and 7.3.2). Unsigned whole numbers are signed ones with a zero of 2^15, 2^31 or 2^63, and stay exact.</summary>
/// <param name="Bits">8 (unsigned), 16, 32, 64 for whole numbers; -32, -64 for floats.</param>
/// <param name="Zero">BZERO or TZERO.</param>
/// <param name="Scale">BSCALE or TSCAL.</param>
/// <param name="Blank">The stored whole number that means a missing value; null for none.</param>
internal readonly record struct FitsPixels(int Bits, double Zero, double Scale, long? Blank)
{
    private const double TwoTo63 = 9223372036854775808.0;

    /// <summary>Bytes of one number.</summary>
    public int Width => Math.Abs(Bits) / 8;

    /// <summary>The format of an image.</summary>
    public static FitsPixels Of(string file, FitsHeader header, double bits)
    {
        var scale = header.Number("BSCALE", 1);
        return scale != 0 && double.IsFinite(scale)
            ? new FitsPixels((int)bits, header.Number("BZERO", 0), scale, bits > 0 ? BlankOf(header.Text("BLANK")) : null)
            : throw new InputException($"'{file}': BSCALE is {header.Text("BSCALE")}, which makes all pixels equal; the file is damaged.");
    }

    /// <summary>A stored number that means a missing value, as a keyword states it.</summary>
    public static long? BlankOf(string text) =>
        long.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value
        : double.TryParse(text.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && number == Math.Floor(number)
        && Math.Abs(number) < 1e15
            ? (long)number
        : null;

    /// <summary>All numbers as doubles; NaN for missing ones.</summary>
    public double[] Numbers(ReadOnlySpan<byte> raw)
    {
        var values = new double[raw.Length / Width];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Number(raw.Slice(i * Width, Width));
        }
        return values;
    }

    /// <summary>All numbers as whole ones, exactly; -1 for missing ones and for what is not finite.</summary>
    public long[] Wholes(ReadOnlySpan<byte> raw)
    {
        var values = new long[raw.Length / Width];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Whole(raw.Slice(i * Width, Width)) ?? -1;
        }
        return values;
    }

    /// <summary>One number as a double; NaN for a missing one.</summary>
    public double Number(ReadOnlySpan<byte> raw)
    {
        switch (Bits)
        {
            case -32:
                return Scaled(BinaryPrimitives.ReadSingleBigEndian(raw));
            case -64:
                return Scaled(BinaryPrimitives.ReadDoubleBigEndian(raw));
        }
        var stored = Stored(raw);
        return stored == Blank ? double.NaN
            : IsUnsignedLong ? (ulong)stored ^ (1UL << 63)
            : Scaled(stored);
    }

    /// <summary>One whole number; those of 2^63 and more keep their bits. Null for a missing one.</summary>
    public long? Whole(ReadOnlySpan<byte> raw)
    {
        if (Bits < 0)
        {
            return Number(raw) is var value && Math.Abs(value) < 9e18 ? (long)Math.Round(value) : null;
        }
        var stored = Stored(raw);
        return stored == Blank ? null
            : IsUnsignedLong ? stored ^ long.MinValue
            : Scale == 1 && Zero == Math.Floor(Zero) && Math.Abs(Zero) < 1e15 ? stored + (long)Zero
            : (long)Math.Round(Scaled(stored));
    }

    /// <summary>One number as text, whole ones with all their digits; empty for a missing one.</summary>
    public string Text(ReadOnlySpan<byte> raw)
    {
        if (Bits < 0 || Scale != Math.Floor(Scale) || Zero != Math.Floor(Zero))
        {
            return Number(raw) is var value && double.IsNaN(value) ? "" : value.ToString("R", CultureInfo.InvariantCulture);
        }
        return Whole(raw) is not { } whole ? ""
            : IsUnsignedLong ? ((ulong)whole).ToString(CultureInfo.InvariantCulture)
            : whole.ToString(CultureInfo.InvariantCulture);
    }

    private bool IsUnsignedLong => Bits == 64 && Scale == 1 && Zero == TwoTo63;

    private double Scaled(double stored) => Scale == 1 && Zero == 0 ? stored : Zero + (Scale * stored);

    private long Stored(ReadOnlySpan<byte> raw) =>
        Bits switch
        {
            8 => raw[0],
            16 => BinaryPrimitives.ReadInt16BigEndian(raw),
            32 => BinaryPrimitives.ReadInt32BigEndian(raw),
            _ => BinaryPrimitives.ReadInt64BigEndian(raw),
        };
}
