using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using Galatent.Files;
using Galatent.Numerics;

namespace Galatent.Tests.Files;

public sealed class SafetensorsFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string File1 => _folder.File("a.safetensors");

    [Fact]
    public void Bytes_follow_the_definition_of_the_format()
    {
        SafetensorsFile.Write(
            File1,
            [new("b", [2, 1], new float[] { 1, -2 }), new("a", [3], new float[] { 0.5f, 3, float.Epsilon })],
            new Dictionary<string, string> { ["k"] = "v" }
        );
        var bytes = File.ReadAllBytes(File1);
        var headerLength = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        Assert.Equal(0, headerLength % 8);
        Assert.Equal((byte)'{', bytes[8]);
        var header = JsonDocument.Parse(Encoding.UTF8.GetString(bytes, 8, headerLength)).RootElement;
        Assert.Equal("v", header.GetProperty("__metadata__").GetProperty("k").GetString());
        Assert.Equal("""{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]}""", header.GetProperty("b").GetRawText());
        Assert.Equal("""{"dtype":"F32","shape":[3],"data_offsets":[8,20]}""", header.GetProperty("a").GetRawText());
        Assert.Equal(8 + headerLength + 20, bytes.Length);
        // IEEE 754 single precision, little endian: 1 = 3F800000, -2 = C0000000, 0.5 = 3F000000, 3 = 40400000, smallest subnormal = 1.
        Assert.Equal("0000803F" + "000000C0" + "0000003F" + "00004040" + "01000000", Convert.ToHexString(bytes.AsSpan(8 + headerLength)));
    }

    [Fact]
    public void A_file_written_by_hand_is_read()
    {
        var header = """{"w":{"dtype":"F32","shape":[1,2],"data_offsets":[4,12]},"s":{"dtype":"F32","shape":[],"data_offsets":[0,4]}} """;
        WriteRaw(header, [0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0, 0, 0, 0, 0x3F]);
        var file = SafetensorsFile.Read(File1);
        Assert.Equal([-2f, 0.5f], file.Tensor("w", [1, 2]).ToArray());
        Assert.Equal([1f], file.Tensor("s", []).ToArray());
        Assert.Empty(file.Metadata);
    }

    [Theory]
    [InlineData("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,12]}}""", "'w'")]
    [InlineData("""{"w":{"dtype":"F32","shape":[3],"data_offsets":[4,16]}}""", "'w'")]
    [InlineData("""{"w":{"dtype":"F16","shape":[6],"data_offsets":[0,12]}}""", "F16")]
    [InlineData("""{"w":{"shape":[3],"data_offsets":[0,12]}}""", "safetensors")]
    [InlineData("""{"w":""", "safetensors")]
    [InlineData("[]", "safetensors")]
    [InlineData("""{"w":{"dtype":"F32","shape":[99999,99999,99999,99999],"data_offsets":[0,12]}}""", "safetensors")]
    public void Damage_is_one_sentence_that_names_the_file(string header, string expected)
    {
        WriteRaw(header, new byte[12]);
        var error = Assert.Throws<InputException>(() => SafetensorsFile.Read(File1));
        Assert.Contains("a.safetensors", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_prefix_of_a_file_is_refused()
    {
        SafetensorsFile.Write(File1, [new("w", [3], new float[3])], new Dictionary<string, string>());
        var bytes = File.ReadAllBytes(File1);
        for (var length = 0; length < bytes.Length; length++)
        {
            File.WriteAllBytes(File1, bytes[..length]);
            Assert.Throws<InputException>(() => SafetensorsFile.Read(File1));
        }
    }

    public void Dispose() => _folder.Dispose();

    private void WriteRaw(string header, byte[] data)
    {
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        File.WriteAllBytes(File1, [.. length, .. Encoding.UTF8.GetBytes(header), .. data]);
    }
}
