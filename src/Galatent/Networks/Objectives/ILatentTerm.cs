namespace Galatent.Networks.Objectives;

/// <summary>Posteriors and drawn latent vectors of a batch, each of shape (Count, Dimensions), row-major.</summary>
internal readonly ref struct LatentBatch(int dimensions, ReadOnlySpan<float> mu, ReadOnlySpan<float> logVariance, ReadOnlySpan<float> z)
{
    /// <summary>Number of latent dimensions.</summary>
    public int Dimensions { get; } = dimensions;

    /// <summary>Number of spectra.</summary>
    public int Count => Mu.Length / Dimensions;

    /// <summary>Posterior means μ.</summary>
    public ReadOnlySpan<float> Mu { get; } = mu;

    /// <summary>ln σ² of the posteriors.</summary>
    public ReadOnlySpan<float> LogVariance { get; } = logVariance;

    /// <summary>The draws z = μ + σ ε.</summary>
    public ReadOnlySpan<float> Z { get; } = z;
}

/// <summary>Receives partial derivatives of a term, each of shape (Count, Dimensions): with respect to μ and ln σ² at fixed z, and with
/// respect to z.</summary>
internal readonly ref struct LatentGradient(Span<float> mu, Span<float> logVariance, Span<float> z)
{
    /// <summary>∂/∂μ at fixed z.</summary>
    public Span<float> Mu { get; } = mu;

    /// <summary>∂/∂ ln σ² at fixed z.</summary>
    public Span<float> LogVariance { get; } = logVariance;

    /// <summary>∂/∂z; the engine carries it on to μ and ln σ² through z = μ + σ ε.</summary>
    public Span<float> Z { get; } = z;
}

/// <summary>
/// The part of an objective that looks at the latent space and needs the whole batch at once. The derivatives are written by hand: the
/// fused engine has no autograd, and both engines use the same ones; the tests hold them to libtorch's autograd.
/// </summary>
internal interface ILatentTerm
{
    /// <summary>The term's value per spectrum, weights included, and its derivatives.</summary>
    /// <param name="latents">The batch.</param>
    /// <param name="weights">Weights of this update.</param>
    /// <param name="gradient">Every number is replaced.</param>
    double Evaluate(LatentBatch latents, ObjectiveWeights weights, LatentGradient gradient);
}
