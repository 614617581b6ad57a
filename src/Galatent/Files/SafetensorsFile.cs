using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Galatent.Numerics;

namespace Galatent.Files;

/// <summary>A named float32 array.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Lengths, slowest first.</param>
/// <param name="Values">The numbers, row-major.</param>
public sealed record NamedTensor(string Name, int[] Shape, ReadOnlyMemory<float> Values);

/// <summary>
/// The safetensors format (Hugging Face, version 0.4): 8 bytes little-endian header length N, N bytes of JSON
/// {"name": {"dtype": "F32", "shape": [...], "data_offsets": [begin, end]}, "__metadata__": {...}}, then the numbers, little-endian,
/// without gaps.
/// Only float32 is written and read. Opens in Python with safetensors.torch.load_file.
/// </summary>
public sealed class SafetensorsFile
{
    private const int LengthBytes = 8;
    private const long MaximumHeaderBytes = 100_000_000; // the format's own limit

    private readonly string _path;
    private readonly Dictionary<string, NamedTensor> _tensors;

    private SafetensorsFile(string path, Dictionary<string, NamedTensor> tensors, Dictionary<string, string> metadata) =>
        (_path, _tensors, Metadata) = (path, tensors, metadata);

    /// <summary>The header's text pairs.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>The tensors' names.</summary>
    public IReadOnlyCollection<string> Names => _tensors.Keys;

    /// <summary>The numbers of a tensor.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="shape">The shape it must have.</param>
    /// <exception cref="InputException">Not there, or of another shape.</exception>
    public ReadOnlyMemory<float> Tensor(string name, ReadOnlySpan<int> shape)
    {
        if (!_tensors.TryGetValue(name, out var tensor))
        {
            throw new InputException($"'{_path}' has no tensor '{name}'; it belongs to another network than its model.json describes.");
        }
        return tensor.Shape.AsSpan().SequenceEqual(shape)
            ? tensor.Values
            : throw new InputException(
                $"'{_path}': tensor '{name}' has the shape ({string.Join(", ", tensor.Shape)}) instead of "
                    + $"({string.Join(", ", shape.ToArray())}); it belongs to another network than its model.json describes."
            );
    }

    /// <summary>Writes a file, atomically. Same tensors and metadata, same bytes.</summary>
    public static void Write(string path, IReadOnlyList<NamedTensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        ArgumentNullException.ThrowIfNull(metadata);
        var header = Header(tensors, metadata);
        AtomicFile.Write(path, temporary =>
        {
            using var stream = File.Create(temporary);
            Span<byte> length = stackalloc byte[LengthBytes];
            BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
            stream.Write(length);
            stream.Write(header);
            foreach (var tensor in tensors)
            {
                stream.Write(MemoryMarshal.AsBytes(tensor.Values.Span));
            }
        });
    }

    /// <summary>Reads a whole file.</summary>
    /// <exception cref="InputException">Missing, cut short, or not of the format.</exception>
    public static SafetensorsFile Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new InputException($"There is no file '{path}'; give a folder that 'galatent train' made.");
        }
        try
        {
            return Parse(path, File.ReadAllBytes(path));
        }
        catch (Exception e)
            when (e
                    is JsonException
                        or KeyNotFoundException
                        or InvalidOperationException
                        or FormatException
                        or OverflowException
                        or ArgumentException
            )
        {
            throw Damaged(path, e.Message.Split('\n')[0].TrimEnd('.'), e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"Cannot read '{path}': {e.Message.TrimEnd('.')}.", e);
        }
    }

    private static byte[] Header(IReadOnlyList<NamedTensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject("__metadata__");
            foreach (var (key, value) in metadata.OrderBy(p => p.Key, StringComparer.Ordinal))
            {
                json.WriteString(key, value);
            }
            json.WriteEndObject();
            var offset = 0L;
            foreach (var tensor in tensors)
            {
                WriteEntry(json, tensor, offset);
                offset += tensor.Values.Length * (long)sizeof(float);
            }
            json.WriteEndObject();
        }
        // Spaces at the end keep the numbers aligned to 8 bytes, as the reference implementation does.
        while (buffer.Length % 8 != 0)
        {
            buffer.WriteByte((byte)' ');
        }
        return buffer.ToArray();
    }

    private static void WriteEntry(Utf8JsonWriter json, NamedTensor tensor, long offset)
    {
        json.WriteStartObject(tensor.Name);
        json.WriteString("dtype", "F32");
        json.WriteStartArray("shape");
        foreach (var length in tensor.Shape)
        {
            json.WriteNumberValue(length);
        }
        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(offset);
        json.WriteNumberValue(offset + (tensor.Values.Length * (long)sizeof(float)));
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static SafetensorsFile Parse(string path, byte[] bytes)
    {
        var headerBytes = bytes.Length >= LengthBytes ? BinaryPrimitives.ReadInt64LittleEndian(bytes) : -1;
        if (headerBytes < 2 || headerBytes > Math.Min(MaximumHeaderBytes, bytes.Length - LengthBytes))
        {
            throw Damaged(path, "its header is cut short", null);
        }
        using var header = JsonDocument.Parse(Encoding.UTF8.GetString(bytes, LengthBytes, (int)headerBytes));
        var data = bytes.AsSpan(LengthBytes + (int)headerBytes);
        var tensors = new Dictionary<string, NamedTensor>();
        var metadata = new Dictionary<string, string>();
        foreach (var entry in header.RootElement.EnumerateObject())
        {
            if (entry.Name == "__metadata__")
            {
                metadata = entry.Value.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString()!);
                continue;
            }
            if (tensors.ContainsKey(entry.Name))
            {
                throw Damaged(path, $"tensor '{entry.Name}' is there twice", null);
            }
            tensors.Add(entry.Name, ParseEntry(path, entry.Name, entry.Value, data));
        }
        return new SafetensorsFile(path, tensors, metadata);
    }

    private static NamedTensor ParseEntry(string path, string name, JsonElement entry, ReadOnlySpan<byte> data)
    {
        if (entry.GetProperty("dtype").GetString() is not "F32" and var type)
        {
            throw new InputException($"'{path}': tensor '{name}' is of type {type}; only F32 is read, so convert it first.");
        }
        int[] shape = [.. entry.GetProperty("shape").EnumerateArray().Select(e => e.GetInt32())];
        var offsets = entry.GetProperty("data_offsets");
        var begin = offsets[0].GetInt64();
        var end = offsets[1].GetInt64();
        var count = shape.Aggregate(1L, (a, b) => checked(a * b));
        if (Array.Exists(shape, n => n < 0) || begin < 0 || begin > end || end > data.Length || end - begin != count * sizeof(float))
        {
            throw Damaged(path, $"tensor '{name}' lies outside the file", null);
        }
        return new NamedTensor(name, shape, MemoryMarshal.Cast<byte, float>(data[(int)begin..(int)end]).ToArray());
    }

    private static InputException Damaged(string path, string why, Exception? inner) =>
        new($"'{path}' is damaged or not a safetensors file ({why}); train again or copy the file again.", inner);
}
