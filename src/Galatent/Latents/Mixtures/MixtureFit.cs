namespace Galatent.Latents.Mixtures;

/// <summary>A mixture fitted to data.</summary>
/// <param name="Mixture">The fit to all points.</param>
/// <param name="MeanLogLikelihood">Mean ln p per point on the data it was fitted to, nat.</param>
/// <param name="HeldOutLogLikelihood">Mean ln p per point in cross-validation at the chosen size, nat.</param>
/// <param name="HeldOutSlope">
/// Where the search ended at the most components allowed while the held-out likelihood still rose: its gain per e-fold in the number of
/// components, nat per point; 0 otherwise.
/// </param>
/// <param name="RivalSpread">How far the quantity that was asked for differs on held-out points between the chosen size and those whose
/// likelihood is within a standard error of the best; 0 where none was asked for.</param>
/// <param name="Iterations">EM iterations of the final fit.</param>
/// <param name="Converged">False when the final fit reached its iteration limit; the parameters are then the last ones.</param>
public sealed record MixtureFit(
    GaussianMixture Mixture,
    double MeanLogLikelihood,
    double HeldOutLogLikelihood,
    double HeldOutSlope,
    double RivalSpread,
    int Iterations,
    bool Converged
);
