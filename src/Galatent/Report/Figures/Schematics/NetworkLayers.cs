using System.Globalization;
using Galatent.Files;
using Galatent.Networks;

namespace Galatent.Report.Figures.Schematics;

/// <summary>The layers of a network as a table, in the order in which a spectrum passes them.</summary>
internal static class NetworkLayers
{
    /// <summary>Stride of every convolution (<see cref="KernelPlan"/>).</summary>
    public const int Stride = 2;

    private static readonly string[] Header =
    [
        "layer",
        "kind",
        "kernel",
        "stride",
        "input_length",
        "output_length",
        "input_channels",
        "output_channels",
        "weights",
        "biases",
        "activation",
    ];

    /// <summary>A row for each layer; without kernel and lengths for linear ones.</summary>
    public static ResultTable Table(ParameterLayout layout)
    {
        var layers = layout.Plan.Layers;
        var n = layers.Count;
        var (latent, deepest) = (layout.Options.LatentDimensions, layout.Plan.DeepestWidth);
        var activation = Activation(layout.Options);
        var rows = new List<string[]>();
        for (var i = 0; i < n; i++)
        {
            var l = layout.Plan.EncoderLayers[i];
            rows.Add(
                Convolution(
                    layout,
                    $"encoder.{i}",
                    "convolution",
                    l.Kernel,
                    (l.InputLength, l.OutputLength),
                    (l.InputChannels, l.OutputChannels),
                    activation
                )
            );
        }
        rows.Add(Linear(layout, "mu", deepest, latent));
        rows.Add(Linear(layout, "log_variance", deepest, latent));
        rows.Add(Linear(layout, "decoder.input", latent, deepest));
        for (var i = 0; i < n; i++)
        {
            var l = layers[n - 1 - i];
            rows.Add(
                Convolution(
                    layout,
                    $"decoder.{i}",
                    "transposed convolution",
                    l.Kernel,
                    (l.OutputLength, l.InputLength),
                    (l.OutputChannels, l.InputChannels),
                    i == n - 1 ? "none" : activation
                )
            );
        }
        return new ResultTable(Header, rows);
    }

    /// <summary>The activation after a convolution, in words.</summary>
    public static string Activation(NetworkOptions options) =>
        string.Create(CultureInfo.InvariantCulture, $"LeakyReLU({(double)(decimal)options.NegativeSlope})");

    private static string[] Convolution(
        ParameterLayout layout,
        string name,
        string kind,
        int kernel,
        (int From, int To) length,
        (int From, int To) channels,
        string activation
    ) =>
        [
            name,
            kind,
            Text(kernel),
            Text(Stride),
            Text(length.From),
            Text(length.To),
            Text(channels.From),
            Text(channels.To),
            Text(layout[name + ".weight"].Count),
            Text(layout[name + ".bias"].Count),
            activation,
        ];

    private static string[] Linear(ParameterLayout layout, string name, int from, int to) =>
        [
            name,
            "linear",
            "",
            "",
            "",
            "",
            Text(from),
            Text(to),
            Text(layout[name + ".weight"].Count),
            Text(layout[name + ".bias"].Count),
            "none",
        ];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
