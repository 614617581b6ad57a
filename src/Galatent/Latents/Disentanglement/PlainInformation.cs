using Galatent.Latents.Analyses;
using Galatent.Latents.Information;

namespace Galatent.Latents.Disentanglement;

/// <summary>I(z_i; θ_k) of the dimensions and parameters of a table: from the mixtures of the analysis where they were fitted, otherwise
/// from correlations (G).</summary>
/// <param name="Nat">Shape (dimensions, parameters), row-major, nat.</param>
/// <param name="StandardError">Same shape; NaN where not known.</param>
/// <param name="Remarks">What the reader must know.</param>
internal sealed record PlainInformation(double[] Nat, double[] StandardError, IReadOnlyList<string> Remarks)
{
    public static PlainInformation Of(AnalysisInput input, FactorTable table)
    {
        if (input.Results.ParametersOfSamples is { } matrix)
        {
            int[] rows = [.. table.Dimensions.Select(d => Array.IndexOf(matrix.Rows, AnalysisResults.DimensionName(d)))];
            int[] columns = [.. table.Parameters.Select(p => Array.IndexOf(matrix.Columns, p))];
            var chosen = matrix.Select(rows, columns);
            return new PlainInformation(chosen.Nat, chosen.StandardDeviationNat, []);
        }
        var copula = GaussianCopula.Of(table.Columns);
        var d = table.Z.Length;
        double[] nat =
        [
            .. Enumerable
                .Range(0, d)
                .SelectMany(i => Enumerable.Range(d, table.Theta.Length).Select(k => copula.Information([i], [k], []))),
        ];
        return new PlainInformation(
            nat,
            [.. nat.Select(_ => double.NaN)],
            ["mutual information is that of a normal copula, because no mixtures were fitted."]
        );
    }
}
