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
        var sheet = new FigureSheet(FigureSheet.ColumnWidth, height + 86);
        var panel = sheet.AddPanel(Left, 32, FigureSheet.ColumnWidth - Left - 16, height);
        FigureAxes.Categories(panel.Axes.Left, [.. lines.Select(l => l.Label).Reverse()]);
        var lowest = run.Models.SelectMany(m => Shown(run, m)).Select(l => l.R2).Where(double.IsFinite).DefaultIfEmpty(0).Min();
        FigureAxes.Linear(panel.Axes.Bottom, Math.Max(-0.2, Math.Floor((lowest - 0.02) * 20) / 20), 1.005);
        sheet.LabelX(panel, "R² at the line centre");
        for (var i = 0; i < lines.Length; i++)
        {
            panel.AddLine([-1, 2], [i, i], FigurePalette.Faint.WithAlpha(.5), width: 0.6f);
        }
        for (var m = 0; m < run.Models.Count; m++)
        {
            // A line without variance has no mark.
            var r2 = Shown(run, run.Models[m]).Reverse().Index().Where(l => double.IsFinite(l.Item.R2)).Reverse().ToArray();
            var marks = panel.Add.Markers(
                r2.Select(l => Math.Max(-0.2, l.Item.R2)).ToArray(),
                r2.Select(l => l.Index + ((m - 1) * 0.18)).ToArray(),
                m == 0 ? MarkerShape.FilledTriangleUp
                    : m == 1 ? MarkerShape.FilledCircle
                    : MarkerShape.FilledSquare,
                7,
                FigurePalette.Model(m)
            );
            marks.LegendText = run.Models[m].Label;
        }
        panel.HideLegend();
        sheet.AddNames(Left, 20, run.Models.Select((m, i) => (m.Label, FigurePalette.Model(i))));
        return sheet;
    }

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
        var worst = run.Models.Select(m =>
            LineR2.Lowest(Shown(run, m)) is { } line
                ? $"{line.Label} with {FigureAxes.Number(line.R2, 3)} at {m.Label}"
                : $"undefined at {m.Label}"
        );
        double[] centers = [.. Shown(run, run.Chosen).Select(l => l.WavelengthAngstrom)];
        return $"Share of the variance at the centre of each line that the decoded posterior means explain (1: perfect, 0: no better than "
            + $"the mean spectrum), over all "
            + $"{Wording.Count(run.SpectrumCount)} spectra: the {LineR2.BrightCount} lines of largest variance, and others between them, "
            + $"from {Wording.Number(centers.Min(), 4)} to {Wording.Number(centers.Max(), 4)} Å{LeftOut(run)}. "
            + $"Lowest: {string.Join(", ", worst)}. "
            + $"A value near 0 at one end would mean that the network does not see it; what lies beyond stands in the figure of "
            + $"the error over wavelength.";
    }
}
