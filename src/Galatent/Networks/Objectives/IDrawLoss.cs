namespace Galatent.Networks.Objectives;

/// <summary>A loss made of several draws of each spectrum; it replaces squared error and divergence. Its derivatives are written by hand,
/// as those of <see cref="ILatentTerm"/>; the tests hold them to libtorch's autograd.</summary>
internal interface IDrawLoss
{
    /// <summary>The loss of one spectrum.</summary>
    /// <param name="error">Σ w (x - x')² of every draw, shape (K).</param>
    /// <param name="logRatio">ln p(z) - ln q(z|x) of every draw, shape (K).</param>
    /// <param name="beta">β, positive.</param>
    /// <param name="errorSlope">Receives the derivatives with respect to <paramref name="error"/>; none may be negative.</param>
    /// <param name="logRatioSlope">Receives those with respect to <paramref name="logRatio"/>.</param>
    double Evaluate(
        ReadOnlySpan<double> error,
        ReadOnlySpan<double> logRatio,
        double beta,
        Span<double> errorSlope,
        Span<double> logRatioSlope
    );
}
