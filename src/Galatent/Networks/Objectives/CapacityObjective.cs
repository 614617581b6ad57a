namespace Galatent.Networks.Objectives;

/// <summary>
/// Controlled capacity (Burgess et al. 2018, arXiv:1804.03599, eq. 8): the divergence is led to a chosen number of nat instead of being
/// made small,
/// <code>
/// L = Σ (x - x')² + γ |KL - C|,    KL = mean over the batch of ½ Σ (μ² + σ² - ln σ² - 1)
/// </code>
/// C rises linearly from 0 during the first epochs, so that dimensions open one after the other, the most rewarding first.
/// </summary>
public sealed record CapacityObjective : Objective
{
    /// <summary>Epochs in which C rises.</summary>
    public double RisingEpochs { get; init; } = LinearRise.DefaultEpochs;

    /// <summary>C in the end: the divergence aimed at, nat.</summary>
    public double CapacityNat { get; init; } = 20;

    /// <summary>γ, squared error per nat. It must exceed what a nat buys: at the opening of a dimension of spectra some
    /// hundreds.</summary>
    public double CapacityWeight { get; init; } = 1000;

    /// <inheritdoc/>
    public override string Name => "capacity";

    /// <inheritdoc/>
    public override string Description => "the divergence is led to a number of nat";

    /// <inheritdoc/>
    public override IReadOnlyList<ObjectiveConstant> Constants() =>
        [
            LinearRise.Constant(value => this with { RisingEpochs = value }),
            new RealConstant("capacity", "the divergence aimed at, nat.", value => this with { CapacityNat = value }),
            new RealConstant("capacity-weight", "squared error per nat away from it.", value => this with { CapacityWeight = value }),
        ];

    /// <inheritdoc/>
    internal override IEnumerable<string> Faults(double beta) =>
        Failed(
            LinearRise.Check(RisingEpochs),
            (CapacityNat is >= 0 and < 1e6, $"the capacity must be at least 0 and below 1000000 nat, not {CapacityNat}"),
            (CapacityWeight is > 0 and < 1e12, $"the capacity's weight must be above 0 and below 1e12, not {CapacityWeight}")
        );

    /// <inheritdoc/>
    internal override ILatentTerm CreateTerm() => new Term(CapacityWeight);

    /// <inheritdoc/>
    internal override ObjectiveWeights At(double beta, double epochsDone, double noiseVariance) =>
        new((float)beta, (float)(CapacityNat * LinearRise.Share(RisingEpochs, epochsDone)));

    /// <inheritdoc/>
    internal override double? LinearBeta(double beta) => null;

    /// <inheritdoc/>
    internal override double? LinearLoss(double beta, LinearData data) =>
        data.Best(LinearVae.AtCapacity(CapacityNat, data.Eigenvalues, data.TotalVariance, data.LatentDimensions).Beta).SquaredError;

    private sealed class Term(double gamma) : ILatentTerm
    {
        /// <inheritdoc/>
        public double Evaluate(LatentBatch latents, ObjectiveWeights weights, LatentGradient gradient)
        {
            var divergence = KullbackLeibler.Mean(latents);
            var slope = gamma * Math.Sign(divergence - weights.CapacityNat);
            KullbackLeibler.Gradient(latents, slope, gradient);
            return gamma * Math.Abs(divergence - weights.CapacityNat);
        }
    }
}
