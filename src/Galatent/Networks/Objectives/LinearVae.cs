namespace Galatent.Networks.Objectives;

/// <summary>
/// The best that a VAE with linear encoder and decoder can reach on data of known covariance: probabilistic PCA (Tipping &amp; Bishop 1999,
/// J. R. Stat. Soc. B 61, 611; Lucas et al. 2019, NeurIPS, "Don't Blame the ELBO!"). A trained network above this loss is not yet trained;
/// one below has found curvature that no linear model has.
/// </summary>
/// <param name="Beta">Weight of the KL term in error + beta KL.</param>
/// <param name="ActiveDimensions">Dimensions in use.</param>
/// <param name="SquaredError">Mean squared error per spectrum of a decoded sample z, normalised flux squared.</param>
/// <param name="KlNat">Mean KL per spectrum, nat; 0 for beta = 0, where nothing limits it.</param>
public sealed record LinearVae(double Beta, int ActiveDimensions, double SquaredError, double KlNat)
{
    /// <summary>SquaredError + Beta x KlNat: the study's loss, eq. 8.</summary>
    public double Loss => SquaredError + (Beta * KlNat);

    /// <summary>
    /// Closed form: with s = beta/2, every eigenvalue lambda &gt; s (the largest <paramref name="latentDimensions"/> at most) gives an
    /// active dimension of error s and KL 0.5 ln(lambda/s); the variance of all others is lost. For beta = 0 these are the principal
    /// components.
    /// </summary>
    /// <param name="beta">Weight of the KL term, 0 or more.</param>
    /// <param name="eigenvalues">Largest eigenvalues of the covariance of the spectra, descending, normalised flux squared.</param>
    /// <param name="totalVariance">Trace of that covariance.</param>
    /// <param name="latentDimensions">Dimensions that the model has.</param>
    public static LinearVae Best(double beta, ReadOnlySpan<double> eigenvalues, double totalVariance, int latentDimensions) =>
        Judged(beta, eigenvalues, latentDimensions, eigenvalues, totalVariance);

    /// <summary>
    /// The same model, fitted to the covariance of some spectra and judged on others. With s = beta/2, y² the others' mean square along
    /// the direction of eigenvalue lambda, and the posterior N(y √(lambda - s) / lambda, s / lambda) of the fitted model, an active
    /// dimension has
    /// <code>
    /// error = y² (s/lambda)² + (lambda - s) s / lambda
    /// KL = ½ ((lambda - s) y² / lambda² + s/lambda - ln(s/lambda) - 1)
    /// </code>
    /// With y² = lambda these are the values of <see cref="Best"/>.
    /// </summary>
    /// <param name="beta">As in <see cref="Best"/>.</param>
    /// <param name="eigenvalues">Of the spectra that the model is fitted to.</param>
    /// <param name="latentDimensions">As in <see cref="Best"/>.</param>
    /// <param name="judgedSquares">y² for each eigenvalue.</param>
    /// <param name="judgedTotal">Mean square of the others about the mean of the fitted, summed over pixels.</param>
    public static LinearVae Judged(
        double beta,
        ReadOnlySpan<double> eigenvalues,
        int latentDimensions,
        ReadOnlySpan<double> judgedSquares,
        double judgedTotal
    )
    {
        ArgumentOutOfRangeException.ThrowIfNegative(beta);
        var s = beta / 2;
        var active = 0;
        var lost = judgedTotal;
        var error = 0.0;
        var kl = 0.0;
        while (active < Math.Min(latentDimensions, eigenvalues.Length) && eigenvalues[active] > s)
        {
            var lambda = eigenvalues[active];
            var square = judgedSquares[active];
            lost -= square;
            error += (square * s * s / (lambda * lambda)) + ((lambda - s) * s / lambda);
            kl += beta > 0 ? 0.5 * (((lambda - s) * square / (lambda * lambda)) + (s / lambda) - Math.Log(s / lambda) - 1) : 0;
            active++;
        }
        return new LinearVae(beta, active, error + Math.Max(0, lost), kl);
    }

    /// <summary>The one that spends a given divergence: KL falls steadily with beta, so beta is found by
    /// bisection of its logarithm.</summary>
    /// <param name="capacityNat">Divergence, nat.</param>
    /// <param name="eigenvalues">As in <see cref="Best"/>.</param>
    /// <param name="totalVariance">As in <see cref="Best"/>.</param>
    /// <param name="latentDimensions">As in <see cref="Best"/>.</param>
    public static LinearVae AtCapacity(double capacityNat, ReadOnlySpan<double> eigenvalues, double totalVariance, int latentDimensions)
    {
        var low = -60.0;
        var high = Math.Log(2 * Math.Max(eigenvalues[0], 1e-20));
        for (var i = 0; i < 100; i++)
        {
            var middle = 0.5 * (low + high);
            var tooMuch = Best(Math.Exp(middle), eigenvalues, totalVariance, latentDimensions).KlNat > capacityNat;
            (low, high) = tooMuch ? (middle, high) : (low, middle);
        }
        return Best(Math.Exp(high), eigenvalues, totalVariance, latentDimensions);
    }
}
