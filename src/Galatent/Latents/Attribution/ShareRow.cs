using Galatent.Files;
using Galatent.Numerics;

namespace Galatent.Latents.Attribution;

/// <summary>A row of <c>attribution.csv</c>: the share of one player in the traversal of one dimension. Medians over galaxies; 16 % and
/// 84 % quantiles of the Shapley share.</summary>
internal sealed record ShareRow(
    string Dimension,
    string Weighting,
    string Player,
    double Shapley,
    double Shapley16,
    double Shapley84,
    double Unique,
    double Alone,
    double Coefficient,
    double Inflation
)
{
    private const string Remainder = "remainder";

    public static TableColumns<ShareRow> Columns { get; } =
        new TableColumns<ShareRow>(new("", "", "", 0, 0, 0, 0, 0, 0, 0))
            .Text("dimension", r => r.Dimension, (r, v) => r with { Dimension = v })
            .Text("weight", r => r.Weighting, (r, v) => r with { Weighting = v })
            .Text("parameter", r => r.Player, (r, v) => r with { Player = v })
            .Number("shapley_share", r => r.Shapley, (r, v) => r with { Shapley = v })
            .Number("shapley_share_16", r => r.Shapley16, (r, v) => r with { Shapley16 = v })
            .Number("shapley_share_84", r => r.Shapley84, (r, v) => r with { Shapley84 = v })
            .Number("unique_share", r => r.Unique, (r, v) => r with { Unique = v }, mayBeUndefined: true)
            .Number("share_alone", r => r.Alone, (r, v) => r with { Alone = v }, mayBeUndefined: true)
            .Number("coefficient", r => r.Coefficient, (r, v) => r with { Coefficient = v }, mayBeUndefined: true)
            .Number("variance_inflation", r => r.Inflation, (r, v) => r with { Inflation = v }, mayBeUndefined: true);

    /// <summary>A row for each player, and the remainder. A player of several directions has no coefficient, and the largest of their
    /// variance inflations.</summary>
    public static IEnumerable<ShareRow> Of(string dimension, string weighting, AttributionPlayers players, SpectrumAttribution[] found)
    {
        for (var p = 0; p < players.Names.Length; p++)
        {
            var group = players.Groups[p];
            var shapley = Array.ConvertAll(found, f => f.Shares[p].Shapley);
            yield return new ShareRow(
                dimension,
                weighting,
                players.Names[p],
                SampleMoments.Median(shapley),
                SampleMoments.Quantile(shapley, 0.16),
                SampleMoments.Quantile(shapley, 0.84),
                SampleMoments.Median(Array.ConvertAll(found, f => f.Shares[p].Unique)),
                SampleMoments.Median(Array.ConvertAll(found, f => f.Shares[p].Alone)),
                group.Length == 1 ? SampleMoments.Median(Array.ConvertAll(found, f => f.Coefficients[group[0]])) : double.NaN,
                group.Max(k => SampleMoments.Median([.. found.Select(f => f.VarianceInflation[k]).Where(v => !double.IsNaN(v))]))
            );
        }
        var rest = Array.ConvertAll(found, f => f.Remainder);
        yield return new ShareRow(
            dimension,
            weighting,
            Remainder,
            SampleMoments.Median(rest),
            SampleMoments.Quantile(rest, 0.16),
            SampleMoments.Quantile(rest, 0.84),
            double.NaN,
            double.NaN,
            double.NaN,
            double.NaN
        );
    }
}
