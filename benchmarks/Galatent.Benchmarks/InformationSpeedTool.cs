using System.Diagnostics;
using System.Globalization;
using Galatent.Calibration;
using Galatent.Latents.Information;
using Galatent.Numerics;

namespace Galatent.Benchmarks;

/// <summary>
/// Why: docs/mutual-information.md states how long a pair of 10,000 rows and a table like the study's take; this measures both, wall and
/// processor time. It says nothing about machines that are busy otherwise: run it on a quiet one. The first estimate of all, in which the
/// code is compiled, is printed by itself.
/// Usage: Galatent.Benchmarks mi-speed [threads = 2].
/// </summary>
internal static class InformationSpeedTool
{
    public static void Run(ReadOnlySpan<string> arguments)
    {
        var threads = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 2;
        KnownDependence[] families =
        [
            KnownDependence.Gaussian(0.6),
            KnownDependence.Ring(0.2),
            KnownDependence.Sine(2, 0.2),
            KnownDependence.Banana(0.5),
            KnownDependence.OrderedWeinman(0.1),
            DiscreteDependence.PoissonAndCoin(3),
            MixedDependence.PoissonAndNormal(3, 0.5),
            MixedDependence.Censored(0.8),
        ];
        Measure("first pair of 10,000 rows (with compilation)", () => Pair(families[0], threads));
        foreach (var family in families)
        {
            Measure($"pair of 10,000 rows, 50 resamples, {family.Name}", () => Pair(family, threads));
        }
        Measure("277 pairs of 20,000 rows (32 x 8 + 21)", () => Table(threads));
    }

    private static void Pair(KnownDependence family, int threads)
    {
        var (x, y) = family.Sample(10_000, 1);
        MutualInformationEstimator.Estimate(x, y, new MutualInformationOptions(), 1, threads);
    }

    // Eight parameters, 32 dimensions of which seven are curved functions of two parameters each with noise: dependent and independent
    // pairs as in the study.
    private static void Table(int threads)
    {
        const int Rows = 20_000;
        var random = new RandomStream(1, "speed");
        var parameters = new double[8][];
        var latents = new double[32][];
        for (var c = 0; c < 8; c++)
        {
            parameters[c] = Normal(Rows, ref random);
        }
        for (var d = 0; d < 32; d++)
        {
            var noise = Normal(Rows, ref random);
            var a = parameters[d % 8];
            var b = parameters[(d + 3) % 8];
            latents[d] = d >= 7 ? noise : [.. noise.Select((e, i) => (0.3 * e) + Math.Sin(a[i]) + (0.3 * b[i] * b[i]))];
        }
        NamedColumn[] Named(double[][] columns) => [.. columns.Select((c, i) => new NamedColumn($"{i}", c))];
        MutualInformationTable.Compute(Named(latents), Named(parameters), new MutualInformationOptions(), 1, threads);
        MutualInformationTable.Compute(Named(latents[..7]), null, new MutualInformationOptions(), 1, threads);
    }

    private static double[] Normal(int count, ref RandomStream random)
    {
        var values = new double[count];
        foreach (ref var value in values.AsSpan())
        {
            value = random.NextNormal();
        }
        return values;
    }

    private static void Measure(string what, Action action)
    {
        var watch = Stopwatch.StartNew();
        var before = Environment.CpuUsage.TotalTime;
        action();
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{what}: {watch.Elapsed.TotalSeconds:F2} s, {(Environment.CpuUsage.TotalTime - before).TotalSeconds:F2} s of processor "
                    + $"time"
            )
        );
    }
}
