using Galatent.Files;
using Galatent.Latents.TwoSamples;
using Galatent.Report.Drawing;
using Galatent.Report.Figures.Comparisons;

namespace Galatent.Report.Page;

/// <summary>The page of a comparison of real spectra with mocks: which latents can be trusted, and the numbers behind it.</summary>
public static class GapPage
{
    /// <summary>File name of the page.</summary>
    public const string FileName = "gap.html";

    private static readonly string[] Endings = [.. Figure.Formats, ".csv"];
    private static readonly string[] Figures = ["gap-latents", "gap-residuals"];
    private static readonly string[] Tables = ["gap-measures", "gap-dimensions", "gap-lines"];

    /// <summary>The files that <see cref="Write"/> makes in a folder.</summary>
    public static IReadOnlyList<string> Files(string folder) =>
        [
            Path.Combine(folder, FileName),
            .. from id in Figures from ending in Endings select Path.Combine(folder, id + ending),
            .. Tables.Select(t => Path.Combine(folder, t + ".csv")),
        ];

    /// <summary>Writes page, figures and tables.</summary>
    /// <param name="gap">The comparison.</param>
    /// <param name="folder">Folder of all files.</param>
    /// <returns>The path of the page.</returns>
    public static string Write(DomainGap gap, string folder)
    {
        ArgumentNullException.ThrowIfNull(gap);
        Figure[] figures = [GapLatentFigure.Make(gap), GapResidualFigure.Make(gap)];
        foreach (var figure in figures)
        {
            figure.Save(folder);
        }
        foreach (var (name, table) in GapTables.Of(gap))
        {
            table.Write(Path.Combine(folder, name + ".csv"));
        }
        var page = Path.Combine(folder, FileName);
        AtomicFile.WriteText(page, Compose(gap, figures, id => File.ReadAllBytes(Path.Combine(folder, id + ".png"))));
        return page;
    }

    private static string Compose(DomainGap gap, IReadOnlyList<Figure> figures, Func<string, byte[]> png)
    {
        static string Table(ResultTable table) => Html.Table(table.Header, table.Rows);
        return Html.Page(
            "Galatent compare",
            $"{Wording.Count(gap.RealCount)} real spectra beside {Wording.Count(gap.MockCount)} mocks",
            Html.List(GapText.Of(gap)),
            Html.Section("dimensions", "Latent dimensions", Table(GapTables.Dimensions(gap)))
                + Html.Section("measures", "Can they be told apart?", Table(GapTables.Measures(gap)))
                + Html.Section("figures", "Figures", Html.Figures(figures, 0, png))
                + Html.Section("lines", "Emission lines", Table(GapTables.Lines(gap)))
        );
    }
}
