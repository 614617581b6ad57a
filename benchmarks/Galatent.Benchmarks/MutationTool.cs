using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Galatent.Numerics;

namespace Galatent.Benchmarks;

/// <summary>
/// Why: a damaged file must end in a sentence, whatever is wrong with it. Every reader is given files that are changed at random
/// (<see cref="Mutation"/>), by a process of its own with a heap of 1 GB and 10 seconds for each file. A finding is an exception that is no
/// <see cref="InputException"/>, a process that dies or does not answer, a sentence of several lines, and, where the format has a checksum,
/// other numbers than the valid file's. Where it has none, other numbers are counted: they are what the changed bytes say.
/// Usage: Galatent.Benchmarks mutations [reader = all] [files = 1000] [first seed = 1] [valid file]. The file of a finding is kept in the
/// folder mutation-findings. The exit code is the number of findings, at most 100.
/// </summary>
internal static class MutationTool
{
    public const string WorkerCommand = "mutations-worker";
    private const int SecondsPerFile = 10;
    private const string HeapLimit = "0x40000000";

    public static int Run(string[] arguments)
    {
        var name = arguments.Length > 0 ? arguments[0] : "all";
        var count = arguments.Length > 1 ? int.Parse(arguments[1], CultureInfo.InvariantCulture) : 1000;
        var first = arguments.Length > 2 ? int.Parse(arguments[2], CultureInfo.InvariantCulture) : 1;
        var valid = arguments.Length > 3 ? arguments[3] : "";
        var findings = 0;
        foreach (var seed in MutationSeeds.All.Where(s => name == "all" || s.Name == name))
        {
            findings += Run(seed.Name, first, count, valid);
        }
        return Math.Min(findings, 100);
    }

    /// <summary>Reads mutated files one after the other and prints a line for each: its seed, then what came of it.</summary>
    public static int RunWorker(string[] arguments)
    {
        var seed = MutationSeeds.All.Single(s => s.Name == arguments[0]);
        var first = int.Parse(arguments[1], CultureInfo.InvariantCulture);
        var end = int.Parse(arguments[2], CultureInfo.InvariantCulture);
        var folder = Directory.CreateTempSubdirectory("galatent-mutations-");
        var path = Path.Combine(folder.FullName, "file" + seed.Extension);
        seed.Write(path);
        if (arguments[3].Length > 0)
        {
            File.Copy(arguments[3], path, true);
        }
        var valid = File.ReadAllBytes(path);
        var expected = seed.Read(path);
        for (var i = first; i < end; i++)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{i}"));
            var random = new RandomStream((ulong)i, "mutations");
            var bytes = Mutation.Of(valid, seed.IsText, ref random);
            File.WriteAllBytes(path, bytes);
            var (outcome, detail) = Outcome(seed, path, expected, bytes.AsSpan().SequenceEqual(valid));
            if (outcome == "finding")
            {
                Directory.CreateDirectory("mutation-findings");
                File.Copy(
                    path,
                    Path.Combine("mutation-findings", string.Create(CultureInfo.InvariantCulture, $"{seed.Name}-{i}{seed.Extension}")),
                    true
                );
            }
            Console.WriteLine($"{outcome} {detail.ReplaceLineEndings(" | ")}");
        }
        folder.Delete(true);
        return 0;
    }

    private static (string Outcome, string Detail) Outcome(MutationSeed seed, string path, string expected, bool isUnchanged)
    {
        try
        {
            var found = seed.Read(path);
            return found == expected ? ("same", "")
                : isUnchanged || seed.IsChecksummed ? ("finding", "other numbers than the valid file's")
                : ("changed", "");
        }
        catch (InputException e)
        {
            return e.Message.Contains('\n', StringComparison.Ordinal) || e.Message.Length > 1500
                ? ("finding", $"no sentence: {e.Message}")
                : ("refused", e.Message.Replace(path, "FILE", StringComparison.Ordinal));
        }
        // Whatever else is thrown is what this tool looks for.
        catch (Exception e) when (e is not InputException)
        {
            return ("finding", $"{e.GetType().Name}: {e.Message} {e.StackTrace}");
        }
    }

    // Seconds of the worker's processor time, so that a busy machine is no fault of the reader; a worker that waits for ever uses none.
    private static bool TryTake(BlockingCollection<string?> lines, Process worker, double seconds, out string? line)
    {
        const double slower = 10;
        var watch = Stopwatch.StartNew();
        var before = worker.TotalProcessorTime;
        while (!lines.TryTake(out line, TimeSpan.FromSeconds(1)))
        {
            var used = worker.HasExited ? 0 : (worker.TotalProcessorTime - before).TotalSeconds;
            if (used > seconds || watch.Elapsed.TotalSeconds > slower * seconds)
            {
                return false;
            }
            worker.Refresh();
        }
        return true;
    }

    private static int Run(string name, int first, int count, string valid)
    {
        var outcomes = new Dictionary<string, int>();
        var sentences = new Dictionary<string, int>();
        var findings = 0;
        var slowest = 0.0;
        for (var next = first; next < first + count; )
        {
            using var worker = Start(name, next, first + count, valid);
            var lines = new BlockingCollection<string?>();
            worker.OutputDataReceived += (_, line) => lines.Add(line.Data);
            worker.BeginOutputReadLine();
            var started = -1;
            while (true)
            {
                var watch = Stopwatch.StartNew();
                var isInTime = TryTake(lines, worker, started < 0 ? 6 * SecondsPerFile : SecondsPerFile, out var line);
                slowest = Math.Max(slowest, started < 0 ? 0 : watch.Elapsed.TotalSeconds);
                if (!isInTime || line is null)
                {
                    worker.Kill();
                    worker.WaitForExit();
                    if (started >= 0)
                    {
                        findings++;
                        Console.WriteLine(
                            $"{name} seed {started}: "
                                + (
                                    isInTime
                                        ? $"the process died ({worker.ExitCode})"
                                        : $"no answer in {SecondsPerFile} s of processor time"
                                )
                        );
                        next = started + 1;
                    }
                    else if (next < first + count)
                    {
                        throw new InvalidOperationException($"the worker of {name} does not start");
                    }
                    break;
                }
                if (started < 0)
                {
                    started = int.Parse(line, CultureInfo.InvariantCulture);
                    continue;
                }
                var outcome = line.Split(' ')[0];
                outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
                var sentence = outcome == "refused" ? string.Concat(line.Where(c => !char.IsAsciiDigit(c)).Take(120)) : "";
                sentences[sentence] = sentences.GetValueOrDefault(sentence) + 1;
                if (outcome == "finding")
                {
                    findings++;
                    Console.WriteLine($"{name} seed {started}: {line}");
                }
                next = started + 1;
                started = -1;
                if (next == first + count)
                {
                    worker.WaitForExit();
                    break;
                }
            }
        }
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{name}: {count} files, {findings} findings; "
                    + $"{string.Join(", ", outcomes.OrderBy(o => o.Key).Select(o => $"{o.Value} {o.Key}"))}; "
                    + $"the slowest took {slowest:F2} s"
            )
        );
        if (Environment.GetEnvironmentVariable("MUTATION_SENTENCES") is not null)
        {
            foreach (var (sentence, times) in sentences.OrderByDescending(s => s.Value).Take(40))
            {
                Console.WriteLine($"    {times} x {sentence}");
            }
        }
        return findings;
    }

    private static Process Start(string name, int first, int end, string valid)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardOutput = true,
            Environment =
            {
                ["DOTNET_GCHeapHardLimit"] = HeapLimit,
                ["DOTNET_gcServer"] = "0",
                ["DOTNET_DbgEnableMiniDump"] = "0",
            },
        };
        foreach (
            var argument in new[]
            {
                WorkerCommand,
                name,
                first.ToString(CultureInfo.InvariantCulture),
                end.ToString(CultureInfo.InvariantCulture),
                valid,
            }
        )
        {
            start.ArgumentList.Add(argument);
        }
        return Process.Start(start)!;
    }
}
