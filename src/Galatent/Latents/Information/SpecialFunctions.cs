namespace Galatent.Latents.Information;

/// <summary>The special functions that the estimators and their closed forms need.</summary>
internal static class SpecialFunctions
{
    private const double PLow = 0.02425;

    /// <summary>
    /// Quantile of the standard normal distribution, relative error below 1.2e-9 (rational approximations by P. Acklam, 2003).
    /// Infinite at 0 and 1, NaN outside.
    /// </summary>
    public static double NormalQuantile(double probability)
    {
        if (probability is <= 0 or >= 1 or double.NaN)
        {
            return probability == 0 ? double.NegativeInfinity : probability == 1 ? double.PositiveInfinity : double.NaN;
        }
        if (probability is >= PLow and <= 1 - PLow)
        {
            var q = probability - 0.5;
            var r = q * q;
            return (((((-3.969683028665376e+01 * r + 2.209460984245205e+02) * r - 2.759285104469687e+02) * r + 1.383577518672690e+02) * r - 3.066479806614716e+01) * r + 2.506628277459239e+00) * q
                / (((((-5.447609879822406e+01 * r + 1.615858368580409e+02) * r - 1.556989798598866e+02) * r + 6.680131188771972e+01) * r - 1.328068155288572e+01) * r + 1);
        }
        var tail = Math.Sqrt(-2 * Math.Log(Math.Min(probability, 1 - probability)));
        var quantile = (((((-7.784894002430293e-03 * tail - 3.223964580411365e-01) * tail - 2.400758277161838e+00) * tail - 2.549732539343734e+00) * tail + 4.374664141464968e+00) * tail + 2.938163982698783e+00)
            / ((((7.784695709041462e-03 * tail + 3.224671290700398e-01) * tail + 2.445134137142996e+00) * tail + 3.754408661907416e+00) * tail + 1);
        return probability < 0.5 ? quantile : -quantile;
    }

    /// <summary>psi(x), the derivative of ln Gamma, for x > 0: recurrence up to 10, then the asymptotic series (Abramowitz and Stegun 6.3.18), error below 1e-13.</summary>
    public static double Digamma(double x)
    {
        var shift = 0.0;
        for (; x < 10; x++)
        {
            shift -= 1 / x;
        }
        var inverse = 1 / (x * x);
        return shift + Math.Log(x) - 0.5 / x - inverse * (1.0 / 12 - inverse * (1.0 / 120 - inverse * (1.0 / 252 - inverse * (1.0 / 240 - inverse / 132))));
    }
}
