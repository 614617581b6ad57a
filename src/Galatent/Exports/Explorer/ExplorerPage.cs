using System.Globalization;
using System.Net;
using Galatent.Networks;
using Galatent.Numerics;

namespace Galatent.Exports.Explorer;

/// <summary>One self-contained HTML page: a decoder that runs in the browser, and a slider for every informative dimension.</summary>
public static class ExplorerPage
{
    private const string Style = """
        :root { color-scheme: light dark; --ink: #1c1c1c; --soft: #5b5b5b; --paper: #fdfdfc; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e4e2dd; --soft: #a5a29b; --paper: #17181a; } }
        body { margin: 0 auto; max-width: 84rem; padding: 1.1rem 1.25rem 2rem; background: var(--paper); color: var(--ink);
        font: 1rem/1.5 "Avenir Next", Avenir, "Segoe UI", "Helvetica Neue", "DejaVu Sans", sans-serif; }
        h1 { font-size: 1.35rem; line-height: 1.25; margin: 0; font-weight: 600; }
        header p, footer { color: var(--soft); font-size: .88rem; margin: .15rem 0 0; }
        footer { margin-top: 1.2rem; overflow-wrap: anywhere; }
        .explorer { margin: .9rem 0 0; }
        @media (max-width: 620px) { body { padding: .7rem .6rem 2rem; } h1 { font-size: 1.1rem; } }
        """;

    /// <summary>The page as text.</summary>
    /// <param name="model">The model whose decoder runs in the page.</param>
    /// <param name="source">Where the sliders come from.</param>
    /// <exception cref="InputException">The latent representations are not of this model, or none of its dimensions is
    /// informative.</exception>
    public static string Compose(StoredModel model, ExplorerSource source)
    {
        var element = ExplorerPart.Element(model, source);
        var style = Style.ReplaceLineEndings("\n");
        var d = model.Description;
        var beta = d.Beta.ToString("0.######", CultureInfo.InvariantCulture);
        var count = string.Create(CultureInfo.InvariantCulture, $"{source.Latents.Count:#,0}").Replace(',', '\u202F');
        return $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            {ExplorerPart.ContentPolicy([style, ExplorerPart.Style], [ExplorerPart.Script])}
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="generator" content="{WebUtility.HtmlEncode(d.Generator)}">
            <title>Galaxy spectra from latent dimensions, β = {beta}</title>
            <style>{style}</style>
            <style>{ExplorerPart.Style}</style>
            </head>
            <body>
            <header>
            <h1>What each latent dimension does to a galaxy spectrum</h1>
            <p>β = {beta} · a slider for each of the {d.Network.LatentDimensions} dimensions with a KL above {ActiveDimensions.Threshold},
            the largest first · ranges are those of {count} spectra</p>
            </header>
            <main>
            {element}<noscript><p>This page needs JavaScript: its decoder runs in the browser, and loads nothing else.</p></noscript>
            </main>
            <footer>{WebUtility.HtmlEncode(d.Generator)} · epoch {d.BestEpoch} · seed {d.Seed} · data {WebUtility.HtmlEncode(
                d.DataHash
            )}</footer>
            <script>{ExplorerPart.Script}</script>
            </body>
            </html>

            """.ReplaceLineEndings(
            "\n"
        );
    }
}
