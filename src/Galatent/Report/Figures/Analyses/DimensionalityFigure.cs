using Galatent.Files;
using Galatent.Latents.Dimensionality;
using Galatent.Networks.Objectives;
using Galatent.Report.Drawing;
using Galatent.Report.Page;
using Galatent.Report.Runs;
using ScottPlot;

namespace Galatent.Report.Figures.Analyses;

/// <summary>Rate and distortion of the run's models beside the best linear VAE of the same spectra, and which number of dimensions a linear
/// model, or the networks of several betas, hold longest as beta grows.</summary>
internal static class DimensionalityFigure
{
    private const float Upper = 240;
    private const float Lower = 120;
    private const int CurvePoints = 120;
    private const int MostBars = 16;

    // Of fewer betas nearly every number reaches an end of the range, and its length is that of the range.
    private const int LeastBetas = 4;

    public static Figure? Make(RunResults run) =>
        run.Chosen.FindTable("dimensionality-linear") is { Rows.Count: > 1 } table
            ? new Figure("dimensionality", "How many dimensions: rate, distortion, persistence", Caption(run, table), () =>
                Draw(run, table)
            )
            {
                Chapter = Chapter.Dimensions,
                IsColumnWide = true,
                Data = () => Data(run, table),
            }
            : null;

    private static FigureSheet Draw(RunResults run, ResultTable table)
    {
        var count = run.Models.Count;
        var names = run.Models.Select((m, i) => (m.Label, FigurePalette.Model(i, count))).ToArray();
        var top = 20 + (16 * FigureSheet.RowsOfNames(AnalysisPanels.Page, AnalysisPanels.Left, names));
        var sheet = new FigureSheet(AnalysisPanels.Page, (int)(top + Upper + 66 + Lower + 54));
        var panel = sheet.AddPanel(AnalysisPanels.Left, top, AnalysisPanels.Width, Upper);
        double[] rates = [.. run.Models.Select(m => m.Analysis.Loss.KlNat)];
        double[] errors = [.. run.Models.Select(m => m.Analysis.Loss.SquaredErrorOfSample)];
        var linear = Curve(run);
        panel.AddLine([.. linear.Select(l => l.KlNat)], [.. linear.Select(l => Math.Log10(l.SquaredError))], FigurePalette.Faint, width: 2);
        for (var m = 0; m < rates.Length; m++)
        {
            panel.Add.Marker(rates[m], Math.Log10(errors[m]), MarkerShape.FilledCircle, 10, FigurePalette.Model(m, count));
            var bound = run.Models[m].Analysis.Loss.Linear;
            panel.Add.Marker(bound.KlNat, Math.Log10(bound.SquaredError), MarkerShape.OpenSquare, 10, FigurePalette.Model(m, count));
        }
        double[] allRates = [.. rates, .. run.Models.Select(m => m.Analysis.Loss.Linear.KlNat)];
        double[] allErrors = [.. errors, .. run.Models.Select(m => m.Analysis.Loss.Linear.SquaredError)];
        FigureAxes.Linear(panel.Axes.Bottom, Math.Max(0, allRates.Min() - 2), allRates.Max() + 2);
        FigureAxes.Log(panel.Axes.Left, Math.Log10(allErrors.Min()) - 0.15, Math.Log10(allErrors.Max()) + 0.15);
        sheet.LabelX(panel, "Rate: KL [nat]");
        sheet.LabelY(panel, "Distortion: squared error");
        sheet.AddNames(AnalysisPanels.Left, 22, names);
        DrawPersistence(sheet, sheet.AddPanel(AnalysisPanels.Left, top + Upper + 66, AnalysisPanels.Width, Lower), run, table);
        return sheet;
    }

    private static void DrawPersistence(FigureSheet sheet, Plot bars, RunResults run, ResultTable table)
    {
        void Bar(double dimensions, double halfWidth, double length, Color color)
        {
            var bar = bars.Add.Rectangle(dimensions - halfWidth, dimensions + halfWidth, 0, length);
            bar.FillColor = color;
            bar.LineWidth = 0;
        }
        double[] linear = [.. table.Doubles("persistence_ln_beta", mayBeUndefined: true).Take(MostBars)];
        PersistentNumber[] networks = [.. Networks(run).Where(n => n.Dimensions <= MostBars)];
        var shift = networks.Length > 0 ? 0.2 : 0;
        foreach (var (k, length) in linear.Index().Where(l => double.IsFinite(l.Item)))
        {
            Bar(k + 1 - shift, 0.38 - shift, length, FigurePalette.Grey);
        }
        foreach (var number in networks)
        {
            Bar(number.Dimensions + shift, 0.38 - shift, number.Length, number.IsOpen ? FigurePalette.Sky : FigurePalette.Blue);
        }
        double[] lengths = [.. linear.Where(double.IsFinite), .. networks.Select(n => n.Length)];
        FigureAxes.Linear(bars.Axes.Bottom, networks.Any(n => n.Dimensions == 0) ? -0.6 : 0.4, Math.Max(linear.Length, 1) + 0.6, 2);
        FigureAxes.Linear(bars.Axes.Left, 0, 1.1 * lengths.DefaultIfEmpty(1).Max());
        sheet.LabelX(bars, networks.Length > 0 ? "Dimensions (grey: linear VAE, blue: networks)" : "Dimensions of a linear VAE");
        sheet.LabelY(bars, "Length in ln β");
    }

    // The numbers of dimensions that the networks hold along beta; none for a few betas.
    private static IReadOnlyList<PersistentNumber> Networks(RunResults run) =>
        run.Models.Select(m => m.Beta).Distinct().Count() < Math.Max(LeastBetas, run.Models.Count)
            ? []
            : Persistence.OfSweep(run.Models.Select(m => (m.Beta, m.Analysis.Informativeness.KlNat)));

    private static ResultTable Data(RunResults run, ResultTable table)
    {
        string[] header = ["beta", "kl_nat", "squared_error"];
        ResultTable Points(IEnumerable<(double Beta, double Kl, double Error)> points) =>
            new(header, [.. points.Select(p => (string[])[ResultTable.Text(p.Beta), ResultTable.Text(p.Kl), ResultTable.Text(p.Error)])]);
        var networks = Networks(run);
        return FigureTables.Together(
            "curve",
            [
                ("network", Points(run.Models.Select(m => (m.Beta, m.Analysis.Loss.KlNat, m.Analysis.Loss.SquaredErrorOfSample)))),
                ("linear_vae", Points(run.Models.Select(m => (m.Beta, m.Analysis.Loss.Linear.KlNat, m.Analysis.Loss.Linear.SquaredError)))),
                ("linear_vae_along_beta", Points(Curve(run).Select(l => (l.Beta, l.KlNat, l.SquaredError)))),
                ("persistence", table),
                .. networks.Count == 0
                    ? Array.Empty<(string Name, ResultTable Table)>()
                    : [("persistence_of_networks", Persistence.Table(networks))],
            ]
        );
    }

    // The models of the run are judged on other spectra than the curve is computed for; the squares say how much that changes.
    private static LinearVae[] Curve(RunResults run)
    {
        // Not the variance of all spectra: that differs from the eigenvalues' by more than the errors that are shown.
        var eigenvalues = run.Chosen.Analysis.Eigenvalues;
        var total = eigenvalues.Sum();
        var low = Math.Log(run.Models.Min(m => m.Beta) / 4);
        var high = Math.Log(run.Models.Max(m => m.Beta) * 4);
        return
        [
            .. Enumerable
                .Range(0, CurvePoints)
                .Select(i => Math.Exp(low + ((high - low) * i / (CurvePoints - 1))))
                .Select(b => LinearVae.Best(b, eigenvalues, total, run.Chosen.Latents.Dimensions))
                .Where(l => l.SquaredError > 0),
        ];
    }

    private static string Caption(RunResults run, ResultTable table)
    {
        var length = table.Doubles("persistence_ln_beta", mayBeUndefined: true);
        int[] longest =
        [
            .. Enumerable
                .Range(0, Math.Min(length.Length, MostBars))
                .Where(k => double.IsFinite(length[k]))
                .OrderByDescending(k => length[k])
                .Take(3),
        ];
        var models = run.Models.Select(m =>
            $"{m.Label}: {Wording.Number(m.Analysis.Loss.SquaredErrorOfSample)} at {Wording.Number(m.Analysis.Loss.KlNat)} nat (linear "
            + $"{Wording.Number(m.Analysis.Loss.Linear.SquaredError)} at {Wording.Number(m.Analysis.Loss.Linear.KlNat)})"
        );
        return "Above: squared error of decoded samples (normalised flux squared, summed over pixels) against KL, validation spectra; "
            + "squares: the best linear VAE at the same β, on the same spectra; grey: the same along β, from the eigenvalues of the "
            + $"training spectra. {string.Join("; ", models)}. "
            + "Below, grey: over which range of ln β a linear VAE of these spectra has k dimensions, ln(λₖ / λₖ₊₁); "
            + $"longest for k = {Wording.List([.. longest.Select(k => $"{k + 1} ({FigureAxes.Number(length[k], 2)})")])}."
            + OfNetworks(run);
    }

    // Between two betas the end of a number is interpolated, so lengths are not known better than the betas are apart.
    private static string OfNetworks(RunResults run)
    {
        var networks = Networks(run);
        if (networks.Count == 0)
        {
            return "";
        }
        double[] betas = [.. run.Models.Select(m => m.Beta).Order()];
        var step = Enumerable.Range(1, betas.Length - 1).Max(i => Math.Log(betas[i] / betas[i - 1]));
        PersistentNumber[] known =
        [
            .. networks.Where(n => !n.IsOpen && n.Dimensions <= MostBars && n.Length > step).OrderByDescending(n => n.Length).Take(3),
        ];
        var longest =
            known.Length == 0
                ? " None within the range is longer than the βs are apart."
                : " Longest of the dark ones: "
                    + Wording.List([
                        .. known.Select(n =>
                            $"{n.Dimensions} ({FigureAxes.Number(n.Length, 2)}, β from {Wording.Number(n.LowBeta, 2)} to "
                            + $"{Wording.Number(n.HighBeta, 2)})"
                        ),
                    ])
                    + ".";
        return " Blue: the same for the networks, one training at each β, dimensions with a KL above 0.1 nat, interpolated in ln β; pale "
            + $"blue: reaches an end of the range of β, so it is at least as long.{longest} "
            + $"The βs lie up to {FigureAxes.Number(step, 2)} apart in ln β, so that lengths are known to that.";
    }
}
