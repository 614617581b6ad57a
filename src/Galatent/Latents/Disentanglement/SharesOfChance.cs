namespace Galatent.Latents.Disentanglement;

/// <summary>Shares when the parameters are those of other galaxies: whole rows of parameters change places, and everything is fitted
/// again.</summary>
internal static class SharesOfChance
{
    // Memory of one batch of targets: 20 x 8 columns of 20,000 rows are 26 MB.
    private const int Batch = 20;

    /// <summary>One result for each permutation.</summary>
    public static IEnumerable<ExplainedShares> Of(
        HermiteBasis basis,
        double[][] theta,
        int[] fitted,
        int[] judged,
        IReadOnlyList<int[]> orders,
        int threads,
        CancellationToken cancellation
    )
    {
        var fit = RegressionMoments.Of(basis.Columns, [], fitted, fitted, threads);
        var judge = RegressionMoments.Of(basis.Columns, [], judged, fitted, threads);
        var fitColumns = RegressionMoments.Centred(basis.Columns, fitted, fitted);
        var judgeColumns = RegressionMoments.Centred(basis.Columns, judged, fitted);
        for (var first = 0; first < orders.Count; first += Batch)
        {
            double[][] targets =
            [
                .. orders.Skip(first).Take(Batch).SelectMany(order => theta.Select(t => Array.ConvertAll(order, row => t[row]))),
            ];
            var r2 = SubsetRegression.HeldOutR2(
                fit.With(fitColumns, RegressionMoments.Centred(targets, fitted, fitted), threads),
                judge.With(judgeColumns, RegressionMoments.Centred(targets, judged, fitted), threads),
                basis.Masks,
                basis.Dimensions,
                threads,
                cancellation
            );
            foreach (var one in r2.Chunk(theta.Length))
            {
                yield return ExplainedShares.Of(one, basis.Dimensions);
            }
        }
    }
}
