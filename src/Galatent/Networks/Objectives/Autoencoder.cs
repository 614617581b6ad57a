namespace Galatent.Networks.Objectives;

/// <summary>
/// A plain autoencoder (Hinton &amp; Salakhutdinov 2006): β = 0 and z = μ,
/// <code>
/// L = Σ (x - x')²
/// </code>
/// The head of ln σ² then has no gradient. It is held at weights 0 and bias <see cref="LogVariance"/>, so that whoever draws z from the
/// stored model draws μ to five digits.
/// </summary>
public static class Autoencoder
{
    /// <summary>ln σ² of every latent dimension: σ = 4.5e-5.</summary>
    public const float LogVariance = -20;

    /// <summary>Sets the head of ln σ².</summary>
    internal static void FixHead(NetworkWeights weights)
    {
        weights.Block("log_variance.weight").Clear();
        weights.Block("log_variance.bias").Fill(LogVariance);
    }
}
