namespace Galatent.Networks.Objectives;

/// <summary>
/// Annealing of the divergence (Bowman et al. 2016, CoNLL, section 3.1; Sønderby et al. 2016): squared error + β(t) KL with
/// <code>
/// β(t) = β min(1, t / T)
/// </code>
/// after t epochs (fractions count), so that the decoder learns to use the latent vector before the prior presses on it. Epochs are
/// compared at the full β.
/// </summary>
public sealed record AnnealedObjective : Objective
{
    /// <summary>T, epochs in which β rises.</summary>
    public double RisingEpochs { get; init; } = LinearRise.DefaultEpochs;

    /// <inheritdoc/>
    public override string Name => "annealed";

    /// <inheritdoc/>
    public override string Description => "beta rises from 0";

    /// <inheritdoc/>
    public override IReadOnlyList<ObjectiveConstant> Constants() => [LinearRise.Constant(value => this with { RisingEpochs = value })];

    /// <inheritdoc/>
    internal override IEnumerable<string> Faults(double beta) => Failed(LinearRise.Check(RisingEpochs));

    /// <inheritdoc/>
    internal override ObjectiveWeights At(double beta, double epochsDone, double noiseVariance) =>
        new((float)(beta * LinearRise.Share(RisingEpochs, epochsDone)));
}
