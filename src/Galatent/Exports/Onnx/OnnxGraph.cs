using Galatent.Files;

namespace Galatent.Exports.Onnx;

/// <summary>
/// A graph of ONNX operators, built from its input to its outputs, and the file that holds it. Numbers of fields are those of onnx.proto;
/// operators are those of opset 13 (ONNX 1.8, 2020), which every runtime since then reads.
/// </summary>
/// <param name="name">Name of the graph.</param>
internal sealed class OnnxGraph(string name)
{
    private const int FileVersion = 7;
    private const int OperatorSet = 13;

    private readonly ProtobufMessage _graph = new ProtobufMessage().Text(2, name);
    private int _nodes;

    /// <summary>Declares an input, float32 of shape (batch, width).</summary>
    public string Input(string input, int width, string description)
    {
        _graph.Message(11, OnnxTensor.Rows(input, width, description));
        return input;
    }

    /// <summary>Declares an output, float32 of shape (batch, width); a node must give it.</summary>
    public void Output(string output, int width, string description) => _graph.Message(12, OnnxTensor.Rows(output, width, description));

    /// <summary>Stores numbers that do not change.</summary>
    public string Constant(string constant, ReadOnlySpan<int> shape, ReadOnlySpan<float> values)
    {
        _graph.Message(5, OnnxTensor.Singles(constant, shape, values));
        return constant;
    }

    /// <summary>Stores axis numbers, which some operators take as an input.</summary>
    public string Axes(string constant, params ReadOnlySpan<long> axes)
    {
        _graph.Message(5, OnnxTensor.Wholes(constant, axes));
        return constant;
    }

    /// <summary>Adds an operator.</summary>
    /// <param name="operation">Its name in ONNX.</param>
    /// <param name="inputs">Names of what goes in.</param>
    /// <param name="output">Name of what comes out.</param>
    /// <param name="attributes">Its <c>AttributeProto</c> messages.</param>
    /// <returns>The name of what comes out.</returns>
    public string Node(string operation, string[] inputs, string output, params ReadOnlySpan<ProtobufMessage> attributes)
    {
        var node = new ProtobufMessage();
        foreach (var input in inputs)
        {
            node.Text(1, input);
        }
        node.Text(2, output).Text(3, $"{_nodes++}.{output}").Text(4, operation);
        foreach (var attribute in attributes)
        {
            node.Message(5, attribute);
        }
        _graph.Message(1, node);
        return output;
    }

    /// <summary>The file: a <c>ModelProto</c>.</summary>
    /// <param name="generator">Program and version.</param>
    /// <param name="description">What the model does, in a sentence or two.</param>
    /// <param name="metadata">Pairs of texts that every runtime shows.</param>
    public byte[] ToFile(string generator, string description, IEnumerable<(string Key, string Value)> metadata)
    {
        var file = new ProtobufMessage()
            .Whole(1, FileVersion)
            .Text(2, generator)
            .Text(6, description)
            .Message(7, _graph)
            .Message(8, new ProtobufMessage().Text(1, "").Whole(2, OperatorSet));
        foreach (var (key, value) in metadata)
        {
            file.Message(14, new ProtobufMessage().Text(1, key).Text(2, value));
        }
        return file.ToArray();
    }
}
