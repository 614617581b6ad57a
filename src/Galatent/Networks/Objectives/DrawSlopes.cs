namespace Galatent.Networks.Objectives;

/// <summary>Derivatives of a loss of several draws, of all spectra of a batch.</summary>
/// <param name="spectra">Spectra of the batch.</param>
/// <param name="draws">K, draws of each.</param>
internal sealed class DrawSlopes(int spectra, int draws)
{
    /// <summary>With respect to the squared error of every draw, shape (spectra, draws).</summary>
    public double[] Error { get; } = new double[spectra * draws];

    /// <summary>With respect to ln p(z) - ln q(z|x) of every draw, same shape.</summary>
    public double[] LogRatio { get; } = new double[spectra * draws];

    /// <summary>The loss, summed over the spectra; fills the derivatives of this sum.</summary>
    /// <param name="loss">The loss of one spectrum.</param>
    /// <param name="errors">Σ w (x - x')², shape (spectra, draws).</param>
    /// <param name="logRatios">ln p(z) - ln q(z|x), same shape.</param>
    /// <param name="beta">β.</param>
    public double Evaluate(IDrawLoss loss, ReadOnlySpan<double> errors, ReadOnlySpan<double> logRatios, double beta)
    {
        var sum = 0.0;
        for (var at = 0; at < Error.Length; at += draws)
        {
            sum += loss.Evaluate(
                errors.Slice(at, draws),
                logRatios.Slice(at, draws),
                beta,
                Error.AsSpan(at, draws),
                LogRatio.AsSpan(at, draws)
            );
        }
        return sum;
    }
}
