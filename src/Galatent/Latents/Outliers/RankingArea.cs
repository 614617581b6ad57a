using Galatent.Numerics;

namespace Galatent.Latents.Outliers;

/// <summary>
/// Area under the receiver operating characteristic: the probability that a score of the one kind is above a score of the other, equal
/// scores counting half (Mann and Whitney 1947). Its error is that of DeLong et al. (1988, Biometrics 44, 837).
/// </summary>
/// <param name="Value">0 to 1; 0.5 without any difference.</param>
/// <param name="StandardError">NaN with a single score of one kind, which has no spread.</param>
/// <param name="Low">Lower end of the 95 % interval: on the scale of ln(A / (1 - A)), or Wilson's (1927) when the area is 0 or 1. NaN when
/// there is no error.</param>
/// <param name="High">Upper end.</param>
public sealed record RankingArea(double Value, double StandardError, double Low, double High)
{
    // 97.5 % quantile of the normal distribution.
    private const double Sigma = 1.959963984540054;

    /// <summary>Measures scores.</summary>
    /// <param name="odd">Scores of the kind that should be above.</param>
    /// <param name="usual">Scores of the other kind.</param>
    /// <exception cref="InputException">One kind has no scores, or a score is not a number.</exception>
    public static RankingArea Of(double[] odd, double[] usual)
    {
        ArgumentNullException.ThrowIfNull(odd);
        ArgumentNullException.ThrowIfNull(usual);
        if (odd.Length == 0 || usual.Length == 0)
        {
            throw new InputException($"An area needs scores of both kinds, but there are {odd.Length} and {usual.Length}.");
        }
        if (Array.Exists(odd, double.IsNaN) || Array.Exists(usual, double.IsNaN))
        {
            throw new InputException("A score is not a number; leave such rows out.");
        }
        // For each score, the share of the other kind that it beats.
        var beaten = Placements(odd, usual);
        var beating = Array.ConvertAll(Placements(usual, odd), p => 1 - p);
        var value = beaten.Average();
        if (odd.Length == 1 || usual.Length == 1)
        {
            return new RankingArea(value, double.NaN, double.NaN, double.NaN);
        }
        var deviationOdd = SampleMoments.Deviation(beaten);
        var deviationUsual = SampleMoments.Deviation(beating);
        var error = Math.Sqrt((deviationOdd * deviationOdd / odd.Length) + (deviationUsual * deviationUsual / usual.Length));
        var (low, high) = value is > 0 and < 1 ? Logit(value, error) : Wilson(value, Math.Min(odd.Length, usual.Length));
        return new RankingArea(value, error, low, high);
    }

    private static (double Low, double High) Logit(double value, double error)
    {
        var centre = Math.Log(value / (1 - value));
        var width = Sigma * error / (value * (1 - value));
        double Back(double x) => 1 / (1 + Math.Exp(-x));
        return (Back(centre - width), Back(centre + width));
    }

    private static (double Low, double High) Wilson(double share, int n)
    {
        var square = Sigma * Sigma;
        var centre = (share + (square / (2 * n))) / (1 + (square / n));
        var width = Sigma * Math.Sqrt((share * (1 - share) / n) + (square / (4.0 * n * n))) / (1 + (square / n));
        return (share == 0 ? 0 : centre - width, share == 1 ? 1 : centre + width);
    }

    private static double[] Placements(double[] scores, double[] others)
    {
        var ascending = (double[])others.Clone();
        Array.Sort(ascending);
        return Array.ConvertAll(scores, score =>
            (Below(ascending, score, false) + Below(ascending, score, true)) / (2.0 * ascending.Length)
        );
    }

    // How many are below, or not above.
    private static int Below(double[] ascending, double value, bool orEqual)
    {
        var low = 0;
        var high = ascending.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (ascending[middle] < value || (orEqual && ascending[middle] == value))
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }
        return low;
    }
}
