using Galatent.Files;
using Galatent.Latents;
using Galatent.Report.Drawing;
using Galatent.Report.Page;
using Galatent.Report.Runs;

namespace Galatent.Report.Figures.Schematics;

/// <summary>The study's figure 3: where a variational autoencoder draws its noise, with the numbers of one spectrum of the run.</summary>
internal static class VaeSchematic
{
    private const float Upper = 76;
    private const float Lower = 186;
    private const float Half = 40;

    public static Figure? Make(RunResults run) =>
        SchematicParts.Of(run) is { } parts && run.Chosen.Training?.Objective.UsesMean != true
            ? new Figure("schematic-vae", "A variational autoencoder", Caption(parts), () => Draw(parts))
            {
                Chapter = Chapter.Methods,
                StudyFigure = 3,
                IsColumnWide = true,
                Data = () => Data(parts),
            }
            : null;

    private static FigureSheet Draw(SchematicParts parts)
    {
        const float middle = (Upper + Lower) / 2;
        var sheet = new FigureSheet(FigureSheet.ColumnWidth, 316);
        var (mu, sigma, noise, z) = parts.Posterior();
        parts.AddSpectrum(sheet, parts.Example.Flux, 14, middle - 44, 84, 88, "x", $"{parts.Pixels} points");
        SchematicParts.AddFunnel(sheet, 114, middle, 62, isEncoder: true);
        AddStrip(sheet, 204, Upper, mu, 3, "μ");
        AddStrip(sheet, 204, Lower, sigma, 1, "σ");
        AddStrip(sheet, 286, middle, z, 3, "z = μ + σ ⊙ ε");
        AddStrip(sheet, 286, 262, noise, 3, "");
        sheet.AddText("ε ~ N(0, 1)", 320, 267, FigureStyle.TickSize, align: SkiaSharp.SKTextAlign.Left);
        SchematicParts.AddFunnel(sheet, 326, middle, 62, isEncoder: false);
        parts.AddSpectrum(sheet, parts.Example.Reconstructed, 404, middle - 44, 84, 88, "x′", $"{parts.Pixels} points");
        sheet.AddArrow(FigurePalette.Ink, false, (100, middle), (112, middle));
        sheet.AddArrow(FigurePalette.Ink, false, (178, middle - 12), (202, Upper));
        sheet.AddArrow(FigurePalette.Ink, false, (178, middle + 12), (202, Lower));
        sheet.AddArrow(FigurePalette.Ink, false, (228, Upper), (284, middle - 12));
        sheet.AddArrow(FigurePalette.Ink, false, (228, Lower), (284, middle + 12));
        sheet.AddArrow(FigurePalette.Vermillion, true, (297, 220), (297, middle + Half + 3));
        sheet.AddArrow(FigurePalette.Ink, false, (310, middle), (324, middle));
        sheet.AddArrow(FigurePalette.Ink, false, (390, middle), (402, middle));
        return sheet;
    }

    private static void AddStrip(FigureSheet sheet, float left, float middle, double[] values, double limit, string name)
    {
        sheet.AddCells(left, middle - Half, 22, 2 * Half, values, limit);
        sheet.AddText(name, left + 11, middle - Half - 8, FigureStyle.TickSize, bold: true);
    }

    private static ResultTable Data(SchematicParts parts)
    {
        var (mu, sigma, noise, z) = parts.Posterior();
        string[] names = [.. mu.Select((_, d) => AnalysisResults.DimensionName(d))];
        return new ResultTable(
            ["dimension", "mu", "sigma", "epsilon", "z"],
            [
                .. names.Select(
                    (n, d) =>
                        (string[])
                            [n, ResultTable.Text(mu[d]), ResultTable.Text(sigma[d]), ResultTable.Text(noise[d]), ResultTable.Text(z[d])]
                ),
            ]
        );
    }

    private static string Caption(SchematicParts parts)
    {
        var run = parts.Run;
        var sigma = parts.Posterior().Sigma;
        int[] used = run.Chosen.Analysis.Informativeness.ByKl;
        double[] spread = [.. used.Select(d => sigma[d]).Order()];
        var range =
            spread.Length == 0
                ? ""
                : $" In the {used.Length} dimensions in use σ is {Wording.Number(spread[0], 2)} to {Wording.Number(spread[^1], 2)}; "
                    + "elsewhere it stays near 1, the prior, and tells nothing.";
        return $"A variational autoencoder gives a mean μ and a spread σ for each of its {parts.Latent} dimensions; noise ε comes from "
            + "outside (dashed), so that gradients pass by it (eq. 4 of the study has μ and σ the other way round). Drawn "
            + $"are spectrum {Wording.Count(parts.Example.Spectrum)} and its numbers at {run.Chosen.Label}, the first dimension on top: "
            + $"blue below zero, vermillion above, darkest beyond ±3 (σ: beyond 1).{range}";
    }
}
