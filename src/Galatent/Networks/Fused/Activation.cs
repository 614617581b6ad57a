namespace Galatent.Networks.Fused;

/// <summary>What follows a layer's sums: bias and LeakyReLU on the way forward, the LeakyReLU's derivative on the way back.</summary>
/// <param name="Bias">One number per channel, or null.</param>
/// <param name="NegativeSlope">Slope of the LeakyReLU; 1 for none.</param>
/// <param name="SignOf">On the way back: the LeakyReLU's outputs, laid out like the result and possibly in the same place; else null.
/// The slope is positive, so an output has the sign of its input and nothing else needs to be kept.</param>
internal readonly unsafe record struct Activation(nint Bias, float NegativeSlope, nint SignOf)
{
    /// <summary>Bias and LeakyReLU.</summary>
    public static Activation Forward(float* bias, float negativeSlope) => new((nint)bias, negativeSlope, 0);

    /// <summary>Multiplies by the derivative of the LeakyReLU whose outputs are given.</summary>
    public static Activation Backward(float* outputs, float negativeSlope) => new(0, negativeSlope, (nint)outputs);

    /// <summary>Leaves the sums alone.</summary>
    public static Activation None => new(0, 1, 0);
}
