using System.Numerics.Tensors;

namespace Galatent.Numerics;

/// <summary>Mean, spread and quantiles of some numbers.</summary>
public static class SampleMoments
{
    /// <summary>Standard deviation, divisor n - 1; 0 for fewer than two numbers.</summary>
    public static double Deviation(ReadOnlySpan<double> values)
    {
        if (values.Length < 2)
        {
            return 0;
        }
        var mean = Mean(values);
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += (value - mean) * (value - mean);
        }
        return Math.Sqrt(sum / (values.Length - 1));
    }

    /// <summary>Standard error of the mean of independent numbers: their deviation over √n; 0 for fewer than two.</summary>
    public static double StandardError(ReadOnlySpan<double> values) => Deviation(values) / Math.Sqrt(Math.Max(1, values.Length));

    /// <summary>The mean; NaN for no numbers.</summary>
    public static double Mean(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }
        return sum / values.Length;
    }

    /// <summary>The median, the mean of the two middle numbers when their count is even; NaN for no numbers.</summary>
    public static double Median(ReadOnlySpan<double> values)
    {
        // Where a number is none, sorting says what the result is.
        if (values.Length < 2 || double.IsNaN(TensorPrimitives.Sum(values)))
        {
            return Quantile(values, 0.5);
        }
        var mine = values.ToArray();
        var middle = mine.Length / 2;
        var upper = OrderStatistic.Select(mine.AsSpan(), middle);
        if (mine.Length % 2 == 1)
        {
            return upper;
        }
        var lower = TensorPrimitives.Max<double>(mine.AsSpan(0, middle));
        return lower + (0.5 * (upper - lower));
    }

    /// <summary>The quantile at a probability in [0, 1], linear between the order statistics (Hyndman &amp; Fan 1996, type 7); NaN for no
    /// numbers.</summary>
    public static double Quantile(ReadOnlySpan<double> values, double probability)
    {
        if (values.Length == 0)
        {
            return double.NaN;
        }
        var sorted = values.ToArray();
        Array.Sort(sorted);
        var place = probability * (sorted.Length - 1);
        var lower = (int)place;
        return lower + 1 >= sorted.Length ? sorted[^1] : sorted[lower] + ((place - lower) * (sorted[lower + 1] - sorted[lower]));
    }

    /// <summary>1.4826 times the median distance from the median: the standard deviation of normal numbers, blind to outliers.</summary>
    public static double RobustDeviation(ReadOnlySpan<double> values)
    {
        var median = Median(values);
        return 1.4826 * Median(Array.ConvertAll(values.ToArray(), v => Math.Abs(v - median)));
    }
}
