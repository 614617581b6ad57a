namespace Galatent.Numerics;

/// <summary>Cubic Hermite interpolation: the cubic with given values and slopes at both ends; its error is at most h^4 max|f''''| /
/// 384.</summary>
public static class CubicHermite
{
    /// <summary>A point of the curve.</summary>
    /// <param name="X">Abscissa.</param>
    /// <param name="Y">Value.</param>
    /// <param name="Slope">dY/dX.</param>
    public readonly record struct Knot(double X, double Y, double Slope);

    /// <summary>The value at <paramref name="x"/>, meant to lie between the two knots.</summary>
    public static double Interpolate(double x, Knot left, Knot right)
    {
        var width = right.X - left.X;
        var t = (x - left.X) / width;
        var s = 1 - t;
        return (s * s * ((left.Y * (1 + (2 * t))) + (width * left.Slope * t)))
            + (t * t * ((right.Y * (1 + (2 * s))) - (width * right.Slope * s)));
    }
}
