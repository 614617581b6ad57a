using Galatent.Files;
using Galatent.Report.Drawing;
using Galatent.Report.Runs;

namespace Galatent.Report.Page;

/// <summary>The part of the report about where reconstructions fail, beside linear models of as many dimensions.</summary>
internal static class ReconstructionText
{
    private static readonly string[] Models = ["network", "principal_components", "linear_vae"];

    private static readonly (string Quantity, string Words, Func<double, string> Text)[] Quantities =
    [
        ("dimensions", "Dimensions", v => FigureAxes.Number(v, 0)),
        ("unexplained_variance", "Variance not explained", Percent),
        ("median_r2_of_pixels", "R² of the median pixel", v => FigureAxes.Number(v, 4)),
        ("lowest_r2_of_lines", "Lowest R² of a line", v => FigureAxes.Number(v, 4)),
        ("spectra_with_negative_flux", "Spectra with negative flux somewhere", Percent),
        ("pixels_with_negative_flux", "Pixels with negative flux", Percent),
        ("quiescent_ultraviolet_ratio", "Flux below 1500 Å / input, quiescent tenth (median)", v => Wording.Number(v, 3)),
    ];

    /// <summary>Sentences and a table; empty when the model has no such analysis. On paper they fill what the training histories leave
    /// of their page, so they stand before the figures.</summary>
    /// <param name="model">The model.</param>
    /// <param name="others">The other models of the run, for what depends on beta.</param>
    public static string Of(ModelResults model, IEnumerable<ModelResults> others)
    {
        if (model.FindTable("reconstruction") is not { } summary || model.FindTable("reconstruction-bands") is not { } bands)
        {
            return "";
        }
        var overview = Html.Table(
            ["Held-out spectra", $"Network, {model.Label}", "PCA", "Linear VAE", "Input"],
            Quantities.Select(q => (string[])[q.Words, .. Models.Append("input").Select(m => Text(summary, q.Quantity, m, q.Text))]),
            "numbers"
        );
        return $"<p>{Html.Text(Sentences(summary, bands, model, Others(others)))}</p>{overview}";
    }

    /// <summary>The table of bands of wavelength, folded; empty when the model has no such analysis.</summary>
    public static string ByWavelength(ModelResults model)
    {
        if (model.FindTable("reconstruction-bands") is not { } bands)
        {
            return "";
        }
        var table = Html.Table(
            [
                "Band [Å]",
                "Variance",
                "R² of the median pixel",
                "… PCA",
                "… linear VAE",
                "Worst pixel [Å]",
                "R² there",
                "… PCA",
                "… linear VAE",
            ],
            bands.Rows.Select((_, row) => Band(bands, row)),
            "numbers"
        );
        return $"<details><summary>R² by wavelength, with the worst pixels</summary>{table}</details>";
    }

    private static string Others(IEnumerable<ModelResults> others)
    {
        string[] ratios =
        [
            .. others
                .Select(m => (m.Label, Ratio: HeldOut(m, "quiescent_ultraviolet_ratio", "network")))
                .Where(m => double.IsFinite(m.Ratio))
                .Select(m => $"{Wording.Number(m.Ratio, 3)} at {m.Label}"),
        ];
        return ratios.Length == 0 ? "" : $"; the network has {Wording.List(ratios)}";
    }

    private static string WorstPixel(ResultTable bands)
    {
        var worst = bands.Doubles("network_worst_r2", mayBeUndefined: true);
        int[] defined = [.. Enumerable.Range(0, worst.Length).Where(b => double.IsFinite(worst[b]))];
        if (defined.Length == 0)
        {
            return "";
        }
        var band = defined.MinBy(b => worst[b]);
        string At(string column) => FigureAxes.Number(bands.Doubles(column, mayBeUndefined: true)[band], 3);
        return $" The worst pixel, {FigureAxes.Number(bands.Doubles("worst_angstrom")[band], 0)} Å, has R² {At("network_worst_r2")} (PCA "
            + $"{At("principal_components_worst_r2")}, linear VAE {At("linear_vae_worst_r2")}).";
    }

    private static string Sentences(ResultTable summary, ResultTable bands, ModelResults model, string others)
    {
        double Value(string quantity, string of) => Number(summary, quantity, of);
        var medians = bands.Doubles("network_median_r2", mayBeUndefined: true);
        int[] defined = [.. Enumerable.Range(0, medians.Length).Where(b => double.IsFinite(medians[b]))];
        var largest = bands.Doubles("variance_share").Index().MaxBy(b => b.Item).Index;
        var ratio = Value("quiescent_ultraviolet_ratio", "network");
        string Spread(string of) =>
            $"{Wording.Number(Value("quiescent_ultraviolet_ratio", of), 3)} "
            + $"({Wording.Number(Value("quiescent_ultraviolet_ratio_16", of), 3)} to "
            + $"{Wording.Number(Value("quiescent_ultraviolet_ratio_84", of), 3)})";
        string[] sentences =
        [
            $"With {Value("dimensions", "network"):0} dimensions the network at {model.Label} leaves "
                + $"{Percent(Value("unexplained_variance", "network"))} of the variance of held-out spectra; as many principal components "
                + $"leave {Percent(Value("unexplained_variance", "principal_components"))}, the best linear VAE "
                + $"{Percent(Value("unexplained_variance", "linear_vae"))}.",
            $"{Percent(bands.Doubles("variance_share")[largest])} of that variance lies at {Edge(bands, largest)} Å, so such shares "
                + "speak of bright lines.",
            defined.Length == 0 ? "" : Worst(bands, defined.MinBy(b => medians[b])) + WorstPixel(bands),
            $"{Percent(Value("spectra_with_negative_flux", "network"))} of the reconstructions have negative flux in a pixel (PCA "
                + $"{Percent(Value("spectra_with_negative_flux", "principal_components"))}, linear VAE "
                + $"{Percent(Value("spectra_with_negative_flux", "linear_vae"))}, inputs "
                + $"{Percent(Value("spectra_with_negative_flux", "input"))}).",
            double.IsNaN(ratio)
                ? ""
                : $"Below 1500 Å the reconstruction of the least star-forming tenth has {Wording.Number(ratio, 3)} times the flux of the "
                    + $"input (median; 16 to 84 %: {Wording.Number(Value("quiescent_ultraviolet_ratio_16", "network"), 3)} to "
                    + $"{Wording.Number(Value("quiescent_ultraviolet_ratio_84", "network"), 3)}); PCA {Spread("principal_components")}, "
                    + $"linear VAE {Spread("linear_vae")}{others}.",
        ];
        return string.Join(" ", sentences.Where(s => s.Length > 0));
    }

    private static string Worst(ResultTable bands, int band)
    {
        string R2(string column) => FigureAxes.Number(bands.Doubles(column, mayBeUndefined: true)[band], 3);
        return $"Worst is the band of {Edge(bands, band)} Å: R² of its median pixel {R2("network_median_r2")} (PCA "
            + $"{R2("principal_components_median_r2")}, linear VAE {R2("linear_vae_median_r2")}).";
    }

    private static string Edge(ResultTable bands, int row) =>
        $"{FigureAxes.Number(bands.Doubles("low_angstrom")[row], 0)} to {FigureAxes.Number(bands.Doubles("high_angstrom")[row], 0)}";

    private static string[] Band(ResultTable bands, int row)
    {
        string R2(string column) =>
            bands.Doubles(column, mayBeUndefined: true)[row] is var value && double.IsNaN(value) ? "–" : FigureAxes.Number(value, 4);
        var worst = bands.Doubles("worst_angstrom", mayBeUndefined: true)[row];
        return
        [
            $"{FigureAxes.Number(bands.Doubles("low_angstrom")[row], 0)}–{FigureAxes.Number(bands.Doubles("high_angstrom")[row], 0)}",
            Percent(bands.Doubles("variance_share")[row]),
            .. Models.Select(m => R2(m + "_median_r2")),
            double.IsNaN(worst) ? "–" : FigureAxes.Number(worst, 0),
            .. Models.Select(m => R2(m + "_worst_r2")),
        ];
    }

    private static string Percent(double share) => $"{Wording.Number(100 * share, 2)} %";

    private static string Text(ResultTable table, string quantity, string column, Func<double, string> text) =>
        Number(table, quantity, column) is var value && double.IsNaN(value) ? "–" : text(value);

    /// <summary>A number of a model's table <c>reconstruction</c>, on held-out spectra; NaN where there is none.</summary>
    /// <param name="model">The model.</param>
    /// <param name="quantity">The row.</param>
    /// <param name="of">The column: <c>network</c>, <c>principal_components</c>, <c>linear_vae</c>.</param>
    public static double HeldOut(ModelResults model, string quantity, string of) =>
        model.FindTable("reconstruction") is { } table ? Number(table, quantity, of) : double.NaN;

    private static double Number(ResultTable table, string quantity, string column) =>
        Array.IndexOf(table.Texts("quantity"), quantity) is >= 0 and var row
            ? table.Number(row, table.Require(column), mayBeUndefined: true)
            : double.NaN;
}
