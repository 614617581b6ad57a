using System.Text;
using Galatent.Exports.Explorer;
using Galatent.Files;
using Galatent.Networks;
using Galatent.Numerics;
using Galatent.Report.Drawing;
using Galatent.Report.Runs;

namespace Galatent.Report.Page;

/// <summary>The report: figures as files, and one HTML page that contains everything and needs no other file.</summary>
public static class ReportPage
{
    // Browsers read every end of line as \n, and the policy's hash is of what they read.
    private static string ReadoutScript { get; } = ReadScript();

    /// <summary>Draws all figures and writes the page.</summary>
    /// <param name="run">The results.</param>
    /// <param name="folder">The run folder.</param>
    /// <param name="progress">Receives the progress after every figure.</param>
    /// <param name="cancellation">Stops between figures.</param>
    /// <returns>The path of the page.</returns>
    public static string Write(
        RunResults run,
        string folder,
        IProgress<StepProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(run);
        var figures = FigureCatalogue.All(run);
        var paths = new RunLayout(folder);
        var pictures = paths.Figures;
        var readouts = new Dictionary<string, ReadoutSheet>();
        for (var i = 0; i < figures.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            figures[i].Save(pictures, sheet => readouts.Add(figures[i].Id, FigureReadout.Of(sheet)));
            progress?.Report(new StepProgress(i + 1, figures.Count, figures[i].Id));
        }
        ParameterTable.Of(run)?.Write(paths.ParameterTable);
        var page = Compose(run, figures, id => File.ReadAllBytes(Path.Combine(pictures, id + ".png")), Explorer(run), readouts);
        AtomicFile.WriteText(paths.Report, page);
        return paths.Report;
    }

    /// <summary>The page as text.</summary>
    /// <param name="run">The results.</param>
    /// <param name="figures">Its figures.</param>
    /// <param name="png">Gives the picture of a figure by its id.</param>
    /// <param name="explorer">The element with the sliders (<see cref="ExplorerPart.Element"/>); null for a page without them.</param>
    public static string Compose(RunResults run, IReadOnlyList<Figure> figures, Func<string, byte[]> png, string? explorer = null) =>
        Compose(run, figures, png, explorer, new Dictionary<string, ReadoutSheet>());

    private static string Compose(
        RunResults run,
        IReadOnlyList<Figure> figures,
        Func<string, byte[]> png,
        string? explorer,
        Dictionary<string, ReadoutSheet> readouts
    )
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(figures);
        ArgumentNullException.ThrowIfNull(png);
        var sections = Sections(run, figures, png, explorer).ToList();
        var contents = string.Concat(sections.Select(s => $"<li><a href=\"#{s.Id}\">{Html.Text(s.Heading)}</a></li>"));
        var style = ReportStyle.Css.ReplaceLineEndings("\n") + (explorer is null ? "" : ExplorerPart.Style);
        string[] scripts =
        [
            .. explorer is null ? Array.Empty<string>() : [ExplorerPart.Script],
            .. readouts.Count == 0 ? Array.Empty<string>() : [ReadoutScript],
        ];
        var numbers =
            readouts.Count == 0 ? "" : $"<script type=\"application/json\" id=\"readout-data\">{FigureReadout.Json(readouts)}</script>\n";
        var betas = Wording.List([.. run.Models.Select(m => Wording.Beta(m.Beta))]);
        return $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            {ExplorerPart.ContentPolicy([style], scripts)}
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="generator" content="{Html.Text(run.Provenance.Generator)}">
            <title>What {Html.Text(Wording.Count(run.SpectrumCount))} galaxy spectra contain</title>
            <style>{style}</style>
            </head>
            <body>
            <header>
            <p class="kicker">Galatent report · β = {Html.Text(betas)}</p>
            <h1>What {Html.Text(Wording.Count(run.SpectrumCount))} galaxy spectra contain</h1>
            <div class="summary">{ReportText.Summary(run)}</div>
            <nav aria-label="Contents"><ol>{contents}</ol></nav>
            </header>
            <main>
            {string.Concat(sections.Select(s => Html.Section(s.Id, s.Heading, s.Body)))}</main>
            {numbers}{string.Concat(scripts.Select(s => $"<script>{s}</script>"))}
            </body>
            </html>

            """.ReplaceLineEndings("\n");
    }

    private static IEnumerable<(string Id, string Heading, string Body)> Sections(
        RunResults run,
        IReadOnlyList<Figure> figures,
        Func<string, byte[]> png,
        string? explorer
    )
    {
        yield return ("models", "The models", ReportTables.Models(run) + ModelsNote(run));
        // The study's spectra were simulated: beside observed ones its numbers would mislead.
        yield return run.IsObserved
            ? ("observed", "What was looked at", Html.Table(ObservedText.Header, ObservedText.Rows(run)))
            : (
                "comparison",
                "This run beside the study",
                Html.Table(StudyComparison.Header, StudyComparison.Rows(run), "study")
                    + $"<p class=\"note\">{Html.Text(StudyComparison.Note(run))}</p>"
            );
        var number = 0;
        foreach (var chapter in Chapter.All)
        {
            var body = new StringBuilder();
            body.Append(chapter == Chapter.Methods ? MethodsText.Of(run) : null);
            body.Append(chapter == Chapter.Traversal ? explorer : null);
            body.Append(chapter == Chapter.Seeds && run.Seeds is { } seeds ? SeedText.Scatter(seeds) : null);
            var drawn = figures.Where(f => f.Chapter == chapter).ToArray();
            body.Append(Note(run, chapter, drawn.Length == 0));
            body.Append(
                chapter == Chapter.Reconstruction ? ReconstructionText.Of(run.Chosen, run.Models.Where(m => m != run.Chosen)) : null
            );
            body.Append(Html.Figures(drawn, number, png));
            number += drawn.Length;
            body.Append(chapter == Chapter.Methods ? ParameterTable.Html(run) : null);
            body.Append(chapter == Chapter.Reconstruction ? ReconstructionText.ByWavelength(run.Chosen) : null);
            if (chapter == Chapter.Physics && run.Chosen.Analysis.Parameters is { } parameters)
            {
                body.Append(
                    $"<details><summary>All estimates with their errors ({Html.Text(run.Chosen.Label)}, posterior means, "
                        + $"{Html.Text(Figures.InformationCells.From(run, parameters))})</summary>"
                        + $"{ReportTables.Information(run, parameters)}</details>"
                );
            }
            if (body.Length > 0)
            {
                yield return (chapter.Id, chapter.Heading, body.ToString());
            }
        }
        yield return ("provenance", "Provenance", ReportTables.Provenance(run));
        yield return ("repeat", "How to repeat this", ReportText.Repeat(run));
        yield return ("glossary", "Glossary", ReportText.Glossary(run));
        yield return ("references", "References", ReportText.References(run));
    }

    // None where the model folder has gone, or where no dimension is in use: there is nothing to move.
    private static string? Explorer(RunResults run) =>
        run.Chosen is { ModelFolder: { } folder, Analysis: { Informativeness.ByKl.Length: > 0 } analysis, Latents: var latents }
            ? ExplorerPart.Element(
                StoredModel.Read(folder),
                ExplorerSource.Of(latents, analysis),
                $"Move the sliders: the decoder of {run.Chosen.Label} runs in this page. There is one for every dimension with a KL above "
                    + $"{ActiveDimensions.Threshold}, the largest first"
                    + (analysis.Parameters is null ? "." : ", and beside it the parameters that it tells most about.")
            )
            : null;

    // A sentence where a chapter lacks what a reader expects; null where it does not.
    private static string? Note(RunResults run, Chapter chapter, bool isEmpty) =>
        chapter == Chapter.Physics && (run.IsObserved || isEmpty && run.Chosen.Analysis.Parameters is null)
            ? $"<p>{Html.Text(ObservedText.Parameters(run))}</p>"
        : chapter == Chapter.Traversal && isEmpty && run.Chosen.Analysis.Traversals.Length == 0
            ? "<p>No dimension is informative, so there is nothing to traverse.</p>"
        : null;

    private static string ReadScript()
    {
        using var stream = typeof(ReportPage).Assembly.GetManifestResourceStream("readout.js")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    private static string ModelsNote(RunResults run)
    {
        var loss = run.Chosen.Analysis.Loss;
        var note =
            $"Squared error (decoded samples z), KL and loss are means over the {Wording.Count(loss.ValidationCount)} validation spectra"
            + (loss.Errors is null ? "; " : ", ± one standard error over these spectra (another seed of the training is not in it); ")
            + $"the total variance of the spectra is {Wording.Number(loss.TotalVariance, 4)}. "
            + $"{(run.IsObserved ? "The" : "As in the study, the")} validation spectra also decide which epoch is kept, so they are not an "
            + $"independent test set.{ObservedText.Errors(run)}{ObservedText.Weights(run)}";
        return $"<p class=\"note\">{Html.Text(note)}</p>";
    }
}
