namespace Galatent.Networks.Objectives;

/// <summary>β as a noise of the pixels: minimising squared error + β KL is maximising the evidence bound of a decoder whose pixels have
/// Gaussian noise of variance β/2 (Higgins et al. 2017).</summary>
public static class PixelNoise
{
    /// <summary>Standard deviation of the pixel noise that a β stands for: sqrt(β/2), in units of normalised flux.</summary>
    public static double Sigma(double beta) => Math.Sqrt(beta / 2);

    /// <summary>The β that stands for a pixel noise: 2 σ².</summary>
    public static double Beta(double pixelSigma) => 2 * pixelSigma * pixelSigma;
}
