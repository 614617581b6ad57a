using System.Text.Json.Serialization;

namespace Galatent.Exports.Onnx;

[JsonSerializable(typeof(double[]))]
internal sealed partial class OnnxJson : JsonSerializerContext;
