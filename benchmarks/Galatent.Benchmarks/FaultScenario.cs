using System.Diagnostics;

namespace Galatent.Benchmarks;

/// <summary>A command on small inputs, and the folder that it writes into.</summary>
/// <param name="Name">The command's name.</param>
/// <param name="Arguments">From the folder of inputs and that of results to its arguments.</param>
internal sealed record FaultScenario(string Name, Func<string, string, string[]> Arguments)
{
    /// <summary>The commands that write more than one small file, or take long.</summary>
    public static IReadOnlyList<FaultScenario> All { get; } =
    [
        new("simulate", (_, to) => ["simulate", "--count", "300", "--threads", "1", "--out", $"{to}/spectra.h5"]),
        new("train", (from, to) =>
            ["train", "--data", $"{from}/spectra.h5", "--epochs", "4", "--latent", "3", "--threads", "1", "--out", $"{to}/model"]
        ),
        new("encode", (from, to) => ["encode", "--model", $"{from}/model", "--data", $"{from}/spectra.h5", "--out", $"{to}/latents.h5"]),
        new("analyze", (from, to) => ["analyze", "--model", $"{from}/model", "--data", $"{from}/spectra.h5", "--out", to]),
        new("merge", (from, to) => ["merge", $"{from}/part1.h5", $"{from}/part2.h5", "--out", $"{to}/spectra.h5"]),
        new("reproduce", (_, to) => ["reproduce", "--count", "100", "--beta", "0.3", "--threads", "1", "--out", to]),
    ];

    /// <summary>Makes the inputs of all scenarios.</summary>
    public static void MakeInputs(string folder)
    {
        Directory.CreateDirectory(folder);
        Require("simulate", "--count", "120", "--threads", "1", "--out", $"{folder}/spectra.h5");
        Require("simulate", "--count", "400", "--threads", "1", "--shard", "1/2", "--out", $"{folder}/part1.h5");
        Require("simulate", "--count", "400", "--threads", "1", "--shard", "2/2", "--out", $"{folder}/part2.h5");
        Require("train", "--data", $"{folder}/spectra.h5", "--epochs", "1", "--latent", "3", "--threads", "1", "--out", $"{folder}/model");
    }

    /// <summary>Starts the program that was built beside this one.</summary>
    public static Process Start(params string[] arguments)
    {
        var program = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "Galatent.App", "release", "galatent"));
        if (!File.Exists(program))
        {
            throw new FileNotFoundException($"There is no '{program}'; build the app first: dotnet build -c Release.");
        }
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        return Process.Start(start) ?? throw new InvalidOperationException($"'{program}' does not start.");
    }

    /// <summary>Runs the program to its end.</summary>
    public static (int ExitCode, string Error) Run(params string[] arguments)
    {
        using var process = Start(arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        _ = output.GetAwaiter().GetResult();
        return (process.ExitCode, error);
    }

    private static void Require(params string[] arguments)
    {
        var (exitCode, error) = Run(arguments);
        if (exitCode != 0)
        {
            throw new InvalidOperationException($"galatent {string.Join(' ', arguments)} ended with {exitCode}: {error}");
        }
    }
}
