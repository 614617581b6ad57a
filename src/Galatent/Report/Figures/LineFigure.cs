using Galatent.Files;
using Galatent.Latents.Reconstructions;
using Galatent.Report.Drawing;
using Galatent.Report.Page;
using Galatent.Report.Runs;
using ScottPlot;

namespace Galatent.Report.Figures;

/// <summary>How well each emission line is reconstructed. The lines cover the whole wavelength range, so a network that does not see a part
/// of it is noticed.</summary>
internal static class LineFigure
{
    private const float Left = 110;

    public static Figure? Make(RunResults run) =>
        Shown(run, run.Chosen).Length == 0
            ? null
            : new Figure("lines", "Reconstruction of the emission lines", Caption(run), () => Draw(run))
            {
                Chapter = Chapter.Reconstruction,
                Data = () => Data(run),
                IsColumnWide = true,
            };

    // Lines that at least half of the spectra cover: elsewhere R² would be that of what was filled in.
    private static LineR2[] Shown(RunResults run, ModelResults model) =>
        run.Gaps is { } gaps
            ? Array.FindAll(model.Analysis.Lines, l => gaps.IsCovered(run.Grid.Nearest(l.WavelengthAngstrom)))
            : model.Analysis.Lines;

    private static FigureSheet Draw(RunResults run)
    {
        var lines = Shown(run, run.Chosen);
        var height = 17 * lines.Length;
        var count = run.Models.Count;
        var names = run.Models.Select((m, i) => (m.Label, FigurePalette.Model(i, count))).ToArray();
        var top = 16 + (16 * FigureSheet.RowsOfNames(FigureSheet.ColumnWidth, Left, names));
        var sheet = new FigureSheet(FigureSheet.ColumnWidth, height + top + 54);
        var panel = sheet.AddPanel(Left, top, FigureSheet.ColumnWidth - Left - 16, height);
        FigureAxes.Categories(panel.Axes.Left, [.. lines.Select(l => l.Label).Reverse()]);
        // R² itself would put nearly every mark of a good model on 1. What is missing differs by orders of magnitude.
        double[] missing = [.. run.Models.SelectMany(m => Shown(run, m)).Select(Unexplained).Where(double.IsFinite).DefaultIfEmpty(0)];
        var (low, high) = (Math.Floor((missing.Min() - 0.1) * 2) / 2, Math.Ceiling((missing.Max() + 0.1) * 2) / 2);
        FigureAxes.Log(panel.Axes.Bottom, low, high);
        sheet.LabelX(panel, "1 − R² at the line centre");
        for (var i = 0; i < lines.Length; i++)
        {
            panel.AddLine([low, high], [i, i], FigurePalette.Faint.WithAlpha(.5), width: 0.6f);
        }
        for (var m = 0; m < run.Models.Count; m++)
        {
            // A line without variance has no mark.
            var marked = Shown(run, run.Models[m]).Reverse().Index().Where(l => double.IsFinite(l.Item.R2)).Reverse().ToArray();
            var marks = panel.Add.Markers(
                marked.Select(l => Unexplained(l.Item)).ToArray(),
                marked.Select(l => l.Index + ((m - ((count - 1) / 2.0)) * Math.Min(0.18, 0.8 / count))).ToArray(),
                m == 0 ? MarkerShape.FilledTriangleUp
                    : m == 1 ? MarkerShape.FilledCircle
                    : MarkerShape.FilledSquare,
                7,
                FigurePalette.Model(m, count)
            );
            marks.LegendText = run.Models[m].Label;
        }
        panel.HideLegend();
        sheet.AddNames(Left, 20, names);
        return sheet;
    }

    // log10 of the share of the variance that is not explained; NaN where the spectra do not vary.
    private static double Unexplained(LineR2 line) => Math.Log10(Math.Max(1 - line.R2, 1e-9));

    private static ResultTable Data(RunResults run) =>
        new(
            ["beta", "line", "wavelength_angstrom", "r2"],
            [
                .. run.Models.SelectMany(m =>
                    Shown(run, m)
                        .Select(l =>
                            (string[])[ResultTable.Text(m.Beta), l.Label, ResultTable.Text(l.WavelengthAngstrom), ResultTable.Text(l.R2)]
                        )
                ),
            ]
        );

    private static string LeftOut(RunResults run)
    {
        var missing = run.Chosen.Analysis.Lines.Length - Shown(run, run.Chosen).Length;
        return missing == 0 ? "" : $"; {missing} of them are left out, because most spectra do not cover them";
    }

    private static string Caption(RunResults run)
    {
        double[] centers = [.. Shown(run, run.Chosen).Select(l => l.WavelengthAngstrom)];
        return $"Share of the variance at the centre of each line that the decoded posterior means leave unexplained, 1 − R² "
            + $"(0: perfect, 1: no better than the mean spectrum), over all {Wording.Count(run.SpectrumCount)} spectra: "
            + $"the {LineR2.BrightCount} lines of largest variance, and others between them, "
            + $"from {Wording.Number(centers.Min(), 4)} to {Wording.Number(centers.Max(), 4)} Å{LeftOut(run)}. "
            + $"Lowest R²: {Worst(run)}. "
            + $"A value near 1 at one end would mean that the network does not see it; what lies beyond stands in the figure of "
            + $"the error over wavelength.";
    }

    // Betas whose worst line is the same one share its name.
    private static string Worst(RunResults run)
    {
        var lowest = run.Models.Select(m => (Model: m, Line: LineR2.Lowest(Shown(run, m)))).ToArray();
        string Numbers(IEnumerable<(ModelResults Model, LineR2? Line)> of) =>
            Wording.List([.. of.Select(l => $"{FigureAxes.Number(l.Line!.R2, 3)} at {l.Model.Label}")]);
        var parts = lowest.Where(l => l.Line is not null).GroupBy(l => l.Line!.Label).Select(g => $"{g.Key} with {Numbers(g)}");
        var undefined = lowest.Where(l => l.Line is null).Select(l => $"undefined at {l.Model.Label}");
        return string.Join("; ", parts.Concat(undefined));
    }
}
