using Galatent.Files;
using Galatent.Report.Drawing;
using Galatent.Report.Page;
using Galatent.Report.Runs;

namespace Galatent.Report.Figures.Schematics;

/// <summary>The study's figure 2: what an autoencoder is, with a spectrum of the run.</summary>
internal static class AutoencoderSchematic
{
    private const float Middle = 84;

    public static Figure? Make(RunResults run) =>
        SchematicParts.Of(run) is { } parts
            ? new Figure("schematic-autoencoder", "An autoencoder", Caption(parts), () => Draw(parts))
            {
                Chapter = Chapter.Methods,
                StudyFigure = 2,
                IsColumnWide = true,
                Data = () =>
                    ResultTable.Of(
                        ("wavelength_angstrom", run.Grid.WavelengthAngstrom),
                        ("flux", parts.Example.Flux),
                        ("reconstructed", parts.Example.Reconstructed)
                    ),
            }
            : null;

    private static FigureSheet Draw(SchematicParts parts)
    {
        var sheet = new FigureSheet(FigureSheet.ColumnWidth, 232);
        parts.AddSpectrum(sheet, parts.Example.Flux, 16, Middle - 50, 110, 100, "x", $"{parts.Pixels} points");
        SchematicParts.AddFunnel(sheet, 146, Middle, 68, isEncoder: true);
        sheet.AddCells(238, Middle - 44, 22, 88, parts.Posterior().Mu, 3);
        sheet.AddText("z", 249, Middle - 58, bold: true);
        sheet.AddText($"{parts.Latent} numbers", 249, Middle + 67, FigureStyle.AnnotationSize);
        SchematicParts.AddFunnel(sheet, 284, Middle, 68, isEncoder: false);
        parts.AddSpectrum(sheet, parts.Example.Reconstructed, 374, Middle - 50, 110, 100, "x′", $"{parts.Pixels} points");
        foreach (var (from, to) in new[] { (128f, 144f), (216, 236), (262, 282), (354, 372) })
        {
            sheet.AddArrow(FigurePalette.Ink, false, (from, Middle), (to, Middle));
        }
        sheet.AddArrow(FigurePalette.Vermillion, true, (71, Middle + 76), (71, 184), (170, 184));
        sheet.AddArrow(FigurePalette.Vermillion, true, (429, Middle + 76), (429, 184), (330, 184));
        sheet.AddText("compared", 250, 189, FigureStyle.TickSize, color: FigurePalette.Vermillion);
        sheet.AddText("squared error Σ (x − x′)²", 250, 212, FigureStyle.TickSize);
        return sheet;
    }

    private static string Caption(SchematicParts parts) =>
        $"An autoencoder sums up a spectrum x in few numbers z and makes a spectrum x′ of these again; it learns by comparing the two. "
        + $"Drawn are spectrum {Wording.Count(parts.Example.Spectrum)} of this run, its posterior mean (blue "
        + $"below zero, vermillion above, darkest beyond ±3) and its reconstruction at {parts.Run.Chosen.Label}: {parts.Pixels} points "
        + $"in, {parts.Latent} numbers between.";
}
