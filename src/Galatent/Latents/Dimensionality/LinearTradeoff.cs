namespace Galatent.Latents.Dimensionality;

/// <summary>
/// Rate, error and loss of the best linear VAE on data of known covariance (Tipping &amp; Bishop 1999; Lucas et al. 2019): with s = beta/2,
/// R = Σ ½ ln(λ/s) over λ above s, D = Σ min(λ, s). This is the reverse water-filling of rate-distortion theory, so dD/dR = -beta.
/// </summary>
public static class LinearTradeoff
{
    /// <summary>Rate in nat of the model trained at <paramref name="beta"/>.</summary>
    /// <param name="eigenvalues">Variances along the principal directions.</param>
    /// <param name="beta">Weight of the KL term, positive.</param>
    public static double RateNat(ReadOnlySpan<double> eigenvalues, double beta)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(beta);
        var rate = 0.0;
        foreach (var lambda in eigenvalues)
        {
            rate += lambda > beta / 2 ? 0.5 * Math.Log(2 * lambda / beta) : 0;
        }
        return rate;
    }

    /// <summary>Squared error per spectrum of a decoded sample of the same model.</summary>
    /// <param name="eigenvalues">Variances along the principal directions.</param>
    /// <param name="beta">Weight of the KL term, positive.</param>
    public static double SquaredError(ReadOnlySpan<double> eigenvalues, double beta)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(beta);
        var error = 0.0;
        foreach (var lambda in eigenvalues)
        {
            error += Math.Min(lambda, beta / 2);
        }
        return error;
    }

    /// <summary>Loss, judged at one beta, of the model trained at another: D(trained) + beta R(trained). It is lowest when both are
    /// equal.</summary>
    /// <param name="eigenvalues">Variances along the principal directions.</param>
    /// <param name="judged">The beta of the loss.</param>
    /// <param name="trained">The beta of the model.</param>
    public static double Loss(ReadOnlySpan<double> eigenvalues, double judged, double trained) =>
        SquaredError(eigenvalues, trained) + (judged * RateNat(eigenvalues, trained));

    /// <summary>What it costs in loss to turn two axes by 45 degrees: beta ln[(a + b) / (2 √(a b))]. Axes with similar variance are not
    /// identified by the loss.</summary>
    /// <param name="beta">Weight of the KL term.</param>
    /// <param name="first">Variance along the first axis, a.</param>
    /// <param name="second">Variance along the second axis, b.</param>
    public static double RotationCost(double beta, double first, double second) =>
        beta * Math.Log((first + second) / (2 * Math.Sqrt(first * second)));
}
