using Galatent.Files;
using Galatent.Report.Drawing;
using Galatent.Report.Page;
using Galatent.Report.Runs;
using Galatent.Spectra.Quantities;
using ScottPlot;

namespace Galatent.Report.Figures.Analyses;

/// <summary>What each dimension knows of redshift and of mass: alone, given the star-formation rate, and given both others.</summary>
internal static class ConditionalFigure
{
    private const float Height = 160;
    private const float Gap = 18;
    private const float Top = 36;
    private const string All = "all in use";

    private static readonly (string Parameter, string Label)[] Panels =
    [
        (GalaxyQuantities.Redshift.Name, "I(z; redshift) [nat]"),
        (GalaxyQuantities.LogMass.Name, "I(z; mass) [nat]"),
    ];

    private static readonly (string Words, Color Color, MarkerShape Shape)[] Kinds =
    [
        ("alone", FigurePalette.Blue, MarkerShape.FilledCircle),
        ("given SFR", FigurePalette.Orange, MarkerShape.FilledSquare),
        ("given SFR and the other", FigurePalette.Purple, MarkerShape.FilledTriangleUp),
    ];

    public static Figure? Make(RunResults run) =>
        run.Chosen.FindTable("conditional") is { } table && Dimensions(table).Length > 0
            ? new Figure("conditional", "Redshift and mass, alone and given the star-formation rate", Caption(run, table), () =>
                Draw(table)
            )
            {
                Chapter = Chapter.Physics,
                IsColumnWide = true,
                Data = () => table,
            }
            : null;

    private static string[] Dimensions(ResultTable table) => [.. table.Texts("dimension").Distinct().Where(d => d != All)];

    private static int Kind(string given) =>
        given.Length == 0 ? 0
        : given.Contains(' ', StringComparison.Ordinal) ? 2
        : 1;

    private static FigureSheet Draw(ResultTable table)
    {
        var dimensions = Dimensions(table);
        var sheet = new FigureSheet(AnalysisPanels.Page, (int)(Top + (2 * Height) + Gap + 50));
        sheet.AddNames(AnalysisPanels.Left, 22, [.. Kinds.Select(k => (k.Words, k.Color))]);
        var names = table.Texts("dimension");
        var about = table.Texts("parameter");
        var given = table.Texts("given");
        var nat = table.Doubles("mixture_nat", mayBeUndefined: true);
        var error = table.Doubles("mixture_standard_error_nat", mayBeUndefined: true);
        for (var p = 0; p < Panels.Length; p++)
        {
            var panel = sheet.AddPanel(AnalysisPanels.Left, Top + (p * (Height + Gap)), AnalysisPanels.Width, Height);
            int[] rows = [.. Enumerable.Range(0, names.Length).Where(r => about[r] == Panels[p].Parameter && names[r] != All)];
            for (var k = 0; k < Kinds.Length; k++)
            {
                int[] own = [.. rows.Where(r => Kind(given[r]) == k)];
                var place = 0.24 * (k - 1);
                AnalysisPanels.AddPoints(
                    panel,
                    [.. own.Select(r => Array.IndexOf(dimensions, names[r]) + place)],
                    [.. own.Select(r => nat[r])],
                    [.. own.Select(r => nat[r] - (2 * error[r]))],
                    [.. own.Select(r => nat[r] + (2 * error[r]))],
                    Kinds[k].Color,
                    Kinds[k].Shape
                );
            }
            double[] ends = [.. rows.Select(r => nat[r] + (2 * error[r])).Where(double.IsFinite)];
            FigureAxes.Categories(panel.Axes.Bottom, dimensions, p == 1);
            FigureAxes.Linear(panel.Axes.Left, -0.04, Math.Max(0.1, 1.08 * ends.DefaultIfEmpty(0.1).Max()));
            panel.AddLine([-0.5, dimensions.Length - 0.5], [0, 0], FigurePalette.Faint, width: 1);
            sheet.LabelY(panel, Panels[p].Label);
            if (p == 1)
            {
                sheet.LabelX(panel, "Latent dimension");
            }
        }
        return sheet;
    }

    private static string Caption(RunResults run, ResultTable table)
    {
        var names = table.Texts("dimension");
        var about = table.Texts("parameter");
        var given = table.Texts("given");
        var nat = table.Doubles("mixture_nat", mayBeUndefined: true);
        var error = table.Doubles("mixture_standard_error_nat", mayBeUndefined: true);
        var counts = table.Doubles("mixture_rows");
        string Keep(string parameter, string words)
        {
            string[] own =
            [
                .. Enumerable
                    .Range(0, names.Length)
                    .Where(r => about[r] == parameter && Kind(given[r]) == 2 && names[r] != All && nat[r] > 3 * error[r])
                    .Select(r => $"{names[r]} ({FigureAxes.Number(nat[r], 2)} nat)"),
            ];
            return $"Of {words} given both others, more than three errors are left in {Wording.List(own)}.";
        }
        // What the study says: redshift and mass are there through the star-formation rate.
        string Course(string parameter, string words)
        {
            int[] alone =
            [
                .. Enumerable.Range(0, names.Length).Where(r => about[r] == parameter && Kind(given[r]) == 0 && names[r] != All),
            ];
            if (alone.Length == 0)
            {
                return "";
            }
            var dimension = names[alone.MaxBy(r => nat[r])];
            int[] rows = [.. Enumerable.Range(0, 3).Select(k => FindRow(parameter, dimension, k))];
            if (rows.Any(r => r < 0 || !double.IsFinite(nat[r])))
            {
                return "";
            }
            string Estimate(int r) => Wording.Estimate(nat[r], error[r]);
            var change = nat[rows[1]] - nat[rows[0]];
            var verdict =
                Math.Abs(change) <= 2 * Math.Sqrt((error[rows[0]] * error[rows[0]]) + (error[rows[1]] * error[rows[1]]))
                    ? "the rate alone changes it by no more than two errors"
                : change > 0 ? "the rate alone does not explain it"
                : "the rate explains a part of it";
            return $"{dimension} and {words}: {Estimate(rows[0])} nat alone, {Estimate(rows[1])} given the rate, {Estimate(rows[2])} given "
                + $"both: {verdict}. ";
        }
        int FindRow(string parameter, string dimension, int kind) =>
            Enumerable
                .Range(0, names.Length)
                .Where(r => about[r] == parameter && names[r] == dimension && Kind(given[r]) == kind)
                .DefaultIfEmpty(-1)
                .First();
        return $"Information of samples z at {run.Chosen.Label} with redshift (above) and stellar mass (below), nat, by Gaussian mixtures "
            + $"of {Wording.Count((long)counts.Max())} of {Wording.Count(run.SpectrumCount)} spectra: alone, given "
            + "the star-formation rate, and given the rate and the other of the two. Bars: two standard errors. "
            + $"{Course(GalaxyQuantities.Redshift.Name, "redshift")}{Course(GalaxyQuantities.LogMass.Name, "mass")}Given the rate, mass "
            + "stands for the specific rate, which shapes a normalised spectrum. "
            + $"{Keep(GalaxyQuantities.Redshift.Name, "redshift")} {Keep(GalaxyQuantities.LogMass.Name, "mass")}";
    }
}
