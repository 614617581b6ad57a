namespace Galatent.Networks.Objectives;

/// <summary>
/// The study's objective, eq. 8, averaged over the batch:
/// <code>
/// L = Σ_pixels (x - x')²  +  β · ½ Σ_dimensions (μ² + σ² - ln σ² - 1)
/// </code>
/// The first term is eq. 5, the second β times the divergence KL(N(μ, σ²) ‖ N(0, 1)) of eq. 7 in nat (Higgins et al. 2017).
/// </summary>
public sealed record BetaVaeObjective : Objective
{
    /// <inheritdoc/>
    public override string Name => "beta-vae";

    /// <inheritdoc/>
    public override string Description => "squared error + beta x divergence, the study's";
}
