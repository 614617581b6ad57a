namespace Galatent.Networks.Objectives;

/// <summary>InfoVAE (Zhao, Song &amp; Ermon 2019): all latents together are compared with the prior; the formula is in
/// <see cref="MaximumMeanDiscrepancyTerm"/>.</summary>
public sealed record InfoVaeObjective : Objective
{
    /// <summary>α in [0, 1]; 0 keeps the whole divergence, 1 leaves only MMD.</summary>
    public double InfoAlpha { get; init; }

    /// <summary>λ; the paper uses 1 to 1000. MMD² is smaller than 1, the divergence some tens.</summary>
    public double InfoLambda { get; init; } = 1000;

    /// <inheritdoc/>
    public override string Name => "info-vae";

    /// <inheritdoc/>
    public override string Description => "MMD between all latents and the prior";

    /// <inheritdoc/>
    public override IReadOnlyList<ObjectiveConstant> Constants() =>
        [
            new RealConstant("info-alpha", "alpha in [0, 1]; 1 leaves only MMD.", value => this with { InfoAlpha = value }),
            new RealConstant("info-lambda", "weight of MMD.", value => this with { InfoLambda = value }),
        ];

    /// <inheritdoc/>
    internal override IEnumerable<string> Faults(double beta) =>
        Failed(
            (InfoAlpha is >= 0 and <= 1, $"InfoVAE's alpha must lie in [0, 1], not {InfoAlpha}"),
            (
                InfoLambda is >= 0 and < 1e9 && InfoAlpha + InfoLambda >= 1,
                $"InfoVAE's lambda must be at least 0 and 1 - alpha, and below 1000000000, not {InfoLambda}"
            )
        );

    /// <inheritdoc/>
    internal override ILatentTerm CreateTerm() => new MaximumMeanDiscrepancyTerm(InfoAlpha, InfoLambda);

    // The distribution of the linear model's latents over the spectra is the prior, so MMD costs nothing.
    /// <inheritdoc/>
    internal override double? LinearLoss(double beta, LinearData data) => data.Best(beta * (1 - InfoAlpha)).Loss;

    /// <inheritdoc/>
    internal override double? LinearBeta(double beta) => base.LinearBeta(beta * (1 - InfoAlpha));
}
