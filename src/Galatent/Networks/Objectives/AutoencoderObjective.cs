namespace Galatent.Networks.Objectives;

/// <summary>
/// A plain autoencoder (Hinton &amp; Salakhutdinov 2006): β = 0 and z = μ,
/// <code>
/// L = Σ (x - x')²
/// </code>
/// The head of ln σ² then has no gradient. It is held at weights 0 and bias <see cref="LogVariance"/>, so that whoever draws z from the
/// stored model draws μ to five digits.
/// </summary>
public sealed record AutoencoderObjective : Objective
{
    /// <summary>ln σ² of every latent dimension: σ = 4.5e-5.</summary>
    public const float LogVariance = -20;

    /// <inheritdoc/>
    public override string Name => "autoencoder";

    /// <inheritdoc/>
    public override string Description => "squared error alone, z = mu";

    /// <inheritdoc/>
    public override double? DefaultBeta => 0;

    /// <inheritdoc/>
    internal override bool UsesMean => true;

    /// <inheritdoc/>
    internal override IEnumerable<string> Faults(double beta) => Failed((beta == 0, $"an autoencoder has beta 0, not {beta}"));

    /// <inheritdoc/>
    internal override ObjectiveWeights At(double beta, double epochsDone, double noiseVariance) => new(0);

    /// <inheritdoc/>
    internal override void FixWeights(NetworkWeights weights)
    {
        weights.Block("log_variance.weight").Clear();
        weights.Block("log_variance.bias").Fill(LogVariance);
    }
}
