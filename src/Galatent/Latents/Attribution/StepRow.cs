using System.Numerics.Tensors;
using Galatent.Files;
using Galatent.Latents.Analyses;
using Galatent.Numerics;

namespace Galatent.Latents.Attribution;

/// <summary>A row of <c>attribution-steps.csv</c>: whether the derivative of the decoder depends on the step, and what encoding gives
/// back of a step that was decoded.</summary>
/// <param name="Dimension">The dimension.</param>
/// <param name="HalfStep">Median over galaxies of |change at the step - change at half of it| over the change.</param>
/// <param name="Back">Median of the same dimension's response to its own decoded change: 1 - s/λ in a linear model, not 1.</param>
/// <param name="Others">Median of the largest response of another dimension in use.</param>
internal sealed record StepRow(string Dimension, double HalfStep, double Back, double Others)
{
    // A tenth of the galaxies: each needs an encoding of its own.
    private const int Part = 10;

    public static TableColumns<StepRow> Columns { get; } =
        new TableColumns<StepRow>(new("", 0, 0, 0))
            .Text("dimension", r => r.Dimension, (r, v) => r with { Dimension = v })
            .Number("half_step_difference", r => r.HalfStep, (r, v) => r with { HalfStep = v }, mayBeUndefined: true)
            .Number("encoded_again", r => r.Back, (r, v) => r with { Back = v }, mayBeUndefined: true)
            .Number("largest_other", r => r.Others, (r, v) => r with { Others = v }, mayBeUndefined: true);

    public static IEnumerable<StepRow> Of(AnalysisInput input, int[] inUse, int[] rows)
    {
        int[] some = [.. rows.Where((_, i) => i % Part == 0)];
        foreach (var dimension in inUse)
        {
            var responses = some.Select(row => Response(input, inUse, row, dimension)).ToArray();
            yield return new StepRow(
                AnalysisResults.DimensionName(dimension),
                SampleMoments.Median(Array.ConvertAll(responses, r => r.HalfStep)),
                SampleMoments.Median(Array.ConvertAll(responses, r => r.Back)),
                SampleMoments.Median(Array.ConvertAll(responses, r => r.Others))
            );
        }
    }

    private static (double HalfStep, double Back, double Others) Response(AnalysisInput input, int[] inUse, int row, int dimension)
    {
        var latent = input.Latents.MeanOf(row);
        var change = LatentDerivative.OfDecoder(latent, dimension, input.Decode);
        var half = LatentDerivative.OfDecoder(latent, dimension, input.Decode, LatentDerivative.Step / 2);
        var size = TensorPrimitives.Norm<double>(change);
        var response = LatentDerivative.OfEncoder(input.Decode(latent.ToArray(), 1), change, (flux, _) => input.Encode(flux).Mu);
        return (
            size > 0 ? TensorPrimitives.Distance<double>(change, half) / size : 0,
            response[dimension],
            inUse.Where(d => d != dimension).Select(d => Math.Abs(response[d])).DefaultIfEmpty(0).Max()
        );
    }
}
