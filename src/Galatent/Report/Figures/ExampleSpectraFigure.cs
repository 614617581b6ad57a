using Galatent.Files;
using Galatent.Latents.Reconstructions;
using Galatent.Numerics;
using Galatent.Report.Drawing;
using Galatent.Report.Page;
using Galatent.Report.Runs;
using Galatent.Spectra;
using Galatent.Spectra.Lines;

namespace Galatent.Report.Figures;

/// <summary>The study's figure 1: a star-forming and a quiescent spectrum with names of their features.</summary>
internal static class ExampleSpectraFigure
{
    private const float Left = 72;
    private const float DataWidth = 900;
    private const float DataHeight = 180;
    private const float Top = 108;
    private const float Gap = 100;

    private static readonly SpectralFeature[] Gas =
    [
        .. SpectralLines
            .Named.Append(new SpectralFeature("[O III]", FeatureKind.Emission, 4960.30))
            .Append(new SpectralFeature("Hδ", FeatureKind.Emission, 4102.89)),
    ];

    public static Figure Make(RunResults run)
    {
        var examples = run.Chosen.Analysis.Examples;
        return new Figure("example-spectra", "Two example spectra", Caption(run, examples), () => Draw(run, examples))
        {
            Chapter = Chapter.Data,
            StudyFigure = 1,
            Data = () => Data(run, examples),
        };
    }

    private static FigureSheet Draw(RunResults run, Reconstruction[] examples)
    {
        var sheet = new FigureSheet(1000, 630);
        for (var i = 0; i < examples.Length; i++)
        {
            var top = Top + (i * (DataHeight + Gap));
            var panel = sheet.AddPanel(Left, top, DataWidth, DataHeight);
            FigureAxes.Wavelength(panel.Axes.Bottom, run.ShownRange, labels: i == examples.Length - 1);
            var flux = Good(run, examples[i]);
            var (low, high) = FigureStyle.FluxLimits(flux);
            FigureAxes.Log(panel.Axes.Left, low, high);
            sheet.LabelY(panel, FigureStyle.FluxLabel);
            panel.AddLine(
                run.Grid.WavelengthAngstrom,
                FigureStyle.Log10(flux),
                i == 0 ? FigurePalette.Blue : FigurePalette.Vermillion,
                width: 1.1f
            );
            FeatureLabels.Add(sheet, panel, i == 0 ? Gas : SpectralLines.Absorption, Left, top, DataWidth);
            sheet.AddText(
                Title(examples[i].Name),
                Left + DataWidth - 10,
                top + DataHeight - 14,
                bold: true,
                align: SkiaSharp.SKTextAlign.Right
            );
            if (i == examples.Length - 1)
            {
                sheet.LabelX(panel, FigureStyle.WavelengthLabel);
            }
        }
        return sheet;
    }

    private static ResultTable Data(RunResults run, Reconstruction[] examples) =>
        ResultTable.Of([
            ("wavelength_angstrom", run.Grid.WavelengthAngstrom),
            .. examples.Select(e => ($"flux_{FigureTables.Column(e.Name)}", (IReadOnlyList<double>)Good(run, e))),
        ]);

    private static string Title(string name) => char.ToUpperInvariant(name[0]) + name[1..];

    private static string Caption(RunResults run, Reconstruction[] examples)
    {
        var activity = ExampleSpectra.LogSsfr(run.Parameters);
        string Activity(int row) => activity is null ? "" : $" (log sSFR = {Wording.Number(activity[row])} per year)";
        var parts = examples.Select(e =>
            $"Spectrum {Wording.Count(e.Spectrum)}, {e.Name}{Activity(e.Spectrum)}: {Break(run, e)}Hα "
            + $"{HydrogenAlpha(run.Grid, Good(run, e))}"
        );
        return $"Two of the {Wording.Count(run.SpectrumCount)} spectra, each divided by its median between "
            + $"5000 and 5500 Å. "
            + $"{string.Join(". ", parts)}. Old stars show the stronger break at 4000 Å, young stars light up the gas and with it the "
            + $"emission lines.{BroadLines(run.Grid)}{(run.Gaps is null ? "" : " Bad pixels leave gaps.")}";
    }

    // Why the last lines of the study's grid look broad.
    private static string BroadLines(WavelengthGrid grid)
    {
        double Width(double angstrom)
        {
            var pixel = grid.Nearest(angstrom);
            return grid.CellEdgeAngstrom[pixel + 1] - grid.CellEdgeAngstrom[pixel];
        }
        var last = SpectralLines.Judged[^1];
        return SpectralLines.IsInside(last, grid) && Width(last.CenterAngstrom) > 5
            ? $" {SpectralLines.Label(last)} looks broad: the pixels there are {Wording.Number(Width(last.CenterAngstrom), 2)} Å wide."
            : "";
    }

    private static double[] Good(RunResults run, Reconstruction example) => run.Gaps?.Good(example.Spectrum, example.Flux) ?? example.Flux;

    // The continuum lies between the bands on both sides, outside the lines of nitrogen; an old galaxy's line is seen in absorption.
    private static string HydrogenAlpha(WavelengthGrid grid, double[] flux)
    {
        double[] Band(double low, double high) => flux[grid.Range(low, high).First..grid.Range(low, high).End];
        double[] beside = [.. Band(6500, 6530).Concat(Band(6600, 6640)).Where(double.IsFinite)];
        var ratio = beside.Length == 0 ? double.NaN : flux[grid.Nearest(6564.6)] / SampleMoments.Median(beside);
        return !double.IsFinite(ratio) ? "is not covered"
            : ratio > 1 ? $"peaks at {Wording.Number(ratio)} times the continuum beside it"
            : $"is absorbed to {Wording.Number(ratio)} times the continuum beside it";
    }

    private static string Break(RunResults run, Reconstruction example) =>
        BreakStrength.Of(run.Grid, Array.ConvertAll(Good(run, example), v => (float)v)).Value is var value && double.IsFinite(value)
            ? $"D4000n (mean flux at 4000–4100 Å over that at 3850–3950 Å) is {Wording.Number(value)}, "
            : "";
}
