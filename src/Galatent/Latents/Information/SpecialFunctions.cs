namespace Galatent.Latents.Information;

/// <summary>The special functions that the estimators and their closed forms need.</summary>
internal static class SpecialFunctions
{
    /// <summary>psi(x), the derivative of ln Gamma, for x > 0: recurrence up to 10, then the asymptotic series (Abramowitz and Stegun
    /// 6.3.18), error below 1e-13.</summary>
    public static double Digamma(double x)
    {
        var shift = 0.0;
        for (; x < 10; x++)
        {
            shift -= 1 / x;
        }
        var inverse = 1 / (x * x);
        return shift
            + Math.Log(x)
            - 0.5 / x
            - inverse * (1.0 / 12 - inverse * (1.0 / 120 - inverse * (1.0 / 252 - inverse * (1.0 / 240 - inverse / 132))));
    }

    /// <summary>
    /// ln Gamma(x) for x > 0: recurrence up to 10, then Stirling's series (Abramowitz and Stegun 6.1.41), relative error below 1e-13.
    /// </summary>
    public static double LogGamma(double x)
    {
        var product = 1.0;
        for (; x < 10; x++)
        {
            product *= x;
        }
        var inverse = 1 / (x * x);
        var series = (1.0 / 12 - inverse * (1.0 / 360 - inverse * (1.0 / 1260 - inverse * (1.0 / 1680 - inverse / 1188)))) / x;
        return (x - 0.5) * Math.Log(x) - x + 0.5 * Math.Log(2 * Math.PI) + series - Math.Log(product);
    }

    /// <summary>
    /// Q(a, x), the probability that a gamma variable of shape a and scale 1 exceeds x. Up to x = a + 1 from the series of P, above that
    /// from the continued fraction of Q (Abramowitz and Stegun 6.5.29 and 6.5.31).
    /// </summary>
    /// <param name="a">Shape, above 0.</param>
    /// <param name="x">At least 0.</param>
    public static double GammaUpper(double a, double x)
    {
        if (x <= 0)
        {
            return 1;
        }
        var factor = Math.Exp(a * Math.Log(x) - x - LogGamma(a));
        if (x < a + 1)
        {
            var sum = 1 / a;
            var term = 1 / a;
            for (var k = 1; term > sum * 1e-16; k++)
            {
                term *= x / (a + k);
                sum += term;
            }
            return Math.Max(0, 1 - factor * sum);
        }
        // Lentz's method.
        var b = x + 1 - a;
        var c = 1e300;
        var d = 1 / b;
        var fraction = d;
        for (var k = 1; k < 10_000; k++)
        {
            var numerator = -k * (k - a);
            b += 2;
            d = 1 / (numerator * d + b);
            c = b + numerator / c;
            fraction *= c * d;
            if (Math.Abs(c * d - 1) < 1e-15)
            {
                break;
            }
        }
        return factor * fraction;
    }
}
