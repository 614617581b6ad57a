using System.Diagnostics;
using System.Globalization;

namespace Galatent.Benchmarks;

/// <summary>
/// One line per claim about speed: <c>NAME RATIO BASELINE OURS UNIT</c>. Why it exists: absolute rates on a shared machine vary by a factor
/// of two within minutes, so each pair is measured alternately, a few seconds in all, and the best of the short runs of each side is
/// compared. With <c>--one-core</c> both sides use one thread and are charged the processor time that they use, so that the neighbours'
/// load hardly matters: the figure to watch where the cores are shared.
/// What it does not measure: memory, start-up, other machines. The BenchmarkDotNet classes beside it look closer.
/// </summary>
internal static class Ratios
{
    private const string OneCore = "--one-core";
    private const int Rounds = 12;

    /// <summary>Measures the claims whose names begin with one of the arguments; all when there are none.</summary>
    public static void Print(string[] arguments)
    {
        var oneCore = arguments.Contains(OneCore);
        var names = arguments.Where(argument => argument != OneCore).ToArray();
        foreach (
            var claim in Claims
                .All(oneCore ? 1 : Environment.ProcessorCount)
                .Where(claim => names.Length == 0 || names.Any(claim.Name.StartsWith))
        )
        {
            using var pair = claim.Prepare();
            pair.Baseline();
            pair.Ours();
            var baseline = double.PositiveInfinity;
            var ours = double.PositiveInfinity;
            for (var round = 0; round < Rounds; round++)
            {
                baseline = Math.Min(baseline, Seconds(pair.Baseline, oneCore));
                ours = Math.Min(ours, Seconds(pair.Ours, oneCore));
            }
            var slow = pair.BaselineWork / baseline;
            var fast = pair.OurWork / ours;
            Console.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"{claim.Name} {fast / slow:F2} {slow:G4} {fast:G4} {claim.Unit}")
            );
        }
        if (!oneCore && (names.Length == 0 || names.Any(ProcessRatio.Name.StartsWith)))
        {
            ProcessRatio.Print();
        }
    }

    private static double Seconds(Action action, bool processorTime)
    {
        var watch = Stopwatch.StartNew();
        var before = Environment.CpuUsage.TotalTime;
        action();
        return processorTime ? (Environment.CpuUsage.TotalTime - before).TotalSeconds : watch.Elapsed.TotalSeconds;
    }
}

/// <summary>Two ways of doing the same.</summary>
/// <param name="Baseline">One short run of the stock way.</param>
/// <param name="BaselineWork">Units of work that it does.</param>
/// <param name="Ours">One short run of ours.</param>
/// <param name="OurWork">Units of work that it does.</param>
/// <param name="Owned">What to dispose of afterwards.</param>
internal sealed record Pair(Action Baseline, double BaselineWork, Action Ours, double OurWork, params IDisposable[] Owned) : IDisposable
{
    public void Dispose()
    {
        foreach (var item in Owned)
        {
            item.Dispose();
        }
    }
}

/// <summary>Something that is claimed to be faster than something else.</summary>
internal sealed record Claim(string Name, string Unit, Func<Pair> Prepare);
