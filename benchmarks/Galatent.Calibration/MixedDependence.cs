using Galatent.Numerics;

namespace Galatent.Calibration;

/// <summary>
/// Families with a discrete and a continuous column, with many zeros in a continuous column, and with repeated rows.
/// </summary>
internal static class MixedDependence
{
    /// <summary>A Poisson count and the same count plus normal noise.</summary>
    public static KnownDependence PoissonAndNormal(double mean, double noise)
    {
        double[] weights = [.. Enumerable.Range(0, 45).Select(k => DiscreteDependence.Poisson(k, mean))];
        return new($"poisson {mean:0.##} + noise {noise:0.##}", ClassTruth(weights, k => k, noise), (ref random) =>
        {
            var x = DiscreteDependence.Count(ref random, mean);
            return (x, x + (noise * random.NextNormal()));
        });
    }

    /// <summary>
    /// Classes 0, 1, 2 ... with different frequencies, and a normal value whose mean depends on the class. The means are not in the order
    /// of the classes.
    /// </summary>
    public static KnownDependence Classes(double[] frequencies, double[] means) =>
        new($"{frequencies.Length} classes", ClassTruth(frequencies, k => means[k], 1), (ref random) =>
        {
            var k = 0;
            var left = random.NextDouble() - frequencies[0];
            while (left > 0 && k < frequencies.Length - 1)
            {
                left -= frequencies[++k];
            }
            return (k, means[k] + random.NextNormal());
        });

    /// <summary>Normal pairs in which only the first value is rounded, to this many values per standard deviation.</summary>
    public static KnownDependence RoundedAndNormal(double rho, int perSigma)
    {
        var most = 7 * perSigma;
        var step = 1.0 / perSigma;
        var sd = Math.Sqrt(1 - (rho * rho));
        double Cell(int i, double mean, double s) =>
            NormalDistribution.Cdf(((step * (i + 0.5)) - mean) / s) - NormalDistribution.Cdf(((step * (i - 0.5)) - mean) / s);
        var truth = Integral(
            y =>
                Enumerable
                    .Range(-most, (2 * most) + 1)
                    .Sum(i => Cell(i, rho * y, sd) is var p && p > 0 ? Normal(y) * p * Math.Log(p / Cell(i, 0, 1)) : 0),
            -8,
            8,
            1000
        );
        return new($"rounded {perSigma} and normal, rho {rho:0.##}", truth, (ref random) =>
        {
            var (x, y) = NormalPair(ref random, rho);
            return (Math.Round(x * perSigma) / perSigma, y);
        });
    }

    /// <summary>Normal pairs whose first value is 0 in some of the rows, chosen independently of the second value.</summary>
    public static KnownDependence ZeroInflated(double zeros, double rho) =>
        new($"zeros {zeros:0.##}, rho {rho:0.##}", -0.5 * (1 - zeros) * Math.Log(1 - (rho * rho)), (ref random) =>
        {
            var (x, y) = NormalPair(ref random, rho);
            return (random.NextDouble() < zeros ? 0 : x, y);
        });

    /// <summary>Normal pairs whose first value is 0 wherever it would be negative, like a flux below a detection limit.</summary>
    public static KnownDependence Censored(double rho)
    {
        double Below(double y) => NormalDistribution.Cdf(-rho * y / Math.Sqrt(1 - (rho * rho)));
        var detected = Integral(y => Integral(x => Pair(x, y, rho) * Ratio(x, y, rho), 0, 8, 400), -8, 8, 400);
        var truth = detected + Integral(y => Normal(y) * Below(y) * Math.Log(2 * Below(y)), -8, 8, 400);
        return new($"censored, rho {rho:0.##}", truth, (ref random) =>
        {
            var (x, y) = NormalPair(ref random, rho);
            return (Math.Max(0, x), y);
        });
    }

    /// <summary>Both values are 0 where they would be negative. Otherwise they are e to the power of a normal pair, minus 1.</summary>
    public static KnownDependence BothCensored(double rho)
    {
        // P(both below 0) of a normal pair (Sheppard 1899).
        var both = 0.25 + (Math.Asin(rho) / (2 * Math.PI));
        double Below(double y) => NormalDistribution.Cdf(-rho * y / Math.Sqrt(1 - (rho * rho)));
        var detected = Integral(y => Integral(x => Pair(x, y, rho) * Ratio(x, y, rho), 0, 8, 400), 0, 8, 400);
        var truth = detected + (2 * Integral(y => Normal(y) * Below(y) * Math.Log(2 * Below(y)), 0, 8, 400)) + (both * Math.Log(4 * both));
        return new($"both censored, rho {rho:0.##}", truth, (ref random) =>
        {
            var (x, y) = NormalPair(ref random, rho);
            return (Math.Exp(Math.Max(0, x)) - 1, Math.Exp(Math.Max(0, y)) - 1);
        });
    }

    /// <summary>Each row of a family occurs several times: always equally often, or by chance once or twice.</summary>
    /// <param name="family">The family.</param>
    /// <param name="copies">How often. For 1.3, each row occurs once and 30 % of the rows occur once more.</param>
    public static KnownDependence Repeated(KnownDependence family, double copies) =>
        family with
        {
            Name = $"{family.Name}, rows {copies:0.##} times",
            Copies = copies,
        };

    /// <summary>Normal density.</summary>
    internal static double Normal(double x) => Math.Exp(-0.5 * x * x) / Math.Sqrt(2 * Math.PI);

    /// <summary>Draws a normal pair.</summary>
    internal static (double X, double Y) NormalPair(ref RandomStream random, double rho)
    {
        var x = random.NextNormal();
        var z = random.NextNormal();
        return (x, (rho * x) + (Math.Sqrt(1 - (rho * rho)) * z));
    }

    private static double Ratio(double x, double y, double rho) =>
        (-0.5 * Math.Log(1 - (rho * rho))) - (((rho * rho * ((x * x) + (y * y))) - (2 * rho * x * y)) / (2 * (1 - (rho * rho))));

    private static double Pair(double x, double y, double rho) => Normal(x) * Normal(y) * Math.Exp(Ratio(x, y, rho));

    // Entropy of the mixture of the classes minus that of the noise.
    private static double ClassTruth(double[] weights, Func<int, double> mean, double noise)
    {
        double[] means = [.. weights.Select((_, k) => mean(k))];
        var density = (double y) => weights.Select((w, k) => w * Normal((y - means[k]) / noise) / noise).Sum();
        return Integral(
                y => density(y) is var p && p > 0 ? -p * Math.Log(p) : 0,
                means.Min() - (8 * noise),
                means.Max() + (8 * noise),
                8000
            ) - (0.5 * Math.Log(2 * Math.PI * Math.E * noise * noise));
    }

    private static double Integral(Func<double, double> f, double from, double to, int steps) =>
        Enumerable.Range(0, steps).Sum(i => f(from + ((to - from) * (i + 0.5) / steps))) * (to - from) / steps;
}
