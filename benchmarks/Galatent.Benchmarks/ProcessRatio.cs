using System.Diagnostics;
using System.Globalization;
using Galatent.Networks;
using Galatent.Networks.Fused;
using Galatent.Training.Mpi;

namespace Galatent.Benchmarks;

/// <summary>
/// The line <c>train-mpi2</c>: updates of two processes under <c>mpirun</c>, one thread each, against those of one process with two
/// threads; the ratio is the efficiency.
/// Why it exists: the processes exchange activations and weights in every update, and only a measurement says what that costs. Both sides
/// are started anew in turn, three times, and the best rates are compared. What it does not measure: reading spectra, networks between
/// machines.
/// Skipped, with a line that says why, where there is no <c>mpirun</c> or where it refuses to run; on fewer
/// than two free cores the line says nothing.
/// </summary>
internal static class ProcessRatio
{
    /// <summary>Name of the line.</summary>
    public const string Name = "train-mpi2";

    /// <summary>Argument of a process that measures its own rate: <c>train-rank THREADS</c>.</summary>
    public const string RankCommand = "train-rank";

    private const int Processes = 2;
    private const int Rounds = 3;
    private const int BatchSize = 32;
    private const int WarmUp = 20;
    private const int Steps = 20;
    private const int Windows = 8;

    /// <summary>Prints the line.</summary>
    public static void Print()
    {
        if (
            !(Environment.GetEnvironmentVariable("PATH") ?? "")
                .Split(Path.PathSeparator)
                .Any(folder => File.Exists(Path.Combine(folder, "mpirun")))
        )
        {
            Console.Error.WriteLine($"{Name}: skipped, there is no mpirun (Debian: openmpi-bin).");
            return;
        }
        var assembly = typeof(ProcessRatio).Assembly.Location;
        var alone = 0.0;
        var together = 0.0;
        for (var round = 0; round < Rounds; round++)
        {
            // mpirun first: whether it runs at all is known after a second.
            if (
                Rate("mpirun", ["-n", $"{Processes}", "--bind-to", "core", "dotnet", assembly, RankCommand, "1"]) is not { } shared
                || Rate("dotnet", [assembly, RankCommand, $"{Processes}"]) is not { } single
            )
            {
                return;
            }
            together = Math.Max(together, shared);
            alone = Math.Max(alone, single);
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Name} {together / alone:F2} {alone:G4} {together:G4} samples/s"));
    }

    /// <summary>What a process does: updates of the study's network on a fixed batch; the first prints the best rate of some
    /// windows.</summary>
    public static void RunRank(int threads)
    {
        var processes = MpiGroup.Join();
        var weights = Claims.Weights(new NetworkOptions());
        using var engine = new FusedEngine(weights, new AdamOptions(), threads, processes: processes);
        var pixels = weights.Layout.Plan.Pixels;
        var latent = weights.Layout.Options.LatentDimensions;
        var (first, count) = engine.Part(BatchSize, processes);
        var batch = Claims.Draw(BatchSize * pixels, "batch").AsSpan(first * pixels, count * pixels).ToArray();
        var epsilon = Claims.Draw(BatchSize * latent, "epsilon").AsSpan(first * latent, count * latent).ToArray();
        Train(WarmUp);
        var best = double.PositiveInfinity;
        for (var window = 0; window < Windows; window++)
        {
            processes.Barrier();
            var start = Stopwatch.GetTimestamp();
            Train(Steps);
            processes.Barrier();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        if (processes.IsFirst)
        {
            Console.WriteLine((BatchSize * Steps / best).ToString("R", CultureInfo.InvariantCulture));
        }
        processes.Leave();

        void Train(int steps)
        {
            for (var i = 0; i < steps; i++)
            {
                _ =
                    processes.Size == 1
                        ? engine.Step(batch, epsilon, 0.3f, 3e-4f)
                        : engine.StepTogether(batch, epsilon, BatchSize, 0.3f, 3e-4f, processes);
            }
        }
    }

    // The rate that a run prints; null when it ends without one, and then a line says why.
    private static double? Rate(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        // mpirun gives its processes a terminal, to which .NET would send control sequences before the number.
        start.Environment["TERM"] = "dumb";
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} does not start.");
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode == 0 && double.TryParse(output, CultureInfo.InvariantCulture, out var rate))
        {
            return rate;
        }
        var words = errors.GetAwaiter().GetResult();
        var said = words.Split('\n', StringSplitOptions.TrimEntries).FirstOrDefault(line => line.Any(char.IsLetter)) ?? "it says nothing";
        var reason = words.Contains("as root", StringComparison.OrdinalIgnoreCase)
            ? "it refuses to run as root; set OMPI_ALLOW_RUN_AS_ROOT=1 and OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1, or be another user"
            : $"'{said}'; mpirun wants as many free cores as processes";
        Console.Error.WriteLine($"{Name}: skipped, {program} ended with {process.ExitCode}: {reason}.");
        return null;
    }
}
