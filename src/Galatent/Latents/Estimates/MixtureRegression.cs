using Galatent.Latents.Mixtures;

namespace Galatent.Latents.Estimates;

/// <summary>The distribution of the last coordinate of a Gaussian mixture, given all others: again a mixture of normal distributions, in
/// closed form (Ghahramani &amp; Jordan 1994).</summary>
public sealed class MixtureRegression
{
    private readonly GaussianMixture _joint;
    private readonly GaussianMixture _inputs;
    private readonly double[][] _gains;
    private readonly double[] _deviations;

    /// <summary>Prepares the conditional distributions.</summary>
    /// <param name="joint">Mixture of the inputs and, last, the output.</param>
    public MixtureRegression(GaussianMixture joint)
    {
        ArgumentNullException.ThrowIfNull(joint);
        ArgumentOutOfRangeException.ThrowIfLessThan(joint.Dimension, 2);
        var d = joint.Dimension - 1;
        _joint = joint;
        _inputs = joint.Marginal([.. Enumerable.Range(0, d)]);
        _gains = new double[joint.ComponentCount][];
        _deviations = new double[joint.ComponentCount];
        for (var k = 0; k < joint.ComponentCount; k++)
        {
            // With L the factor of the joint covariance, its last row is (r, l): the output is mean + r·u + l e with u the whitened
            // inputs, so the deviation is l and the gain is r L_inputs⁻¹.
            var factor = joint.Factors.AsSpan(k * (d + 1) * (d + 1), (d + 1) * (d + 1));
            _deviations[k] = factor[^1];
            _gains[k] = new double[d];
            var whitener = _inputs.Whiteners.AsSpan(k * d * d, d * d);
            for (var row = 0; row < d; row++)
            {
                for (var column = 0; column <= row; column++)
                {
                    _gains[k][column] += factor[(d * (d + 1)) + row] * whitener[(row * d) + column];
                }
            }
        }
    }

    /// <summary>The distribution of the output.</summary>
    /// <param name="inputs">The other coordinates.</param>
    public NormalMixture Given(ReadOnlySpan<double> inputs)
    {
        var k = _joint.ComponentCount;
        var weights = new double[k];
        var means = new double[k];
        var d = inputs.Length;
        for (var c = 0; c < k; c++)
        {
            weights[c] = _inputs.LogTerm(c, inputs);
            means[c] = _joint.Means[(c * (d + 1)) + d];
            for (var i = 0; i < d; i++)
            {
                means[c] += _gains[c][i] * (inputs[i] - _inputs.Means[(c * d) + i]);
            }
        }
        var highest = weights.Max();
        var sum = 0.0;
        for (var c = 0; c < k; c++)
        {
            weights[c] = Math.Exp(weights[c] - highest);
            sum += weights[c];
        }
        for (var c = 0; c < k; c++)
        {
            weights[c] /= sum;
        }
        return new NormalMixture(weights, means, _deviations);
    }
}
