using Galatent.Networks;

namespace Galatent.Exports.Onnx;

/// <summary>The encoder and the decoder as ONNX graphs. They are two files because a runtime asks for all inputs of a file, and a user who
/// decodes has no spectrum. The formula is that of <see cref="ParameterLayout"/>. Weights keep PyTorch's names and shapes, which ONNX
/// shares.</summary>
public static class OnnxNetwork
{
    private const int Stride = 2;
    private const string Latent = "posterior of the latent variables, dimensionless, of a standard normal prior";

    /// <summary>The encoder: <c>flux</c> (batch, n_wave) to <c>mu</c> and <c>log_variance</c>, each (batch, latent). The mean spectrum is
    /// subtracted inside. A network with a mask channel has a second input, <c>bad</c> (batch, n_wave): 1 in bad pixels, 0 in
    /// others.</summary>
    public static byte[] Encoder(StoredModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var layout = model.Weights.Layout;
        var latent = layout.Options.LatentDimensions;
        var graph = new OnnxGraph("encoder");
        var h = graph.Input("flux", layout.Plan.Pixels, OnnxMetadata.Flux(model.Description));
        var mean = graph.Constant("mean_spectrum", [1, layout.Plan.Pixels], model.Weights.MeanSpectrum);
        var centred = graph.Node("Sub", [h, mean], "centred");
        h = graph.Axes("channel", 1);
        if (layout.Options.MaskChannel)
        {
            (centred, h) = Masked(graph, layout.Plan.Pixels, centred, h);
        }
        else
        {
            h = graph.Node("Unsqueeze", [centred, h], "pixels");
        }
        for (var i = 0; i < layout.Plan.Layers.Count; i++)
        {
            h = Convolution(graph, model.Weights, "Conv", h, $"encoder.{i}", layout.Plan.Layers[i].Kernel);
            h = Activation(graph, layout, h);
        }
        h = graph.Node("Flatten", [h], "features", OnnxTensor.Attribute("axis", 1));
        if (model.Weights.Linear is { } path)
        {
            var sum = Linear(graph, model.Weights, h, "mu", "mu.convolutions");
            var rows = graph.Constant("linear.encoder", [latent, layout.Plan.Pixels], path.Encoder);
            graph.Node("Gemm", [centred, rows, sum], "mu", OnnxTensor.Attribute("transB", 1));
        }
        else
        {
            Linear(graph, model.Weights, h, "mu", "mu");
        }
        Linear(graph, model.Weights, h, "log_variance", "log_variance");
        graph.Output("mu", latent, $"mean of the {Latent}");
        graph.Output("log_variance", latent, $"natural logarithm of the variance of the {Latent}");
        return graph.ToFile(
            model.Description.Generator,
            "Encoder of a variational autoencoder of galaxy spectra: flux to mean and log variance of the latent posterior.",
            OnnxMetadata.Of(model)
        );
    }

    /// <summary>The decoder: <c>z</c> (batch, latent) to <c>flux</c> (batch, n_wave). The mean spectrum is added inside.</summary>
    public static byte[] Decoder(StoredModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var layout = model.Weights.Layout;
        var layers = layout.Plan.Layers;
        var graph = new OnnxGraph("decoder");
        var latent = layout.Options.LatentDimensions;
        var z = graph.Input("z", latent, "latent vector, dimensionless: mu, or a sample of the posterior");
        var h = Linear(graph, model.Weights, z, "decoder.input", "features");
        h = graph.Node("Unsqueeze", [h, graph.Axes("length", 2)], "deepest");
        for (var i = 0; i < layers.Count; i++)
        {
            h = Convolution(graph, model.Weights, "ConvTranspose", h, $"decoder.{i}", layers[layers.Count - 1 - i].Kernel);
            h = i < layers.Count - 1 ? Activation(graph, layout, h) : h;
        }
        h = graph.Node("Squeeze", [h, graph.Axes("channel", 1)], "convolutions");
        if (model.Weights.Linear is { } path)
        {
            h = graph.Node("Gemm", [z, graph.Constant("linear.decoder", [latent, layout.Plan.Pixels], path.Decoder), h], "centred");
        }
        var mean = graph.Constant("mean_spectrum", [1, layout.Plan.Pixels], model.Weights.MeanSpectrum);
        if (model.Weights.Output is { } output)
        {
            var sum = graph.Node("Add", [h, mean], "uncalibrated");
            var scaled = graph.Node("Mul", [sum, graph.Constant("output.gain", [1, layout.Plan.Pixels], output.Gain)], "scaled");
            graph.Node("Add", [scaled, graph.Constant("output.offset", [1, layout.Plan.Pixels], output.Offset)], "flux");
        }
        else
        {
            graph.Node("Add", [h, mean], "flux");
        }
        graph.Output("flux", layout.Plan.Pixels, OnnxMetadata.Flux(model.Description));
        return graph.ToFile(
            model.Description.Generator,
            "Decoder of a variational autoencoder of galaxy spectra: latent vector to flux.",
            OnnxMetadata.Of(model)
        );
    }

    // Chosen, not multiplied by 0: a bad pixel may hold NaN.
    private static (string Centred, string Channels) Masked(OnnxGraph graph, int pixels, string centred, string axis)
    {
        var bad = graph.Input("bad", pixels, "1 in bad pixels, whose flux may be anything, 0 in others");
        var zero = graph.Constant("zero", [1, 1], [0]);
        var one = graph.Constant("one", [1, 1], [1]);
        var isBad = graph.Node("Greater", [bad, zero], "is_bad");
        var seen = graph.Node("Where", [isBad, zero, centred], "seen");
        var mask = graph.Node("Where", [isBad, one, zero], "mask");
        string[] channels = [graph.Node("Unsqueeze", [seen, axis], "pixels"), graph.Node("Unsqueeze", [mask, axis], "mask_channel")];
        return (seen, graph.Node("Concat", channels, "channels", OnnxTensor.Attribute("axis", 1)));
    }

    private static string Convolution(OnnxGraph graph, NetworkWeights weights, string operation, string input, string name, int kernel) =>
        graph.Node(
            operation,
            [input, Stored(graph, weights, $"{name}.weight"), Stored(graph, weights, $"{name}.bias")],
            $"{name}.sum",
            OnnxTensor.ListAttribute("kernel_shape", kernel),
            OnnxTensor.ListAttribute("strides", Stride)
        );

    private static string Activation(OnnxGraph graph, ParameterLayout layout, string input) =>
        graph.Node("LeakyRelu", [input], $"{input}.activated", OnnxTensor.Attribute("alpha", layout.Options.NegativeSlope));

    private static string Linear(OnnxGraph graph, NetworkWeights weights, string input, string name, string output) =>
        graph.Node(
            "Gemm",
            [input, Stored(graph, weights, $"{name}.weight"), Stored(graph, weights, $"{name}.bias")],
            output,
            OnnxTensor.Attribute("transB", 1)
        );

    private static string Stored(OnnxGraph graph, NetworkWeights weights, string name) =>
        graph.Constant(name, weights.Layout[name].Shape, weights.Block(name));
}
