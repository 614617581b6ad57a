using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Galatent.Files;

/// <summary>
/// Writes a message in the wire format of Protocol Buffers (protobuf.dev, "Encoding"): each field is a key, field number × 8 + wire type,
/// and its value. Fields are written in the order of the calls.
/// </summary>
internal sealed class ProtobufMessage
{
    private const int WholeNumber = 0;
    private const int EightBytes = 1;
    private const int CountedBytes = 2;
    private const int FourBytes = 5;

    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>A field of type int32, int64 or enum; not for negative numbers.</summary>
    public ProtobufMessage Whole(int field, long value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        Key(field, WholeNumber);
        Varint((ulong)value);
        return this;
    }

    /// <summary>A field of type float.</summary>
    public ProtobufMessage Single(int field, float value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(float)];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
        Key(field, FourBytes);
        _bytes.Write(bytes);
        return this;
    }

    /// <summary>A field of type double.</summary>
    public ProtobufMessage Double(int field, double value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(double)];
        BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
        Key(field, EightBytes);
        _bytes.Write(bytes);
        return this;
    }

    /// <summary>A field of type string.</summary>
    public ProtobufMessage Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    /// <summary>A field of type bytes.</summary>
    public ProtobufMessage Bytes(int field, ReadOnlySpan<byte> value)
    {
        Key(field, CountedBytes);
        Varint((ulong)value.Length);
        _bytes.Write(value);
        return this;
    }

    /// <summary>A field that holds a message; for repeated fields call it once for each.</summary>
    public ProtobufMessage Message(int field, ProtobufMessage value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Bytes(field, value._bytes.WrittenSpan);
    }

    /// <summary>The message.</summary>
    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();

    private void Key(int field, int wireType) => Varint(((ulong)field << 3) | (uint)wireType);

    private void Varint(ulong value)
    {
        for (; value > 0x7F; value >>= 7)
        {
            _bytes.Write([(byte)(value | 0x80)]);
        }
        _bytes.Write([(byte)value]);
    }
}
