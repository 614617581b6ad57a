namespace Galatent.Networks.Objectives;

/// <summary>
/// Feature-consistent loss (Hou et al. 2017, WACV, arXiv:1610.00291, section 3.2): spectrum and reconstruction are compared also as a
/// frozen, trained encoder sees them,
/// <code>
/// L = Σ (x - x')² + f n_wave/n_layers Σ_l 1/(C_l N_l) Σ (φ_l(x) - φ_l(x'))² + β KL
/// </code>
/// with φ_l the activations of its l-th convolution, of C_l channels and N_l positions. Each layer's mean square is scaled to the number
/// of pixels, so that f = 1 lets features and pixels weigh about alike. The paper leaves the pixels out. The derivative goes through the
/// frozen encoder to the pixels of x', a path that the fused engine does not have: it needs automatic differentiation.
/// </summary>
/// <param name="Frozen">The network whose encoder sees the spectra.</param>
/// <param name="Weight">f.</param>
internal sealed record FeatureComparison(NetworkWeights Frozen, double Weight);
