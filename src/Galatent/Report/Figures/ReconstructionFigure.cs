using Galatent.Files;
using Galatent.Latents.Reconstructions;
using Galatent.Report.Drawing;
using Galatent.Report.Page;
using Galatent.Report.Runs;
using ScottPlot;

namespace Galatent.Report.Figures;

/// <summary>The study's figure 7: two spectra and their reconstructions by the models of all betas, with residuals.</summary>
internal static class ReconstructionFigure
{
    private const float Left = 68;
    private const float ColumnWidth = 412;
    private const float ColumnGap = 72;
    private const float SpectrumHeight = 150;
    private const float ResidualHeight = 62;
    private const float InnerGap = 8;
    private const float RowGap = 40;
    private const float Top = 60;

    public static Figure Make(RunResults run) =>
        new("reconstructions", "Reconstructions of two spectra", Caption(run), () => Draw(run))
        {
            Chapter = Chapter.Reconstruction,
            StudyFigure = 7,
            Data = () => Data(run),
        };

    private static FigureSheet Draw(RunResults run)
    {
        var models = run.Models;
        const float rowHeight = SpectrumHeight + InnerGap + ResidualHeight + RowGap;
        var sheet = new FigureSheet(1000, (int)(Top + (models.Count * rowHeight) + 18));
        var examples = models[0].Analysis.Examples;
        for (var c = 0; c < examples.Length; c++)
        {
            var left = Left + (c * (ColumnWidth + ColumnGap));
            var largest = models.Max(m => Percentile(Good(run, m.Analysis.Examples[c]), 0.995));
            sheet.AddText(
                $"{char.ToUpperInvariant(examples[c].Name[0])}{examples[c].Name[1..]}",
                left + (ColumnWidth / 2),
                Top - 36,
                bold: true
            );
            for (var r = 0; r < models.Count; r++)
            {
                var top = Top + (r * rowHeight);
                var example = Good(run, models[r].Analysis.Examples[c]);
                var spectrum = sheet.AddPanel(left, top, ColumnWidth, SpectrumHeight);
                DrawSpectrum(run, spectrum, example, FigurePalette.Model(r, models.Count));
                sheet.AddText(
                    $"{models[r].Label}, squared error {Wording.Number(SquaredError(example))}",
                    left + ColumnWidth,
                    top - 6,
                    FigureStyle.TickSize,
                    color: FigurePalette.Model(r, models.Count).Darken(.2),
                    align: SkiaSharp.SKTextAlign.Right
                );
                var residual = sheet.AddPanel(left, top + SpectrumHeight + InnerGap, ColumnWidth, ResidualHeight);
                DrawResidual(run, residual, example, largest, FigurePalette.Model(r, models.Count), r == models.Count - 1);
                if (c == 0)
                {
                    sheet.LabelY(spectrum, FigureStyle.FluxLabel);
                    sheet.LabelY(residual, "Residual");
                }
                if (r == models.Count - 1)
                {
                    sheet.LabelX(residual, FigureStyle.WavelengthLabel);
                }
            }
        }
        return sheet;
    }

    private static ResultTable Data(RunResults run)
    {
        var examples = run.Models[0].Analysis.Examples;
        var columns = new List<(string, IReadOnlyList<double>)> { ("wavelength_angstrom", run.Grid.WavelengthAngstrom) };
        for (var c = 0; c < examples.Length; c++)
        {
            var name = FigureTables.Column(examples[c].Name);
            columns.Add(($"flux_{name}", Good(run, examples[c]).Flux));
            columns.AddRange(
                run.Models.Select(m =>
                    (
                        $"reconstructed_{name}_beta_{Wording.Beta(m.Beta)}",
                        (IReadOnlyList<double>)Good(run, m.Analysis.Examples[c]).Reconstructed
                    )
                )
            );
        }
        return ResultTable.Of(columns);
    }

    private static void DrawSpectrum(RunResults run, Plot panel, Reconstruction example, Color color)
    {
        var (low, high) = FigureStyle.FluxLimits(example.Flux);
        FigureAxes.Wavelength(panel.Axes.Bottom, run.ShownRange, labels: false, isNarrow: true);
        FigureAxes.Log(panel.Axes.Left, low, high);
        panel.AddLine(run.Grid.WavelengthAngstrom, FigureStyle.Log10(example.Flux), FigurePalette.Faint, width: 2.8f);
        panel.AddLine(run.Grid.WavelengthAngstrom, FigureStyle.Log10(example.Reconstructed), color, width: 1);
    }

    private static void DrawResidual(RunResults run, Plot panel, Reconstruction example, double largest, Color color, bool last)
    {
        FigureAxes.Wavelength(panel.Axes.Bottom, run.ShownRange, labels: last, isNarrow: true);
        var tick = TickFor(largest);
        FigureAxes.Linear(panel.Axes.Left, -1.35 * tick, 1.35 * tick, tick);
        panel.AddLine([run.ShownRange.LowAngstrom, run.ShownRange.HighAngstrom], [0, 0], FigurePalette.Faint);
        panel.AddLine(run.Grid.WavelengthAngstrom, [.. example.Reconstructed.Zip(example.Flux, (a, b) => a - b)], color, width: 0.9f);
    }

    // The smallest step of the form 1, 2 or 5 x 10^k that is at least three quarters of the largest residual shown.
    private static double TickFor(double largest)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(1e-6, largest))));
        return new[] { 1.0, 2, 5, 10 }.First(m => 1.3 * m * power >= largest) * power;
    }

    private static double Percentile(Reconstruction example, double fraction)
    {
        var sorted = example.Reconstructed.Zip(example.Flux, (a, b) => Math.Abs(a - b)).Where(double.IsFinite).Order().ToArray();
        return sorted.Length == 0 ? 0 : sorted[(int)(fraction * (sorted.Length - 1))];
    }

    private static double SquaredError(Reconstruction example) =>
        example.Reconstructed.Zip(example.Flux, (a, b) => (a - b) * (a - b)).Where(double.IsFinite).Sum();

    // With NaN in bad pixels: what they were filled with is no input.
    private static Reconstruction Good(RunResults run, Reconstruction example) =>
        example with
        {
            Flux = run.Gaps?.Good(example.Spectrum, example.Flux) ?? example.Flux,
            Reconstructed = run.Gaps?.Seen(example.Reconstructed) ?? example.Reconstructed,
        };

    private static string Caption(RunResults run)
    {
        string Error(ModelResults model, int example) => Wording.Number(SquaredError(Good(run, model.Analysis.Examples[example])));
        var points = run.Gaps is null ? Wording.Count(run.Grid.Count) : "good";
        var parts = run.Models[0]
            .Analysis.Examples.Select(
                (e, c) =>
                    $"{e.Name} (spectrum {Wording.Count(e.Spectrum)}): "
                    + string.Join(", ", run.Models.Select(m => $"{Error(m, c)} at {m.Label}"))
            );
        return $"Input (grey) and decoded posterior mean (coloured) of the example spectra for the models with "
            + $"{Wording.List([.. run.Models.Select(m => m.Label)])}, with residuals (reconstruction − input) below on one scale per "
            + $"column; peaks beyond it are cut. Squared error summed over the {points} points, "
            + $"{string.Join("; ", parts)}. Negative reconstructed flux leaves gaps on the logarithmic axis.";
    }
}
