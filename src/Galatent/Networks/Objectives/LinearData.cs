namespace Galatent.Networks.Objectives;

/// <summary>What the closed forms of the linear VAE need to know of the training spectra.</summary>
/// <param name="Eigenvalues">Largest eigenvalues of their covariance, descending, normalised flux squared.</param>
/// <param name="TotalVariance">Its trace.</param>
/// <param name="LatentDimensions">Dimensions that the model has.</param>
/// <param name="TotalWeight">Σ w per spectrum; the number of pixels where they have no weights.</param>
internal readonly record struct LinearData(double[] Eigenvalues, double TotalVariance, int LatentDimensions, double TotalWeight)
{
    /// <summary>The best linear VAE at some β.</summary>
    public LinearVae Best(double beta) => LinearVae.Best(beta, Eigenvalues, TotalVariance, LatentDimensions);
}
