using System.Diagnostics;
using System.Globalization;
using Galatent.Latents.Information;
using Galatent.Numerics;

namespace Galatent.Benchmarks;

/// <summary>
/// Why: docs/notes/mutual-information-calibration.md states that no data make the estimator fail. This tries 10,000 random data sets, of
/// 10 to 2,000 rows, of the kinds that break careless estimators: ties, constants, duplicates, heavy tails, outliers up to 1e308, exact
/// functions, separated clusters, missing and infinite values. A failure is an exception, a number that is not finite, or an interval that
/// does not hold its own estimate. It does not say that the estimates are right.
/// Usage: Galatent.Benchmarks mi-robustness [data sets = 10000] [first seed = 1] [threads = 2]. The exit code is the number of failures, at
/// most 100.
/// </summary>
internal static class InformationRobustnessTool
{
    private const int Kinds = 12;

    public static int Run(ReadOnlySpan<string> arguments)
    {
        var count = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 10_000;
        var first = arguments.Length > 1 ? ulong.Parse(arguments[1], CultureInfo.InvariantCulture) : 1;
        var threads = arguments.Length > 2 ? int.Parse(arguments[2], CultureInfo.InvariantCulture) : 2;
        var options = new MutualInformationOptions { Permutations = 99, Replicas = 10 };
        var failures = 0;
        var slowest = 0.0;
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = threads }, i =>
        {
            var watch = Stopwatch.StartNew();
            var fault = Fault(first + (ulong)i, options);
            lock (options)
            {
                slowest = Math.Max(slowest, watch.Elapsed.TotalSeconds);
                failures += fault is null ? 0 : 1;
            }
            if (fault is not null)
            {
                Console.WriteLine($"seed {first + (ulong)i}: {fault}");
            }
        });
        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{count} data sets, {failures} failures, the slowest took {slowest:F2} s")
        );
        return Math.Min(failures, 100);
    }

    private static string? Fault(ulong seed, MutualInformationOptions options)
    {
        var random = new RandomStream(seed, "robustness");
        // As many small samples as large ones.
        var n = (int)Math.Exp(Math.Log(10) + (random.NextDouble() * Math.Log(200)));
        var (x, y) = Pair(n, ref random);
        try
        {
            var e = MutualInformationEstimator.Estimate(x, y, options, seed);
            var isSound =
                double.IsFinite(e.Mi)
                && double.IsFinite(e.Std)
                && double.IsFinite(e.High)
                && double.IsFinite(e.Ksg ?? 0)
                && e.Std >= 0
                && e.Low >= 0
                && e.Low <= e.Mi
                && e.Mi <= e.High
                && e.PValue is > 0 and <= 1
                && e.Count + e.Dropped == n;
            return isSound ? null : $"{n} rows: {e}";
        }
        catch (InputException e)
            when (e.Message.Contains("rows with finite values", StringComparison.Ordinal)
                || e.Message.Contains("different rows", StringComparison.Ordinal)
            )
        {
            // Refused with a reason: too few rows were left.
            return null;
        }
        // Whatever else is thrown is what this tool looks for.
        catch (Exception e)
        {
            return $"{n} rows: {e.GetType().Name}: {e.Message}";
        }
    }

    private static (double[] X, double[] Y) Pair(int n, ref RandomStream random)
    {
        var x = Column(n, random.NextInt(Kinds), ref random);
        var other = Column(n, random.NextInt(Kinds), ref random);
        return random.NextInt(5) switch
        {
            0 => (x, Array.ConvertAll(x, v => v * v)),
            1 => (x, [.. x]),
            2 => (x, [.. x.Zip(other, (a, b) => a + b)]),
            _ => (x, other),
        };
    }

    private static double[] Column(int n, int kind, ref RandomStream random)
    {
        var column = new double[n];
        for (var i = 0; i < n; i++)
        {
            var z = random.NextNormal();
            column[i] = kind switch
            {
                0 => z,
                1 => 5,
                2 => Math.Round(z),
                3 => random.NextInt(2),
                4 => z / random.NextNormal(),
                5 => i == 0 ? 1e12 : z,
                6 => 1e-300 * z,
                7 => i % 4 == 0 || i == 0 ? z : column[i - 1],
                8 => z * (i % 7 == 0 ? 1e308 : 1),
                9 => Math.Exp(20 * z),
                10 => z + (1e6 * random.NextInt(3)),
                _ => random.NextInt(8) switch
                {
                    0 => double.NaN,
                    1 => double.PositiveInfinity,
                    2 => 0,
                    _ => z,
                },
            };
        }
        return column;
    }
}
