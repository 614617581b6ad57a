using System.Diagnostics;
using System.Globalization;
using Galatent.Numerics;

namespace Galatent.Benchmarks;

/// <summary>
/// Why: docs/reliability.md promises that a command that dies, or finds the disk full, leaves nothing half written, and that the same
/// command gives the same bytes afterwards. This tries it on small sets: <c>kill</c> ends each command with SIGKILL at random moments and
/// runs it again; <c>disk</c> gives it a file system (tmpfs, so it needs root on Linux) of random sizes that are too small, and then room.
/// What it does not try: loss of power, and file systems over a network.
/// Usage: Galatent.Benchmarks faults kill|disk [moments = 50] [commands = all]. The exit code is the number of faults, at most
/// 100.
/// </summary>
internal static class FaultTool
{
    public static int Run(string[] arguments)
    {
        if (arguments is not [("kill" or "disk") and var kind, ..] || !OperatingSystem.IsLinux())
        {
            Console.Error.WriteLine("faults kill|disk [moments] [commands], on Linux");
            return 1;
        }
        if (kind == "disk" && !Environment.IsPrivilegedProcess)
        {
            Console.Error.WriteLine("faults disk: skipped, only root can mount a small file system.");
            return 0;
        }
        var count = arguments.Length > 1 ? int.Parse(arguments[1], CultureInfo.InvariantCulture) : 50;
        var work = Directory.CreateTempSubdirectory("galatent-faults-").FullName;
        try
        {
            var inputs = Path.Combine(work, "inputs");
            FaultScenario.MakeInputs(inputs);
            return Math.Min(
                100,
                FaultScenario
                    .All.Where(s => arguments.Length < 3 || arguments.Skip(2).Contains(s.Name))
                    .Sum(s => kind == "kill" ? Kill(s, inputs, work, count) : Disk(s, inputs, work, count))
            );
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    private static int Kill(FaultScenario scenario, string inputs, string work, int count)
    {
        var (expected, seconds) = Undisturbed(scenario, inputs, work);
        var random = new RandomStream(1, $"kill {scenario.Name}");
        var faults = 0;
        var killed = 0;
        var runs = 0;
        // The undisturbed run may have met a busy machine. A run that ends before its moment shows how long one takes.
        for (; killed < count && runs < 4 * count; runs++)
        {
            var folder = Fresh(work);
            var moment = random.NextDouble() * seconds;
            using (var process = FaultScenario.Start(scenario.Arguments(inputs, folder)))
            {
                var watch = Stopwatch.StartNew();
                process.OutputDataReceived += (_, _) => { };
                process.ErrorDataReceived += (_, _) => { };
                process.BeginOutputReadLine();
                process.BeginErrorReadLine();
                var hasEnded = process.WaitForExit(TimeSpan.FromSeconds(moment));
                seconds = hasEnded ? Math.Min(seconds, watch.Elapsed.TotalSeconds) : seconds;
                killed += hasEnded ? 0 : 1;
                process.Kill();
                process.WaitForExit();
            }
            var fault = Again(scenario, inputs, folder, expected);
            faults += Told(scenario, string.Create(CultureInfo.InvariantCulture, $"killed after {moment:F2} s"), fault);
        }
        return Summary(scenario, $"{killed} of {runs} runs killed within {seconds:F1} s", faults);
    }

    private static int Disk(FaultScenario scenario, string inputs, string work, int count)
    {
        var (expected, _) = Undisturbed(scenario, inputs, work);
        var need = Directory.EnumerateFiles(Path.Combine(work, "out"), "*", SearchOption.AllDirectories).Sum(f => new FileInfo(f).Length);
        var random = new RandomStream(1, $"disk {scenario.Name}");
        var faults = 0;
        var refused = 0;
        for (var i = 0; i < count; i++)
        {
            var folder = Fresh(work);
            var size = 4096 + (long)(random.NextDouble() * need);
            Execute("mount", "-t", "tmpfs", "-o", $"size={size}", "tmpfs", folder);
            try
            {
                var (exitCode, error) = FaultScenario.Run(scenario.Arguments(inputs, folder));
                refused += exitCode == 0 ? 0 : 1;
                var fault =
                    exitCode != 0 && !error.TrimEnd().Split('\n')[^1].StartsWith("galatent: ", StringComparison.Ordinal)
                        ? $"no sentence: {error}"
                        : null;
                Execute("mount", "-o", $"remount,size={(20 * need) + (64 << 20)}", folder);
                fault ??= Again(scenario, inputs, folder, expected);
                faults += Told(scenario, $"{size} of {need} bytes", fault);
            }
            finally
            {
                Execute("umount", folder);
            }
        }
        return Summary(scenario, $"{refused} of {count} runs found the disk full", faults);
    }

    private static (SortedDictionary<string, string> Content, double Seconds) Undisturbed(
        FaultScenario scenario,
        string inputs,
        string work
    )
    {
        var folder = Fresh(work);
        var watch = Stopwatch.StartNew();
        var (exitCode, error) = FaultScenario.Run(scenario.Arguments(inputs, folder));
        return exitCode == 0
            ? (FolderContent.Of(folder), watch.Elapsed.TotalSeconds)
            : throw new InvalidOperationException($"{scenario.Name} ended with {exitCode}: {error}");
    }

    // The same command once more: it must end well, and leave what an undisturbed run leaves and nothing else.
    private static string? Again(FaultScenario scenario, string inputs, string folder, SortedDictionary<string, string> expected)
    {
        var (exitCode, error) = FaultScenario.Run(scenario.Arguments(inputs, folder));
        return exitCode == 0
            ? FolderContent.Difference(expected, FolderContent.Of(folder))
            : $"the same command then ended with {exitCode}: {error.TrimEnd().Split('\n')[^1]}";
    }

    // Always of the same name, since results name the folder that they stand in.
    private static string Fresh(string work)
    {
        var folder = Path.Combine(work, "out");
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
        return Directory.CreateDirectory(folder).FullName;
    }

    private static int Told(FaultScenario scenario, string when, string? fault)
    {
        if (fault is not null)
        {
            Console.WriteLine($"{scenario.Name}, {when}: {fault}");
        }
        return fault is null ? 0 : 1;
    }

    private static int Summary(FaultScenario scenario, string what, int faults)
    {
        Console.WriteLine($"{scenario.Name}: {what}, {faults} faults");
        return faults;
    }

    private static void Execute(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
        }
    }
}
