using Galatent.Numerics;

namespace Galatent.Latents.Maps;

/// <summary>Where points lie on a map.</summary>
/// <param name="Units">Number of the nearest unit of every point.</param>
/// <param name="QuantizationError">Mean distance of a point to its nearest unit. (Old MiniSom gives the mean square.)</param>
/// <param name="TopographicError">Share of the points whose second nearest unit is not one of the eight neighbours of the first; by chance
/// 0.968 on 15 x 15 units.</param>
public sealed record MapPlaces(int[] Units, double QuantizationError, double TopographicError)
{
    /// <summary>Fewest points of a unit whose median is given.</summary>
    public const int LeastPoints = 5;

    /// <summary>Number of points of each unit.</summary>
    /// <param name="unitCount">Number of units.</param>
    public int[] Counts(int unitCount)
    {
        var counts = new int[unitCount];
        foreach (var unit in Units)
        {
            counts[unit]++;
        }
        return counts;
    }

    /// <summary>Median of a quantity in each unit; NaN with fewer than <see cref="LeastPoints"/> points.</summary>
    /// <param name="values">One value per point.</param>
    /// <param name="unitCount">Number of units.</param>
    public double[] Medians(ReadOnlySpan<double> values, int unitCount)
    {
        var members = Enumerable.Range(0, unitCount).Select(_ => new List<double>()).ToArray();
        for (var i = 0; i < values.Length; i++)
        {
            members[Units[i]].Add(values[i]);
        }
        return [.. members.Select(m => m.Count < LeastPoints ? double.NaN : SampleMoments.Median(m.ToArray()))];
    }

    /// <summary>η²: share of the variance of a quantity that lies between units; 0 for a constant quantity. A quantity that has
    /// nothing to do with the map has on average <see cref="ExpectedByChance"/>.</summary>
    /// <param name="values">One value per point.</param>
    /// <param name="unitCount">Number of units.</param>
    public double ExplainedVariance(ReadOnlySpan<double> values, int unitCount)
    {
        var sums = new double[unitCount];
        var mean = SampleMoments.Mean(values);
        var total = 0.0;
        for (var i = 0; i < values.Length; i++)
        {
            sums[Units[i]] += values[i] - mean;
            total += (values[i] - mean) * (values[i] - mean);
        }
        var counts = Counts(unitCount);
        var between = sums.Select((s, u) => counts[u] > 0 ? s * s / counts[u] : 0).Sum();
        return total > 0 ? between / total : 0;
    }

    /// <summary>Standard error of <see cref="ExplainedVariance"/> over points, the map held fixed: the deviation of its influence function
    /// [(1 - η²)(x - mean)² - (x - mean of its unit)²] n / Σ(x - mean)², over √n (delta method).</summary>
    /// <param name="values">One value per point.</param>
    /// <param name="unitCount">Number of units.</param>
    public double ExplainedVarianceError(ReadOnlySpan<double> values, int unitCount)
    {
        var mean = SampleMoments.Mean(values);
        var sums = new double[unitCount];
        var total = 0.0;
        for (var i = 0; i < values.Length; i++)
        {
            sums[Units[i]] += values[i];
            total += (values[i] - mean) * (values[i] - mean);
        }
        if (!(total > 0))
        {
            return 0;
        }
        var counts = Counts(unitCount);
        var within = new double[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            within[i] = Math.Pow(values[i] - (sums[Units[i]] / counts[Units[i]]), 2);
        }
        var left = within.Sum() / total;
        var influence = new double[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            influence[i] = ((left * (values[i] - mean) * (values[i] - mean)) - within[i]) * values.Length / total;
        }
        return SampleMoments.StandardError(influence);
    }

    /// <summary>Mean of <see cref="ExplainedVariance"/> for an unrelated quantity: (occupied units - 1) / (n - 1).</summary>
    /// <param name="unitCount">Number of units.</param>
    public double ExpectedByChance(int unitCount) => (Counts(unitCount).Count(c => c > 0) - 1.0) / (Units.Length - 1);
}
