using Galatent.Numerics;

namespace Galatent.Calibration;

/// <summary>
/// Families of counts and rounded numbers. The true information is a sum over the table of probabilities. For rounded numbers it is that of
/// the rounded values.
/// </summary>
internal static class DiscreteDependence
{
    // Beyond this a Poisson distribution with mean 10 has a probability of 1e-12.
    private const int Most = 45;

    /// <summary>x is a Poisson count; y is the same count plus a coin toss (0 or 1).</summary>
    public static KnownDependence PoissonAndCoin(double mean) =>
        new(
            $"poisson {mean:0.##} + coin",
            Information(Most, Most, (i, j) => j == i || j == i + 1 ? 0.5 * Poisson(i, mean) : 0),
            (ref random) =>
            {
                var x = Count(ref random, mean);
                return (x, x + random.NextInt(2));
            }
        );

    /// <summary>Two independent Poisson counts.</summary>
    public static KnownDependence IndependentPoisson(double mean) =>
        new($"poisson {mean:0.##}, independent", 0, (ref random) => (Count(ref random, mean), Count(ref random, mean)));

    /// <summary>Two Poisson counts that share a third one: x = u + w, y = v + w, all with the same mean.</summary>
    public static KnownDependence CommonPoisson(double mean) =>
        new(
            $"poisson {mean:0.##}, common part",
            Information(Most, Most, (i, j) =>
                Enumerable.Range(0, Math.Min(i, j) + 1).Sum(w => Poisson(w, mean) * Poisson(i - w, mean) * Poisson(j - w, mean))
            ),
            (ref random) =>
            {
                var w = Count(ref random, mean);
                return (w + Count(ref random, mean), w + Count(ref random, mean));
            }
        );

    /// <summary>A Poisson count with additional zeros, and the same count plus a coin toss.</summary>
    public static KnownDependence ZeroInflatedPoisson(double zeros, double mean) =>
        new(
            $"zeros {zeros:0.##} and poisson {mean:0.##}",
            Information(Most, Most, (i, j) => j == i || j == i + 1 ? 0.5 * ((i == 0 ? zeros : 0) + ((1 - zeros) * Poisson(i, mean))) : 0),
            (ref random) =>
            {
                var x = random.NextDouble() < zeros ? 0 : Count(ref random, mean);
                return (x, x + random.NextInt(2));
            }
        );

    /// <summary>Normal pairs, both rounded to this many values per standard deviation.</summary>
    public static KnownDependence RoundedGaussian(double rho, int perSigma) =>
        new($"rounded {perSigma}, rho {rho:0.##}", RoundedTruth(rho, perSigma), (ref random) =>
        {
            var (x, y) = MixedDependence.NormalPair(ref random, rho);
            return (Math.Round(x * perSigma) / perSigma, Math.Round(y * perSigma) / perSigma);
        });

    /// <summary>Mutual information of a table of probabilities, nat.</summary>
    /// <param name="rows">Number of values of the first variable.</param>
    /// <param name="columns">Number of values of the second variable.</param>
    /// <param name="probability">Probability of a pair of values.</param>
    public static double Information(int rows, int columns, Func<int, int, double> probability)
    {
        var p = new double[rows, columns];
        var px = new double[rows];
        var py = new double[columns];
        var total = 0.0;
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++)
            {
                p[i, j] = probability(i, j);
                px[i] += p[i, j];
                py[j] += p[i, j];
                total += p[i, j];
            }
        }
        var sum = 0.0;
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++)
            {
                sum += p[i, j] > 0 ? p[i, j] * Math.Log(p[i, j] * total / (px[i] * py[j])) : 0;
            }
        }
        return sum / total;
    }

    // The integral over a cell: in x with 40 strips, in y in closed form.
    private static double RoundedTruth(double rho, int perSigma)
    {
        const int Strips = 40;
        var most = 6 * perSigma;
        var step = 1.0 / perSigma;
        var sd = Math.Sqrt(1 - (rho * rho));
        return Information((2 * most) + 1, (2 * most) + 1, (i, j) => Enumerable
                .Range(0, Strips)
                .Sum(s =>
                {
                    var x = step * (i - most - 0.5 + ((s + 0.5) / Strips));
                    var y = step * (j - most - 0.5);
                    return MixedDependence.Normal(x)
                        * (NormalDistribution.Cdf((y + step - (rho * x)) / sd) - NormalDistribution.Cdf((y - (rho * x)) / sd));
                }));
    }

    /// <summary>Probability of a count.</summary>
    internal static double Poisson(int count, double mean) => Enumerable.Range(1, count).Aggregate(Math.Exp(-mean), (p, k) => p * mean / k);

    /// <summary>
    /// Draws a Poisson count: the number of uniform numbers that can be multiplied before the product falls below e^-mean (Knuth 1969).
    /// </summary>
    internal static int Count(ref RandomStream random, double mean)
    {
        var count = 0;
        var product = random.NextDouble();
        for (var limit = Math.Exp(-mean); product > limit; count++)
        {
            product *= random.NextDouble();
        }
        return count;
    }
}
