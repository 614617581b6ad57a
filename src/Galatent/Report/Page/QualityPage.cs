using System.Globalization;
using Galatent.Files;
using Galatent.Numerics;
using Galatent.Report.Drawing;
using Galatent.Report.Figures.Observed;
using Galatent.Surveys;

namespace Galatent.Report.Page;

/// <summary>The page of an import: what became of the spectra, and figures of those that were written.</summary>
public static class QualityPage
{
    /// <summary>File name of the page.</summary>
    public const string FileName = "quality.html";

    private const int MostSentences = 50;

    private static readonly string[] Endings = [.. Figure.Formats, ".csv"];

    /// <summary>The files that <see cref="Write"/> makes in a folder.</summary>
    public static IReadOnlyList<string> Files(string folder) =>
        [.. from id in ObservedFigures.Ids from ending in Endings select Path.Combine(folder, id + ending), Path.Combine(folder, FileName)];

    /// <summary>Draws the figures and writes the page, which needs no other file.</summary>
    /// <param name="path">The dataset that was written.</param>
    /// <param name="summary">What the import did.</param>
    /// <param name="folder">Folder of figures and page.</param>
    /// <param name="threads">Threads; the result does not depend on it.</param>
    /// <param name="progress">Told after each figure; may be null.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <returns>The path of the page.</returns>
    /// <exception cref="InputException">A file cannot be written.</exception>
    public static string Write(
        string path,
        ImportSummary summary,
        string folder,
        int threads,
        IProgress<StepProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(summary);
        using var sample = ObservedSample.Open(path, folder, threads, cancellation);
        var figures = ObservedFigures.All(sample);
        for (var i = 0; i < figures.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            figures[i].Save(folder);
            progress?.Report(new StepProgress(i + 1, figures.Count, figures[i].Id));
        }
        var page = Path.Combine(folder, FileName);
        AtomicFile.WriteText(page, Compose(path, summary, figures, id => File.ReadAllBytes(Path.Combine(folder, id + ".png"))));
        return page;
    }

    private static string Compose(string path, ImportSummary summary, IReadOnlyList<Figure> figures, Func<string, byte[]> png)
    {
        var outcomes = Html.Table(
            ["What became of them", "Kind", "Spectra"],
            summary.Counts.Select(c => (string[])[$"{c.Words} ({c.Outcome})", c.Kind, c.Count.ToString(CultureInfo.InvariantCulture)])
        );
        var sentences = summary.Sentences(MostSentences);
        return Html.Page(
            $"Galatent import · {Path.GetFileName(path)}",
            $"{Wording.Count(summary.Written)} imported {(summary.Written == 1 ? "spectrum" : "spectra")}",
            $"<p>{Html.Text(Summary(summary))}</p>",
            Html.Section("outcomes", "What became of the spectra", outcomes)
                + (sentences.Count == 0 ? "" : Html.Section("remarks", "Remarks", Html.List(sentences)))
                + Html.Section("figures", "Figures", Html.Figures(figures, 0, png))
        );
    }

    private static string Summary(ImportSummary summary) =>
        $"Of {Wording.Count(summary.Read)} spectra that were read, {Wording.Count(summary.Written)} were written. Each figure is beside "
        + "this page as PNG, SVG and PDF, with its numbers as CSV under the same name.";
}
