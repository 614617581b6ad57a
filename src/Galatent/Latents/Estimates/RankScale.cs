using Galatent.Numerics;

namespace Galatent.Latents.Estimates;

/// <summary>A map to normal scores, learnt from some values and used on others: linear between the quantiles of the learnt values, held at
/// the ends. Mixtures of normal distributions then see no heavy tails.</summary>
internal sealed class RankScale
{
    // As many knots as resolve the tails to 1 in 200, few enough to be smooth.
    private const int Knots = 201;

    private readonly double[] _values;
    private readonly double[] _scores;

    public RankScale(double[] learnt)
    {
        var sorted = (double[])learnt.Clone();
        Array.Sort(sorted);
        var values = new List<double>();
        var scores = new List<double>();
        for (var k = 0; k < Knots; k++)
        {
            var place = (int)Math.Round((double)k * (sorted.Length - 1) / (Knots - 1));
            if (values.Count == 0 || sorted[place] > values[^1])
            {
                values.Add(sorted[place]);
                scores.Add(NormalDistribution.Quantile((place + 0.5) / sorted.Length));
            }
        }
        (_values, _scores) = ([.. values], [.. scores]);
    }

    /// <summary>Whether all learnt values are equal.</summary>
    public bool IsConstant => _values.Length < 2;

    public double Of(double value)
    {
        if (IsConstant)
        {
            return 0;
        }
        var (lower, share) = SortedAxis.Bracket(_values, value);
        return _scores[lower] + (share * (_scores[lower + 1] - _scores[lower]));
    }
}
