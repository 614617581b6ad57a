using Galatent.Latents.Mixtures;

namespace Galatent.Latents.Information.Discrete;

/// <summary>
/// Information between two groups of continuous columns, optionally given a third group, on some of the rows. The method is that of
/// <see cref="ConditionalInformation"/>.
/// </summary>
internal static class MixtureTerm
{
    /// <summary>The term.</summary>
    /// <param name="rows">The rows of this term, at least 10.</param>
    /// <param name="x">Values of the first group, at least one column.</param>
    /// <param name="y">Values of the second group, at least one column.</param>
    /// <param name="given">Values of the conditioning columns; may be empty.</param>
    /// <param name="settings">Settings common to all terms.</param>
    public static InformationTerm Of(
        int[] rows,
        IReadOnlyList<NamedColumn> x,
        IReadOnlyList<NamedColumn> y,
        IReadOnlyList<NamedColumn> given,
        TermSettings settings
    )
    {
        var table = RankedColumns.Of([.. x, .. y, .. given], settings.Seed);
        var groups = ColumnGroups.Of(x.Count, y.Count, given.Count);
        var fit = MixtureSelection.Fit(
            table.Scores,
            settings.Options.Fit,
            settings.Seed,
            settings.Parallel.MaxDegreeOfParallelism,
            settings.Parallel.CancellationToken,
            table.Count < InformationInterval.FewRows ? groups.Mean : null
        );
        var replicas = settings.Replicas(1, rows, (_, multiplicities) =>
        {
            int[] drawn = [.. Enumerable.Range(0, table.Count).Where(i => multiplicities[table.Rows[i]] > 0)];
            var points = WeightedPoints.Take(table.Scores, drawn, [.. drawn.Select(i => (double)multiplicities[table.Rows[i]])]);
            // With very few distinct rows no mixture can be refitted.
            var mixture =
                drawn.Length < MutualInformationOptions.LeastCount / 2
                    ? fit.Mixture
                    : MixtureBootstrap.Refit(points, fit.Mixture, settings.Options.Fit.Tolerance);
            return groups.Mean(points, mixture);
        });
        var share = (double)table.Count / settings.Count;
        var nat = groups.Mean(WeightedPoints.Of(table.Scores), fit.Mixture) - (0.5 / table.Count);
        return new InformationTerm(
            share * nat,
            replicas,
            fit.Mixture.ExtraParameters,
            fit.Mixture.ComponentCount,
            fit.Converged,
            share * fit.RivalSpread,
            share * fit.HeldOutSlope
        );
    }
}
