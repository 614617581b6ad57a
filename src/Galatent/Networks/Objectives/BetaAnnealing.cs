namespace Galatent.Networks.Objectives;

/// <summary>
/// Annealing of the divergence (Bowman et al. 2016, CoNLL, section 3.1; Sønderby et al. 2016): the objective of
/// <see cref="BetaVaeObjective"/> with
/// <code>
/// β(t) = β min(1, t / T)
/// </code>
/// after t epochs (fractions count), so that the decoder learns to use the latent vector before the prior presses on it. Epochs are
/// compared at the full β.
/// </summary>
internal static class BetaAnnealing
{
    /// <summary>min(1, t / T); 1 when T is 0.</summary>
    public static double Share(double risingEpochs, double epochsDone) => risingEpochs > 0 ? Math.Min(1, epochsDone / risingEpochs) : 1;
}
