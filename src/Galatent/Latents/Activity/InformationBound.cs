using System.Globalization;

namespace Galatent.Latents.Activity;

/// <summary>
/// What a sample z of one dimension can know at most: I(z_i; anything) &lt;= I(z_i; spectrum) &lt;= KL_i. An estimate above it is wrong, by
/// whatever cause. Posterior means are not bounded: they are not what is transmitted.
/// </summary>
public static class InformationBound
{
    // The two tables hold some hundreds of estimates: with three errors, one in a thousand of them would be called wrong by chance.
    private const double Errors = 4;

    /// <summary>A sentence for each pair of the tables of samples z whose information is above the KL by more than four times its
    /// error.</summary>
    /// <param name="results">Tables of mutual information.</param>
    /// <param name="latents">The latents that the KL is computed from.</param>
    public static IReadOnlyList<string> Broken(AnalysisResults results, LatentSet latents)
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(latents);
        var spreads = Spreads(latents);
        return
        [
            .. new[] { results.ParametersOfSamples, results.LatentSamples }
                .OfType<MutualInformationMatrix>()
                .SelectMany(matrix => Broken(matrix, spreads)),
        ];
    }

    /// <summary>The same for another table of samples z.</summary>
    internal static IEnumerable<string> Broken(MutualInformationMatrix matrix, LatentSet latents) => Broken(matrix, Spreads(latents));

    private static LatentSpread[] Spreads(LatentSet latents) =>
        [.. Enumerable.Range(0, latents.Dimensions).Select(d => LatentSpread.Of(latents.MuColumn(d), latents.LogVarianceColumn(d)))];

    private static IEnumerable<string> Broken(MutualInformationMatrix matrix, LatentSpread[] spreads)
    {
        for (var d = 0; d < spreads.Length; d++)
        {
            var row = Array.IndexOf(matrix.Rows, AnalysisResults.DimensionName(d));
            for (var c = 0; row >= 0 && c < matrix.Columns.Length; c++)
            {
                var information = matrix[row, c];
                var deviation = matrix.Deviation(row, c);
                var kl = spreads[d];
                var error = Math.Sqrt((deviation * deviation) + (kl.KlStandardErrorNat * kl.KlStandardErrorNat));
                if (information - kl.KlNat > Errors * error)
                {
                    var claim = string.Create(CultureInfo.InvariantCulture, $"{information:F3} +- {deviation:F3} nat");
                    var limit = string.Create(CultureInfo.InvariantCulture, $"{kl.KlNat:F3} +- {kl.KlStandardErrorNat:F3} nat");
                    yield return $"I({matrix.Rows[row]}; {matrix.Columns[c]}) = {claim} is above the KL of the dimension, {limit}, which "
                        + "is not possible: do not trust this estimate.";
                }
            }
        }
    }
}
