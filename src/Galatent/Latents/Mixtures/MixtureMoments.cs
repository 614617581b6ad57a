namespace Galatent.Latents.Mixtures;

/// <summary>
/// The result of the E-step for the M-step. For each component: the mass sum_i w_i r_ik, and the first and second moments of u = L_k^-1 (x
/// - m_k). These are moments about the component's present mean and in its own units, so no digits cancel.
/// </summary>
/// <param name="components">K.</param>
/// <param name="dimension">d.</param>
internal sealed class MixtureMoments(int components, int dimension)
{
    /// <summary>sum_i w_i r_ik, K numbers.</summary>
    public double[] Mass { get; } = new double[components];

    /// <summary>sum_i w_i r_ik u_i, K rows of d.</summary>
    public double[] First { get; } = new double[components * dimension];

    /// <summary>sum_i w_i r_ik u_i u_i^T, K matrices; the lower triangle is filled.</summary>
    public double[] Second { get; } = new double[components * dimension * dimension];

    /// <summary>sum_i w_i ln p(x_i), nat.</summary>
    public double LogLikelihood { get; set; }
}
