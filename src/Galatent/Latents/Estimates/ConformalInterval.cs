namespace Galatent.Latents.Estimates;

/// <summary>
/// Conformal prediction intervals (Vovk et al. 2005; Lei et al. 2018; Romano et al. 2019): intervals with a guaranteed coverage, whatever
/// the model, for rows that are exchangeable with the calibration rows. Simulated test rows are; observed galaxies are not.
/// </summary>
public static class ConformalInterval
{
    // Keeps (n + 1)(1 - α) from being rounded up where it is a whole number: 10 × 0.9 is 9.000000000000002 in doubles.
    private const double Rounding = 1e-9;

    /// <summary>Which of n calibration scores, counted from 1 in ascending order, gives the coverage 1 - α: ceil((n + 1)(1 - α)).
    /// Null when that is beyond n: the interval is then infinite.</summary>
    /// <param name="count">Number n of calibration scores.</param>
    /// <param name="miss">α, the share of intervals that may miss, between 0 and 1.</param>
    public static int? Rank(int count, double miss)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (!(miss > 0 && miss < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(miss), miss, "The share that may miss lies between 0 and 1.");
        }
        var rank = (int)Math.Ceiling(((count + 1) * (1 - miss)) - Rounding);
        return rank > count ? null : rank;
    }

    /// <summary>Mean coverage of intervals from <paramref name="count"/> scores, k / (n + 1), and its spread over calibration sets, that of
    /// Beta(k, n + 1 - k). With infinite intervals 1 and 0.</summary>
    /// <param name="count">Number n of calibration scores.</param>
    /// <param name="miss">α.</param>
    public static (double Mean, double Deviation) Coverage(int count, double miss)
    {
        if (Rank(count, miss) is not { } k)
        {
            return (1, 0);
        }
        var mean = k / (count + 1.0);
        return (mean, Math.Sqrt(mean * (1 - mean) / (count + 2.0)));
    }

    /// <summary>The k-th smallest score: half-width of the split-conformal interval when the scores are absolute residuals, widening of
    /// both ends when they are those of <see cref="QuantileScore"/>. Positive infinity when there are too few.</summary>
    /// <param name="scores">Calibration scores, in any order.</param>
    /// <param name="miss">α.</param>
    public static double Threshold(ReadOnlySpan<double> scores, double miss)
    {
        if (Rank(scores.Length, miss) is not { } k)
        {
            return double.PositiveInfinity;
        }
        var sorted = scores.ToArray();
        Array.Sort(sorted);
        return sorted[k - 1];
    }

    /// <summary>Score of conformalised quantile regression (Romano et al. 2019): how far the value lies outside its predicted quantiles,
    /// negative inside. The two ends are sorted first.</summary>
    public static double QuantileScore(double low, double high, double value) =>
        Math.Max(Math.Min(low, high) - value, value - Math.Max(low, high));

    /// <summary>The predicted quantiles, widened. A negative widening narrows; an interval that becomes empty is its midpoint.</summary>
    public static (double Low, double High) Widen(double low, double high, double widening)
    {
        var from = Math.Min(low, high) - widening;
        var to = Math.Max(low, high) + widening;
        return from <= to ? (from, to) : (0.5 * (low + high), 0.5 * (low + high));
    }
}
