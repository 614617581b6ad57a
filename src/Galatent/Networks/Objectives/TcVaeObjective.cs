namespace Galatent.Networks.Objectives;

/// <summary>β-TC-VAE (Chen et al. 2018): the dependence between latent dimensions has a weight of its own; the formula is in
/// <see cref="TotalCorrelationTerm"/>.</summary>
public sealed record TcVaeObjective : Objective
{
    /// <summary>τ, weight of the total correlation; 1 is the β-VAE, 1 to 10 are usual.</summary>
    public double TotalCorrelationWeight { get; init; } = 6;

    /// <inheritdoc/>
    public override string Name => "tc-vae";

    /// <inheritdoc/>
    public override string Description => "the total correlation of the latents has its own weight";

    /// <inheritdoc/>
    public override IReadOnlyList<ObjectiveConstant> Constants() =>
        [
            new RealConstant("tc-weight", "weight of the total correlation; 1 is the beta-VAE.", value =>
                this with
                {
                    TotalCorrelationWeight = value,
                }
            ),
        ];

    /// <inheritdoc/>
    internal override IEnumerable<string> Faults(double beta) =>
        Failed(
            (
                TotalCorrelationWeight is >= 0 and < 1e6,
                $"the weight of the total correlation must be at least 0 and below 1000000, not {TotalCorrelationWeight}"
            )
        );

    // The linear bound is that of the study's objective: latents of the linear model are independent.
    /// <inheritdoc/>
    internal override ILatentTerm CreateTerm() => new TotalCorrelationTerm(TotalCorrelationWeight);
}
