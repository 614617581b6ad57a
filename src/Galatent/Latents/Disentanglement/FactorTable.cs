using Galatent.Files;
using Galatent.Latents.Analyses;
using Galatent.Latents.Information;
using Galatent.Numerics;

namespace Galatent.Latents.Disentanglement;

/// <summary>What the scores are computed from: samples z of the dimensions in use and the compared parameters, as normal scores, for the
/// spectra in which all are finite.</summary>
/// <param name="Dimensions">The dimensions, from 0; at most <see cref="HermiteBasis.MostDimensions"/>, those with the largest KL.</param>
/// <param name="Parameters">Names of the parameters that are not constant.</param>
/// <param name="Z">Scores of the samples, a column for each dimension.</param>
/// <param name="Theta">Scores of the parameters.</param>
/// <param name="Fitted">Places of the training spectra among the rows.</param>
/// <param name="Judged">Places of the held-out spectra.</param>
/// <param name="Remarks">What was left out.</param>
internal sealed record FactorTable(
    int[] Dimensions,
    string[] Parameters,
    double[][] Z,
    double[][] Theta,
    int[] Fitted,
    int[] Judged,
    IReadOnlyList<string> Remarks
)
{
    // Fewer rows leave errors as large as the scores.
    private const int LeastSpectra = 1000;
    private const int LeastJudged = 100;

    public int Rows => Z[0].Length;

    public NamedColumn[] Columns =>
        [
            .. Z.Select((z, i) => new NamedColumn(AnalysisResults.DimensionName(Dimensions[i]), z)),
            .. Theta.Select((t, k) => new NamedColumn(Parameters[k], t)),
        ];

    /// <exception cref="InputException">There are too few spectra, dimensions in use or parameters.</exception>
    public static FactorTable Of(AnalysisInput input)
    {
        input.RequireSpectra(LeastSpectra);
        var inUse = input.RequireInUse(1);
        var parameters = input.RequireParameters();
        var kl = input.Results.Informativeness.KlNat;
        int[] dimensions = [.. inUse.OrderByDescending(d => kl[d]).Take(HermiteBasis.MostDimensions).Order()];
        int[] rows =
        [
            .. Enumerable.Range(0, input.Latents.Count).Where(i => Array.TrueForAll(parameters, p => double.IsFinite(p.Values[i]))),
        ];
        var place = new int[input.Latents.Count];
        Array.Fill(place, -1);
        for (var i = 0; i < rows.Length; i++)
        {
            place[rows[i]] = i;
        }
        int[] Places(int[] spectra) => [.. spectra.Select(s => place[s]).Where(p => p >= 0)];
        var fitted = Places(input.Split.Training);
        var judged = Places(input.Split.Validation);
        if (judged.Length < LeastJudged || fitted.Length < LeastSpectra / 2)
        {
            throw new InputException(
                $"This analysis needs at least {LeastSpectra / 2} training and {LeastJudged} held-out spectra with finite parameters, but "
                    + $"there are {fitted.Length} and {judged.Length}."
            );
        }
        double[] Take(double[] values) => Array.ConvertAll(rows, r => values[r]);
        NamedColumn[] z =
        [
            .. dimensions.Select(d => new NamedColumn(AnalysisResults.DimensionName(d), Take(input.Latents.SampleColumn(d)))),
        ];
        NamedColumn[] theta = [.. parameters.Select(p => new NamedColumn(p.Name, Take(p.Values)))];
        return new FactorTable(
            dimensions,
            [.. parameters.Select(p => p.Name)],
            [.. GaussianCopula.Scores(z)],
            [.. GaussianCopula.Scores(theta)],
            fitted,
            judged,
            [.. LeftOut(input, inUse.Length - dimensions.Length, parameters, input.Latents.Count - rows.Length)]
        );
    }

    private static IEnumerable<string> LeftOut(AnalysisInput input, int dimensions, ParameterColumn[] kept, int rows)
    {
        var constant = ComparedParameters.Of(input.Spectra.Parameters).Select(p => p.Name).Except(kept.Select(p => p.Name)).ToArray();
        if (constant.Length > 0)
        {
            yield return $"left out, because constant: {string.Join(", ", constant)}.";
        }
        if (dimensions > 0)
        {
            yield return $"left out: the {dimensions} dimensions in use with the smallest KL; {HermiteBasis.MostDimensions} are compared.";
        }
        if (rows > 0)
        {
            yield return $"left out: {rows} spectra with a parameter that is not finite.";
        }
    }
}
