using Galatent.Networks.Weighting;

namespace Galatent.Networks.Objectives;

/// <summary>
/// σ-VAE (Rybkin, Daniilidis &amp; Levine 2021, ICML, arXiv:2006.13202): the decoder's noise is learnt, so that no β has to be found for
/// each grid and flux unit,
/// <code>
/// L = W/2 ln 2πs + Σ w (x - x')² / 2s + β KL,    s = σ² = mean of Σ w (x - x')² / W over recent batches,    W = Σ w
/// </code>
/// in nat per spectrum; β = 1 is the evidence bound. s is the value that minimises L for the present reconstructions (their eq. 7, the
/// "optimal" σ). Times 2s, which does not change where L is stationary, the network's part is the study's eq. 8 with its β replaced by
/// 2sβ; this is how the engines compute it.
/// With weights that are the pixels' widths in Å (<see cref="PixelWidths"/>) s and L do not depend on how finely the spectrum is sampled.
/// </summary>
public sealed record SigmaVaeObjective : Objective
{
    // Batches over which s is averaged: with bright lines a batch of 16 scatters by a factor of two; over 100 batches (a tenth of an epoch)
    // s follows the training.
    private const double Memory = 100;

    /// <inheritdoc/>
    public override string Name => "sigma-vae";

    /// <inheritdoc/>
    public override string Description => "the pixel noise is learnt";

    /// <summary>1, the evidence bound.</summary>
    public override double? DefaultBeta => 1;

    /// <inheritdoc/>
    public override bool LearnsNoise => true;

    /// <summary>The lowest bound that a linear VAE reaches, nat. At the least, s = weighted error / W; the search is a golden section in
    /// ln s.</summary>
    /// <param name="beta">Weight of the divergence; 1 is the evidence bound.</param>
    /// <param name="data">What is known of the weighted spectra.</param>
    internal static double LowestLinearBound(double beta, LinearData data)
    {
        double At(double logNoise) => Bound(data.Best(EffectiveBeta(Math.Exp(logNoise), beta)).Loss, Math.Exp(logNoise), data.TotalWeight);
        var golden = 0.5 * (Math.Sqrt(5) - 1);
        var high = Math.Log(Math.Max(data.TotalVariance, 1e-300) / data.TotalWeight) + 1;
        var low = high - 40;
        for (var i = 0; i < 100; i++)
        {
            var a = high - (golden * (high - low));
            var b = low + (golden * (high - low));
            (low, high) = At(a) < At(b) ? (low, b) : (a, high);
        }
        return At(0.5 * (low + high));
    }

    /// <inheritdoc/>
    internal override IEnumerable<string> Faults(double beta) =>
        Failed(
            (beta > 0, $"this objective needs a positive beta, not {beta}"),
            (
                PixelWeighting != PixelWeighting.InverseVariance,
                "sigma-vae learns the noise that weights by inverse variance give; choose one of them"
            )
        );

    /// <inheritdoc/>
    internal override ObjectiveWeights At(double beta, double epochsDone, double noiseVariance) =>
        new((float)EffectiveBeta(noiseVariance, beta));

    /// <inheritdoc/>
    internal override double LearnNoise(double noiseVariance, double weightedError, double totalWeight, long update) =>
        // The first updates average over what there is.
        noiseVariance + (((weightedError / totalWeight) - noiseVariance) / Math.Min(update, Memory));

    /// <summary>L, nat, from the engines' loss Σ w (x - x')² + 2sβ KL.</summary>
    internal override double Value(double engineLoss, double noiseVariance, double totalWeight) =>
        Bound(engineLoss, noiseVariance, totalWeight);

    /// <inheritdoc/>
    internal override double? LinearBeta(double beta) => null;

    /// <inheritdoc/>
    internal override double? LinearLoss(double beta, LinearData data) => LowestLinearBound(beta, data);

    // The weight of the divergence in eq. 8 that stands for (s, β).
    internal static double EffectiveBeta(double noiseVariance, double beta) => 2 * noiseVariance * beta;

    private static double Bound(double engineLoss, double noiseVariance, double totalWeight) =>
        (0.5 * totalWeight * Math.Log(2 * Math.PI * noiseVariance)) + (engineLoss / (2 * noiseVariance));
}
