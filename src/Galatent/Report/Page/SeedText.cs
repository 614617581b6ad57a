using Galatent.Networks;
using Galatent.Report.Drawing;
using Galatent.Report.Runs;

namespace Galatent.Report.Page;

/// <summary>The part of the report about several seeds: their scatter as a table, and what it says.</summary>
internal static class SeedText
{
    private static readonly (string Column, string Heading, Func<double, string> Text)[] Columns =
    [
        ("dimensions_eq_11", "Informative (eq. 11)", v => FigureAxes.Number(v, 1)),
        ("dimensions_in_use", $"In use (KL > {ActiveDimensions.Threshold})", v => FigureAxes.Number(v, 1)),
        ("squared_error", "Squared error", v => Wording.Number(v)),
        ("kl_nat", "KL [nat]", v => Wording.Number(v)),
        ("loss", "Loss", v => Wording.Number(v)),
        ("linear_vae_loss", "Best linear VAE: loss", v => Wording.Number(v)),
        ("strongest_pair_nat", "Strongest pair [nat]", v => FigureAxes.Number(v, 2)),
        ("matched_correlation", "Matched |correlation|", v => FigureAxes.Number(v, 2)),
    ];

    /// <summary>The table with its sentences.</summary>
    public static string Scatter(ComparisonResults seeds)
    {
        var table = Html.Table(
            ["", "Seeds", .. Columns.Select(c => c.Heading), "… turned at random"],
            seeds.Scatter.Rows.Select(
                (_, row) =>
                    (string[])
                        [
                            $"β = {seeds.Scatter.Texts("beta")[row]}",
                            seeds.Scatter.Texts("models")[row],
                            .. Columns.Select(c => seeds.Estimate(row, c.Column, c.Text)),
                            Text(seeds, row, "rotated_mean"),
                        ]
            ),
            "numbers"
        );
        return $"<p>{Html.Text(Sentences(seeds))}</p>{table}<p class=\"note\">{Html.Text(Note)}</p>";
    }

    private const string Note =
        "Mean ± standard deviation over the seeds (divisor n − 1). With another seed everything is drawn anew: galaxies, split, first "
        + "weights. The matched correlation is a mean over pairs of seeds, with the scatter of these pairs; pairs share models, so it is "
        + "no "
        + "error of the mean.";

    private static string Sentences(ComparisonResults seeds)
    {
        var scatter = seeds.Scatter;
        var rows = Enumerable.Range(0, scatter.Rows.Count).ToArray();
        double Value(int row, string column) => scatter.Number(row, scatter.Require(column), mayBeUndefined: true);
        double Share(int row) => Value(row, "loss" + ComparisonResults.Deviation) / Value(row, "loss");
        var steady = rows.Where(r => Value(r, "dimensions_in_use" + ComparisonResults.Deviation) == 0).ToArray();
        var below = rows.Count(r =>
            Value(r, "loss_below_linear_vae") > 2 * Value(r, "loss_below_linear_vae" + ComparisonResults.Deviation)
        );
        var matched = rows.Count(r => Value(r, "matched_correlation") > Value(r, "rotated_95_percent"));
        var finite = rows.Where(r => double.IsFinite(Share(r))).ToArray();
        string[] sentences =
        [
            finite.Length == 0
                ? ""
                : $"Another seed changes the loss by {Wording.Number(100 * finite.Max(Share), 2)} % at most (standard deviation).",
            $"The number of dimensions in use is the same for all seeds at {steady.Length} of {rows.Length} values of β.",
            $"The loss lies below that of the best linear VAE by more than two standard deviations at {below} of {rows.Length}.",
            $"Dimensions of different seeds match better than 95 % of axes turned at random at {matched} of {rows.Length}: where they do "
                + "not, a name such as z03 means nothing beyond its seed.",
        ];
        return string.Join(" ", sentences.Where(s => s.Length > 0));
    }

    private static string Text(ComparisonResults seeds, int row, string column) =>
        seeds.Scatter.Number(row, seeds.Scatter.Require(column), mayBeUndefined: true) is var value && double.IsNaN(value)
            ? "–"
            : FigureAxes.Number(value, 2);
}
