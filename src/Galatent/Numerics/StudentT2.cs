namespace Galatent.Numerics;

/// <summary>Student's t distribution with two degrees of freedom, whose CDF is elementary: F(t) = 1/2 + t / (2 sqrt(2 + t^2)) (Shaw 2006,
/// J. Comp. Finance 9(4), 37).</summary>
public static class StudentT2
{
    /// <summary>The t with F(t) = <paramref name="u"/>, u in (0, 1); heavy tails: the 97.5 % point is 4.3027.</summary>
    public static double Quantile(double u) => ((2 * u) - 1) / Math.Sqrt(2 * u * (1 - u));
}
