namespace Galatent.Networks.Objectives;

/// <summary>
/// Controlled capacity (Burgess et al. 2018, arXiv:1804.03599, eq. 8): the divergence is led to a chosen number of nat instead of being
/// made small,
/// <code>
/// L = Σ (x - x')² + γ |KL - C|,    KL = mean over the batch of ½ Σ (μ² + σ² - ln σ² - 1)
/// </code>
/// C rises linearly from 0 during the first epochs, so that dimensions open one after the other, the most rewarding first.
/// </summary>
/// <param name="gamma">γ, squared error per nat. It must exceed what a nat buys: at the opening of a dimension of spectra some
/// hundreds.</param>
internal sealed class CapacityTerm(double gamma) : ILatentTerm
{
    /// <inheritdoc/>
    public double Evaluate(LatentBatch latents, ObjectiveWeights weights, LatentGradient gradient)
    {
        var divergence = DivergenceTerm.Mean(latents);
        var slope = gamma * Math.Sign(divergence - weights.CapacityNat);
        DivergenceTerm.Gradient(latents, slope, gradient);
        return gamma * Math.Abs(divergence - weights.CapacityNat);
    }

    /// <summary>C after some epochs: rises linearly to <paramref name="capacityNat"/> in <paramref name="risingEpochs"/> epochs, then
    /// stays.</summary>
    public static double Capacity(double capacityNat, double risingEpochs, double epochsDone) =>
        capacityNat * BetaAnnealing.Share(risingEpochs, epochsDone);
}
