using System.Runtime.InteropServices;
using Galatent.Files;

namespace Galatent.Exports.Onnx;

/// <summary>Types, tensors and attributes as onnx.proto numbers their fields.</summary>
internal static class OnnxTensor
{
    private const int Float = 1;
    private const int Int64 = 7;

    /// <summary>A <c>TensorProto</c> of float32.</summary>
    public static ProtobufMessage Singles(string name, ReadOnlySpan<int> shape, ReadOnlySpan<float> values) =>
        Tensor(name, shape, Float, MemoryMarshal.AsBytes(values));

    /// <summary>A <c>TensorProto</c> of int64, of one dimension.</summary>
    public static ProtobufMessage Wholes(string name, params ReadOnlySpan<long> values) =>
        Tensor(name, [values.Length], Int64, MemoryMarshal.AsBytes(values));

    /// <summary>A <c>ValueInfoProto</c>: float32 of shape (batch, width), the batch of any size.</summary>
    public static ProtobufMessage Rows(string name, int width, string description)
    {
        var shape = new ProtobufMessage()
            .Message(1, new ProtobufMessage().Text(2, "batch"))
            .Message(1, new ProtobufMessage().Whole(1, width));
        var type = new ProtobufMessage().Message(1, new ProtobufMessage().Whole(1, Float).Message(2, shape));
        return new ProtobufMessage().Text(1, name).Message(2, type).Text(3, description);
    }

    /// <summary>An <c>AttributeProto</c> of one float.</summary>
    public static ProtobufMessage Attribute(string name, float value) => new ProtobufMessage().Text(1, name).Single(2, value).Whole(20, 1);

    /// <summary>An <c>AttributeProto</c> of one whole number.</summary>
    public static ProtobufMessage Attribute(string name, int value) => new ProtobufMessage().Text(1, name).Whole(3, value).Whole(20, 2);

    /// <summary>An <c>AttributeProto</c> of a list with one whole number.</summary>
    public static ProtobufMessage ListAttribute(string name, int value) => new ProtobufMessage().Text(1, name).Whole(8, value).Whole(20, 7);

    private static ProtobufMessage Tensor(string name, ReadOnlySpan<int> shape, int type, ReadOnlySpan<byte> raw)
    {
        var tensor = new ProtobufMessage();
        foreach (var length in shape)
        {
            tensor.Whole(1, length);
        }
        return tensor.Whole(2, type).Text(8, name).Bytes(9, raw);
    }
}
