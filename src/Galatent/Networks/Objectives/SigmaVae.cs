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
public static class SigmaVae
{
    // Batches over which s is averaged: with bright lines a batch of 16 scatters by a factor of two; over 100 batches (a tenth of an epoch)
    // s follows the training.
    private const double Memory = 100;

    /// <summary>s after an update.</summary>
    /// <param name="noiseVariance">s before it.</param>
    /// <param name="weightedError">Σ w (x - x')² per spectrum of the batch.</param>
    /// <param name="totalWeight">W.</param>
    /// <param name="update">Number of the update, from 1; the first ones average over what there is.</param>
    public static double Update(double noiseVariance, double weightedError, double totalWeight, long update) =>
        noiseVariance + (((weightedError / totalWeight) - noiseVariance) / Math.Min(update, Memory));

    /// <summary>The weight of the divergence in eq. 8 that stands for (s, β): 2sβ.</summary>
    public static double EffectiveBeta(double noiseVariance, double beta) => 2 * noiseVariance * beta;

    /// <summary>L, nat, from the engines' loss Σ w (x - x')² + 2sβ KL.</summary>
    public static double Loss(double engineLoss, double noiseVariance, double totalWeight) =>
        (0.5 * totalWeight * Math.Log(2 * Math.PI * noiseVariance)) + (engineLoss / (2 * noiseVariance));
}
