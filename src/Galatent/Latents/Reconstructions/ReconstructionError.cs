namespace Galatent.Latents.Reconstructions;

/// <summary>How well reconstructions match their spectra, in normalised flux.</summary>
/// <param name="MeanSquaredError">Mean over the spectra of the squared error of every pixel, eq. 9 of the study; shape (n_wave).</param>
/// <param name="Variance">Variance of every pixel over the spectra (divided by n); shape (n_wave).</param>
/// <param name="SquaredErrorPerSpectrum">Sum over the pixels of the squared error, eq. 5 of the study; shape (n).</param>
public sealed record ReconstructionError(double[] MeanSquaredError, double[] Variance, double[] SquaredErrorPerSpectrum)
{
    /// <summary>Mean of <see cref="SquaredErrorPerSpectrum"/>: the first term of the study's loss.</summary>
    public double MeanSquaredErrorPerSpectrum => SquaredErrorPerSpectrum.Average();

    /// <summary>Sum of the pixels' variances: the squared error when the mean spectrum is used as every reconstruction.</summary>
    public double TotalVariance => Variance.Sum();

    /// <summary>Share of a pixel's variance that the reconstruction explains, 1 - error / variance; NaN when the pixel does not
    /// vary.</summary>
    public double R2(int pixel) => R2(MeanSquaredError[pixel], Variance[pixel]);

    /// <summary>1 - error / variance; NaN without variance.</summary>
    internal static double R2(double meanSquaredError, double variance) => variance > 0 ? 1 - (meanSquaredError / variance) : double.NaN;
}
