using System.Net;
using System.Text;
using System.Text.Json;
using Galatent.Files;
using Galatent.Networks;
using Galatent.Numerics;
using Galatent.Spectra;

namespace Galatent.Exports.Explorer;

/// <summary>The explorer as a piece of a page: an element with its numbers, hidden until its script runs, and the script and the style
/// sheet that the page must hold once.</summary>
public static class ExplorerPart
{
    // In the order in which each needs those before it; together they are one function, which leaves no names behind.
    private static readonly string[] ScriptParts = ["decoder.js", "packed.js", "plot.js", "slider.js", "explorer.js"];

    /// <summary>The script, plain JavaScript without dependencies.</summary>
    public static string Script { get; } = $"(() => {{\n'use strict';\n\n{string.Join('\n', ScriptParts.Select(Resource))}}})();\n";

    /// <summary>The decoder alone, as a module for pages that load their scripts.</summary>
    internal static string DecoderModule { get; } = $"{Resource("decoder.js")}\nexport {{ Decoder, halfToNumber }};\n";

    /// <summary>The style sheet; every rule begins with the class <c>explorer</c>.</summary>
    public static string Style { get; } = Resource("explorer.css");

    /// <summary>The element.</summary>
    /// <param name="model">The model whose decoder runs in the page.</param>
    /// <param name="source">Where the sliders come from.</param>
    /// <param name="introduction">A sentence above it, which is hidden as it is without scripts.</param>
    /// <exception cref="InputException">The latent representations are not of this model, or none of its dimensions is
    /// informative.</exception>
    public static string Element(StoredModel model, ExplorerSource source, string introduction = "")
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(source);
        var latent = model.Description.Network.LatentDimensions;
        if (source.Latents.Dimensions != latent)
        {
            throw new InputException(
                $"The latent representations have {source.Latents.Dimensions} dimensions, but the model has {latent}; encode spectra with "
                    + "this model."
            );
        }
        var dimensions = ExplorerDimensions.Of(source);
        if (dimensions.Length == 0)
        {
            throw new InputException(
                $"No dimension with a KL above {ActiveDimensions.Threshold} varies over the spectra, so there is nothing to move; train "
                    + "longer, or encode more spectra."
            );
        }
        // The serializer writes < and > as escapes: no text of the numbers can end the element.
        var json = JsonSerializer.Serialize(Data(model, source, dimensions), ExplorerJson.Default.ExplorerData);
        var above = introduction.Length > 0 ? $"<p>{WebUtility.HtmlEncode(introduction)}</p>" : "";
        return $"<div class=\"explorer\" hidden>{above}<script type=\"application/json\" class=\"explorer-data\">{json}</script></div>\n";
    }

    /// <summary>A policy for browsers, as an element of the head: nothing is loaded from anywhere, and only these scripts and styles
    /// act.</summary>
    /// <param name="styles">Contents of the page's style elements.</param>
    /// <param name="scripts">Contents of its script elements.</param>
    public static string ContentPolicy(IEnumerable<string> styles, IEnumerable<string> scripts)
    {
        static string Hashes(IEnumerable<string> texts) =>
            string.Join(
                ' ',
                texts.Select(t => $"'sha256-{Convert.ToBase64String(Sha256Hash.Of(Encoding.UTF8.GetBytes(t)))}'").DefaultIfEmpty("'none'")
            );
        return $"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; style-src {Hashes(styles)}; "
            + $"script-src {Hashes(scripts)}; base-uri 'none'; form-action 'none'\">";
    }

    private static ExplorerData Data(StoredModel model, ExplorerSource source, ExplorerDimension[] dimensions)
    {
        var description = model.Description;
        var grid = new WavelengthGrid(description.WavelengthAngstrom);
        var (blocks, weights) = ExplorerWeights.Pack(model.Weights);
        return new ExplorerData(
            description.Network.NegativeSlope,
            ExplorerWeights.Layers(model.Weights.Layout.Plan),
            blocks,
            weights,
            ExplorerWeights.Singles(ExplorerWeights.Mean(model.Weights)),
            ExplorerWeights.Singles(ExplorerWeights.Linear(model.Weights)),
            ExplorerWeights.Singles(model.Weights.Output?.Gain),
            ExplorerWeights.Doubles(description.WavelengthAngstrom),
            ExplorerAxes.WavelengthLabel,
            ExplorerAxes.FluxLabel(description),
            ExplorerAxes.FluxSymbol(description),
            ExplorerAxes.StrongLines(grid),
            ExplorerAxes.AllLines(grid),
            dimensions,
            ExplorerDimensions.Galaxies(source)
        );
    }

    // Browsers read every end of line as \n, and the policy's hash is of what they read.
    private static string Resource(string name)
    {
        using var stream = typeof(ExplorerPart).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
