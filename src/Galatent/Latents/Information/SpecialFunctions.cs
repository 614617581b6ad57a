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
}
