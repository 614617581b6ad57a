namespace Galatent.Latents.Activity;

/// <summary>
/// What the loss pays for a rotation of two latent axes by 45 degrees, when decoder and encoder turn along. The prior does not notice; the
/// posterior with its diagonal covariance does. For posterior precisions a and b it is beta ln((a + b) / (2 √(a b))).
/// </summary>
/// <remarks>Two axes whose rotation costs a thousandth of the loss are not identified: another seed finds another pair in the same
/// plane. In a linear VAE (Lucas et al. 2019) a and b are proportional to the eigenvalues.</remarks>
public static class AxisRotation
{
    /// <summary>The cost for two precisions, or two eigenvalues of a linear VAE, in the unit of the loss.</summary>
    /// <param name="beta">Weight of the KL term.</param>
    /// <param name="a">Positive.</param>
    /// <param name="b">Positive.</param>
    public static double Cost(double beta, double a, double b) => beta * (Math.Log((a + b) / 2) - (0.5 * (Math.Log(a) + Math.Log(b))));

    /// <summary>The mean cost over spectra.</summary>
    /// <param name="beta">Weight of the KL term.</param>
    /// <param name="logVarianceA">ln of the posterior variances of one dimension.</param>
    /// <param name="logVarianceB">The same of the other, as many.</param>
    public static double Cost(double beta, IReadOnlyList<double> logVarianceA, IReadOnlyList<double> logVarianceB)
    {
        ArgumentNullException.ThrowIfNull(logVarianceA);
        ArgumentNullException.ThrowIfNull(logVarianceB);
        return logVarianceA.Select((a, i) => Cost(beta, Math.Exp(-a), Math.Exp(-logVarianceB[i]))).Average();
    }
}
