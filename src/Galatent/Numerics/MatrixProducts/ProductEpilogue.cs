namespace Galatent.Numerics.MatrixProducts;

/// <summary>What a matrix product does to each finished sum before it is stored; <c>default</c> does nothing.</summary>
public readonly ref struct ProductEpilogue
{
    private readonly float _negativeSlope;
    private readonly bool _isSet;

    /// <summary>Adds a bias and applies max(x, slope * x).</summary>
    /// <param name="bias">One number per column, or empty.</param>
    /// <param name="negativeSlope">Factor of negative values (LeakyReLU); 1 leaves them as they are.</param>
    public ProductEpilogue(ReadOnlySpan<float> bias, float negativeSlope = 1)
    {
        Bias = bias;
        (_negativeSlope, _isSet) = (negativeSlope, true);
    }

    /// <summary>One number per column, or empty.</summary>
    public ReadOnlySpan<float> Bias { get; }

    /// <summary>Factor of negative values.</summary>
    public float NegativeSlope => _isSet ? _negativeSlope : 1;
}
