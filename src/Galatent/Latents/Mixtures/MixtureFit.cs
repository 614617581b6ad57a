namespace Galatent.Latents.Mixtures;

/// <summary>A mixture fitted to data.</summary>
/// <param name="Mixture">The fit to all points.</param>
/// <param name="MeanLogLikelihood">Mean ln p per point on the fitted data, nat.</param>
/// <param name="HeldOutLogLikelihood">Mean ln p per point in cross-validation at the chosen size, nat.</param>
/// <param name="HeldOutSlope">
/// Non-zero if the search ended at the largest allowed number of components while the held-out likelihood was still rising. Then it is the
/// gain in nat per point when the number of components grows by a factor e.
/// </param>
/// <param name="RivalSpread">How far the requested quantity differs, on held-out points, between the chosen size and the sizes whose
/// likelihood is within one standard error of the best; 0 when no quantity was requested.</param>
/// <param name="Iterations">EM iterations of the final fit.</param>
/// <param name="Converged">False when the final fit reached its iteration limit. The parameters are then the last ones.</param>
public sealed record MixtureFit(
    GaussianMixture Mixture,
    double MeanLogLikelihood,
    double HeldOutLogLikelihood,
    double HeldOutSlope,
    double RivalSpread,
    int Iterations,
    bool Converged
);
