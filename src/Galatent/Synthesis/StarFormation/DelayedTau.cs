namespace Galatent.Synthesis.StarFormation;

/// <summary>
/// The delayed exponential history SFR(T) ~ T exp(-T/tau), where T is the time since its start, A before today (e.g. Carnall et al. 2019,
/// ApJ 873, 44, eq. 6).
/// In lookback time a = u A it is (1-u) exp(x u) with x = A/tau. A negative x rises more steeply than linearly. Every function is valid for
/// any finite x, also 0.
/// </summary>
public static class DelayedTau
{
    /// <summary>
    /// ln g(x), where g is the specific star-formation rate today (per mass formed) times A: g(x) = x^2 / (e^x - 1 - x). g(0) = 2; it falls
    /// monotonically from -x (x to -inf) to x^2 e^-x (x to +inf).
    /// </summary>
    public static double LogScaledSpecificSfr(double x)
    {
        if (Math.Abs(x) < 1)
        {
            return -Math.Log(MomentSeries(-x, 2) * Math.Exp(x)); // (e^x - 1 - x)/x^2 = e^x Int_0^1 s e^(-x s) ds
        }
        return x > 0 ? (2 * Math.Log(x)) - x - Math.Log(1 - ((1 + x) * Math.Exp(-x))) : (2 * Math.Log(-x)) - Math.Log(Math.Exp(x) - 1 - x);
    }

    /// <summary>The x in [<paramref name="lowest"/>, <paramref name="highest"/>] with ln g(x) = <paramref name="logScaledSpecificSfr"/>, to
    /// 1e-12 by bisection. If there is none, the nearer end.</summary>
    public static double InverseOfLogScaledSpecificSfr(double logScaledSpecificSfr, double lowest = -60, double highest = 200)
    {
        if (double.IsNaN(logScaledSpecificSfr))
        {
            throw new ArgumentException("The specific star-formation rate is not a number.", nameof(logScaledSpecificSfr));
        }
        var low = lowest;
        var high = highest;
        while (high - low > 1e-12 * (1 + Math.Abs(low)))
        {
            var middle = 0.5 * (low + high);
            (low, high) = LogScaledSpecificSfr(middle) > logScaledSpecificSfr ? (middle, high) : (low, middle);
        }
        return 0.5 * (low + high);
    }

    /// <summary>
    /// Mean of (1-u) e^(x u) over the bin [<paramref name="from"/>, <paramref name="to"/>] in u = a/A. Beyond u = 1, before the start, the
    /// rate is 0.
    /// Counted from the old end, u = u2 - w s, every term is positive, so no digits cancel: e^(x u2) [(1-u2) Int e^(-xws) ds + w Int s
    /// e^(-xws) ds].
    /// </summary>
    public static double BinMean(double x, double from, double to)
    {
        if (from >= 1)
        {
            return 0;
        }
        var oldEnd = Math.Min(to, 1);
        var width = oldEnd - from;
        var y = -x * width;
        return Math.Exp(x * oldEnd) * (((1 - oldEnd) * ExponentialMean(y)) + (width * ExponentialFirstMoment(y))) * (width / (to - from));
    }

    /// <summary>Int_0^1 e^(y s) ds = (e^y - 1)/y.</summary>
    private static double ExponentialMean(double y) => Math.Abs(y) < 1 ? MomentSeries(y, 1) : (Math.Exp(y) - 1) / y;

    /// <summary>Int_0^1 s e^(y s) ds = ((y - 1) e^y + 1)/y^2.</summary>
    private static double ExponentialFirstMoment(double y) =>
        Math.Abs(y) < 1 ? MomentSeries(y, 2) : (((y - 1) * Math.Exp(y)) + 1) / (y * y);

    /// <summary>Int_0^1 s^(power-1) e^(y s) ds as a series, used where the closed forms lose digits. For |y| below 1, 20 terms reach
    /// 1e-18.</summary>
    private static double MomentSeries(double y, int power)
    {
        var sum = 0.0;
        var term = 1.0;
        for (var k = 0; k < 20; k++)
        {
            sum += term / (k + power);
            term *= y / (k + 1);
        }
        return sum;
    }
}
