using Galatent.Report.Drawing;
using Galatent.Report.Page;
using Galatent.Spectra.Quantities;
using Galatent.Synthesis.Galaxies;

namespace Galatent.Report.Figures.Samples;

/// <summary>Planes of two parameters of a simulated sample, with the relations that the population uses.</summary>
internal static class SampleParametersFigure
{
    public static Figure Make(SimulatedSample sample) =>
        new(
            "simulated-parameters",
            "Parameters of the simulated galaxies",
            $"Density of {Wording.Count(sample.Spectra.Count)} simulated galaxies in planes of two parameters; logarithmic shades, "
                + "central 99 %. Lines: the relations that the model is made of, at z = 1 where they depend on it: star-forming ridge "
                + "(Leja et al. 2022), gas metallicity on it (Curti et al. 2020), stellar metallicity (Gallazzi et al. 2005), dust by "
                + "mass (Garn and Best 2010) and by star formation (Alsing et al. 2023), slope of the attenuation by its depth (Leja et "
                + "al. 2019), least mass of a survey to 26 mag at 3.6 µm (Thorp et al. 2025).",
            () => Draw(sample)
        );

    private static FigureSheet Draw(SimulatedSample sample)
    {
        var names = GalaxyColumns.Study.Select(c => c.Name).ToArray();
        const float side = 116;
        const float gap = 6;
        const float left = 74;
        const float top = 16;
        var n = names.Length - 1;
        var sheet = new FigureSheet(1000, (int)(top + (n * (side + gap)) + 60));
        for (var row = 1; row <= n; row++)
        {
            for (var column = 0; column < row; column++)
            {
                var panel = sheet.AddPanel(left + (column * (side + gap)), top + ((row - 1) * (side + gap)), side, side);
                SamplePanels.AddDensity(panel, sample.Spectra.Parameter(names[column]).Values, sample.Spectra.Parameter(names[row]).Values);
                if (PopulationRelations.Curve(names[column], names[row]) is var (xs, ys) && xs.Length > 0)
                {
                    panel.AddLine(xs, ys, FigurePalette.Vermillion, "", 1.2f);
                }
                SamplePanels.Ticks(
                    sheet,
                    panel,
                    row == n ? GalaxyQuantities.SymbolOf(names[column]) : null,
                    column == 0 ? GalaxyQuantities.SymbolOf(names[row]) : null
                );
            }
        }
        return sheet;
    }
}
