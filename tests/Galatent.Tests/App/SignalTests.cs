using System.Diagnostics;
using System.Globalization;
using Galatent.App;
using Galatent.App.Terminal;

namespace Galatent.Tests.App;

/// <summary>Ctrl-C and SIGTERM: one sentence, exit code 130, and the same command goes on.</summary>
public sealed class SignalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_simulation_that_is_stopped_leaves_nothing(string signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals are Unix'");
        var target = _folder.File("s.h5");
        await Stopped(signal, () => File.Exists(_folder.File(".s.partial.h5")), "simulate", "--count", "1000000", "--out", target);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_training_that_is_stopped_goes_on(string signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals are Unix'");
        var data = _folder.File("s.h5");
        var model = _folder.File("m");
        Assert.Equal(0, CommandLine.Galatent("simulate", "--count", "60", "--out", data).ExitCode);
        string[] Train(int epochs) =>
            ["train", "--data", data, "--threads", "1", "--schedule", "constant", "--out", model, "--epochs", $"{epochs}"];
        await Stopped(signal, () => File.Exists(Path.Combine(model, "state.safetensors")), Train(100_000));
        var epochs = 1 + File.ReadAllLines(Path.Combine(model, "history.csv")).Length;
        Assert.Equal(0, CommandLine.Galatent([.. Train(epochs), "--resume"]).ExitCode);
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_command_that_waits_for_a_pipe_is_stopped_too(string signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals are Unix'");
        var pipe = _folder.File("pipe");
        using (var made = Process.Start("mkfifo", [pipe]))
        {
            await made.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        FileStream? writer = null;
        // Opening a pipe for writing ends when the command has opened it for reading.
        var opened = Task.Run(() => writer = new FileStream(pipe, FileMode.Open, FileAccess.Write), TestContext.Current.CancellationToken);
        await Stopped(signal, () => opened.IsCompleted, "mi", pipe);
        await opened;
        await writer!.DisposeAsync();
    }

    private static async Task Stopped(string signal, Func<bool> isReady, params string[] arguments)
    {
        var cancellation = TestContext.Current.CancellationToken;
        // Whoever runs the tests in the background (sh: command &) hands an ignored SIGINT down to them; env hands down the usual one.
        using var process = OperatingSystem.IsLinux()
            ? CommandLine.Start("env", ["--default-signal=INT,TERM", "dotnet", CommandLine.App, .. arguments])
            : CommandLine.Start("dotnet", [CommandLine.App, .. arguments]);
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var error = process.StandardError.ReadToEndAsync(cancellation);
        while (!isReady() && !process.HasExited)
        {
            await Task.Delay(5, cancellation);
        }
        using (var kill = Process.Start("kill", ["-" + signal, process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync(cancellation);
        }
        await process.WaitForExitAsync(cancellation);
        Assert.Equal(Cli.Cancelled, process.ExitCode);
        // A last line of progress may follow it.
        Assert.Single((await error).Split('\n'), line => line == $"galatent: {Interruption.Sentence}");
        Assert.Empty(await output);
    }
}
