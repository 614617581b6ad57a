using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Galatent.Explore.Data;

/// <summary>Numbers for the page in the layout of safetensors: the length of a JSON header as 8 bytes, the header, the numbers,
/// little-endian. A browser reads it in a few lines; the program's own files of weights have the same layout.</summary>
internal sealed class TensorFile
{
    // The header ends at a multiple of this, so that a browser can look at the numbers where they lie.
    private const int Alignment = 8;

    private readonly List<(string Name, string Type, int[] Shape, byte[] Bytes)> _tensors = [];
    private readonly SortedDictionary<string, string> _remarks = new(StringComparer.Ordinal);

    /// <summary>A word about the numbers, in the header's <c>__metadata__</c>.</summary>
    public TensorFile Note(string name, string value)
    {
        _remarks[name] = value;
        return this;
    }

    /// <summary>Adds float32 numbers.</summary>
    /// <param name="name">Name of the tensor.</param>
    /// <param name="values">Its numbers, row-major.</param>
    /// <param name="shape">Its shape; one axis when left out.</param>
    public TensorFile Add(string name, ReadOnlySpan<float> values, params int[] shape) => Add(name, "F32", shape, values);

    /// <summary>Adds float16 numbers.</summary>
    public TensorFile Add(string name, ReadOnlySpan<Half> values, params int[] shape) => Add(name, "F16", shape, values);

    /// <summary>Adds unsigned 16-bit numbers.</summary>
    public TensorFile Add(string name, ReadOnlySpan<ushort> values, params int[] shape) => Add(name, "U16", shape, values);

    /// <summary>Adds signed 32-bit numbers.</summary>
    public TensorFile Add(string name, ReadOnlySpan<int> values, params int[] shape) => Add(name, "I32", shape, values);

    /// <summary>Adds bytes.</summary>
    public TensorFile Add(string name, ReadOnlySpan<byte> values, params int[] shape) => Add(name, "U8", shape, values);

    /// <summary>The whole file.</summary>
    public byte[] ToBytes()
    {
        var header = Header();
        var whole = new byte[sizeof(long) + header.Length + _tensors.Sum(t => (long)t.Bytes.Length)];
        BinaryPrimitives.WriteInt64LittleEndian(whole, header.Length);
        header.CopyTo(whole, sizeof(long));
        var place = sizeof(long) + header.Length;
        foreach (var (_, _, _, bytes) in _tensors)
        {
            bytes.CopyTo(whole, place);
            place += bytes.Length;
        }
        return whole;
    }

    private TensorFile Add<T>(string name, string type, int[] shape, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        _tensors.Add((name, type, shape.Length == 0 ? [values.Length] : shape, MemoryMarshal.AsBytes(values).ToArray()));
        return this;
    }

    private byte[] Header()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject("__metadata__");
            foreach (var (name, value) in _remarks)
            {
                json.WriteString(name, value);
            }
            json.WriteEndObject();
            var offset = 0L;
            foreach (var (name, type, shape, bytes) in _tensors)
            {
                json.WriteStartObject(name);
                json.WriteString("dtype", type);
                json.WriteStartArray("shape");
                Array.ForEach(shape, json.WriteNumberValue);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(offset);
                json.WriteNumberValue(offset += bytes.Length);
                json.WriteEndArray();
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        while (buffer.Length % Alignment != 0)
        {
            buffer.WriteByte((byte)' ');
        }
        return buffer.ToArray();
    }
}
