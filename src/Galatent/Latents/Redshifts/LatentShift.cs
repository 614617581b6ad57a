using Galatent.Numerics;

namespace Galatent.Latents.Redshifts;

/// <summary>How far a latent dimension of the same galaxies moves when they are seen at other redshifts.</summary>
/// <param name="Spread">Standard deviation over galaxies of the mean over redshifts.</param>
/// <param name="Shift">Standard deviation over redshifts of one galaxy, root mean square over galaxies (divisor: redshifts - 1).</param>
/// <param name="Sigma">Root mean square of the posterior's standard deviation.</param>
/// <param name="Slope">Mean over galaxies of the slope of mu with redshift: what all of them share.</param>
public sealed record LatentShift(double Spread, double Shift, double Sigma, double Slope)
{
    /// <summary>Shift over spread: 0 for a dimension that does not heed redshift. The aim is below a tenth.</summary>
    public double ShiftOverSpread => Shift / Spread;

    /// <summary>Shift over the posterior's own uncertainty: below 1 the posterior says that it does not know better.</summary>
    public double ShiftOverSigma => Shift / Sigma;

    /// <summary>Measures one dimension.</summary>
    /// <param name="redshifts">At least two, not all equal.</param>
    /// <param name="mu">Posterior means, one array of n galaxies for each redshift.</param>
    /// <param name="logVariance">ln σ² of the posteriors, in the same shape.</param>
    public static LatentShift Of(double[] redshifts, double[][] mu, double[][] logVariance)
    {
        ArgumentNullException.ThrowIfNull(redshifts);
        ArgumentNullException.ThrowIfNull(mu);
        ArgumentNullException.ThrowIfNull(logVariance);
        var galaxies = mu[0].Length;
        var centre = redshifts.Average();
        var square = redshifts.Sum(z => (z - centre) * (z - centre));
        if (mu.Length != redshifts.Length || logVariance.Length != mu.Length || !(square > 0) || galaxies < 2)
        {
            throw new InputException($"A shift needs two galaxies or more, each at two redshifts or more, not {galaxies} at {mu.Length}.");
        }
        var means = new double[galaxies];
        var within = 0.0;
        var slope = 0.0;
        for (var i = 0; i < galaxies; i++)
        {
            means[i] = mu.Average(m => m[i]);
            for (var k = 0; k < redshifts.Length; k++)
            {
                var difference = mu[k][i] - means[i];
                within += difference * difference / (redshifts.Length - 1) / galaxies;
                slope += difference * (redshifts[k] - centre) / square / galaxies;
            }
        }
        var mean = means.Average();
        return new LatentShift(
            Math.Sqrt(means.Sum(m => (m - mean) * (m - mean)) / (galaxies - 1)),
            Math.Sqrt(within),
            Math.Sqrt(logVariance.Average(row => row.Average(Math.Exp))),
            slope
        );
    }

    /// <summary>Shift over spread of several dimensions together: √(Σ shift² / Σ spread²).</summary>
    public static double Together(IReadOnlyCollection<LatentShift> dimensions) =>
        Math.Sqrt(dimensions.Sum(d => d.Shift * d.Shift) / dimensions.Sum(d => d.Spread * d.Spread));
}
