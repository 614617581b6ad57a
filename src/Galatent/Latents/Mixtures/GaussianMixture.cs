using Galatent.Numerics;

namespace Galatent.Latents.Mixtures;

/// <summary>A mixture of K normal distributions with full covariances in d dimensions: p(x) = sum_k w_k N(x; m_k, C_k).</summary>
public sealed class GaussianMixture
{
    private readonly double[] _logFactors;

    /// <summary>Takes the parameters without copying them, and factors the covariances.</summary>
    /// <param name="dimension">d, at least 1.</param>
    /// <param name="weights">K positive numbers that sum to 1.</param>
    /// <param name="means">K rows of d.</param>
    /// <param name="covariances">K symmetric positive definite matrices of d rows of d.</param>
    /// <exception cref="ArgumentException">Lengths do not fit, or a covariance is not positive definite.</exception>
    public GaussianMixture(int dimension, double[] weights, double[] means, double[] covariances)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(dimension);
        var k = weights.Length;
        if (k == 0 || means.Length != k * dimension || covariances.Length != k * dimension * dimension)
        {
            throw new ArgumentException(
                $"{k} weights, {means.Length} numbers of means and {covariances.Length} of covariances do not make a mixture in "
                    + $"{dimension} dimensions."
            );
        }
        (Dimension, Weights, Means, Covariances) = (dimension, weights, means, covariances);
        Factors = new double[covariances.Length];
        Whiteners = new double[covariances.Length];
        _logFactors = new double[k];
        for (var i = 0; i < k; i++)
        {
            var block = new Range(i * dimension * dimension, (i + 1) * dimension * dimension);
            if (!(weights[i] > 0) || !Cholesky.TryFactor(covariances.AsSpan(block), dimension, Factors.AsSpan(block)))
            {
                throw new ArgumentException(
                    $"Component {i} has the weight {weights[i]} and a covariance that starts with "
                        + $"{covariances[i * dimension * dimension]}: not a normal distribution."
                );
            }
            Cholesky.Invert(Factors.AsSpan(block), dimension, Whiteners.AsSpan(block));
            _logFactors[i] =
                Math.Log(weights[i])
                - 0.5 * (dimension * Math.Log(2 * Math.PI) + Cholesky.LogDeterminant(Factors.AsSpan(block), dimension));
        }
    }

    /// <summary>Dimension d of the space.</summary>
    public int Dimension { get; }

    /// <summary>Number of components K.</summary>
    public int ComponentCount => Weights.Length;

    /// <summary>Free parameters beyond those of a single component: (K - 1)(1 + d + d (d + 1) / 2).</summary>
    internal int ExtraParameters => (ComponentCount - 1) * (1 + Dimension + Dimension * (Dimension + 1) / 2);

    /// <summary>Weights w_k, K numbers.</summary>
    public double[] Weights { get; }

    /// <summary>Means m_k, K rows of d.</summary>
    public double[] Means { get; }

    /// <summary>Covariances C_k, K matrices of d rows of d.</summary>
    public double[] Covariances { get; }

    /// <summary>Lower Cholesky factors L_k of the covariances, same layout.</summary>
    internal double[] Factors { get; }

    /// <summary>The inverses of the factors: u = L_k^-1 (x - m_k) has unit covariance in component k.</summary>
    internal double[] Whiteners { get; }

    /// <summary>ln w_k + ln N(m_k; m_k, C_k): the logarithm of a component's share of the density at its own mean.</summary>
    internal ReadOnlySpan<double> LogPeaks => _logFactors;

    /// <summary>ln p at one point of d coordinates, in nat; finite for every finite point.</summary>
    public double LogDensity(ReadOnlySpan<double> point)
    {
        Span<double> terms = stackalloc double[ComponentCount];
        var highest = double.NegativeInfinity;
        for (var k = 0; k < terms.Length; k++)
        {
            terms[k] = LogTerm(k, point);
            highest = Math.Max(highest, terms[k]);
        }
        var sum = 0.0;
        foreach (var term in terms)
        {
            sum += Math.Exp(term - highest);
        }
        return highest + Math.Log(sum);
    }

    /// <summary>The mixture of some of the coordinates, in the given order: the rows and columns of the other coordinates are
    /// dropped.</summary>
    public GaussianMixture Marginal(params ReadOnlySpan<int> axes)
    {
        var d = axes.Length;
        var means = new double[ComponentCount * d];
        var covariances = new double[ComponentCount * d * d];
        for (var k = 0; k < ComponentCount; k++)
        {
            for (var i = 0; i < d; i++)
            {
                means[k * d + i] = Means[k * Dimension + axes[i]];
                for (var j = 0; j < d; j++)
                {
                    covariances[(k * d + i) * d + j] = Covariances[(k * Dimension + axes[i]) * Dimension + axes[j]];
                }
            }
        }
        return new GaussianMixture(d, [.. Weights], means, covariances);
    }

    /// <summary>ln w_k + ln N(x; m_k, C_k).</summary>
    internal double LogTerm(int k, ReadOnlySpan<double> point)
    {
        var squares = 0.0;
        for (var i = 0; i < Dimension; i++)
        {
            var u = 0.0;
            for (var j = 0; j <= i; j++)
            {
                u += Whiteners[(k * Dimension + i) * Dimension + j] * (point[j] - Means[k * Dimension + j]);
            }
            squares += u * u;
        }
        return _logFactors[k] - 0.5 * squares;
    }
}
