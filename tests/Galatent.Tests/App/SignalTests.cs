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
        await opened.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        await writer!.DisposeAsync();
    }

    // 2000 copies of one file keep it busy for seconds; the lock shows that it has begun.
    [Fact]
    public async Task An_import_says_that_it_starts_over_and_leaves_nothing()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals are Unix'");
        var spectra = _folder.File("spectra", "0.fits");
        Directory.CreateDirectory(Path.GetDirectoryName(spectra)!);
        using (var file = File.Create(spectra))
        {
            Surveys.InventedSurveys.Sdss(file);
        }
        for (var i = 1; i < 2000; i++)
        {
            File.CreateSymbolicLink(_folder.File("spectra", $"{i}.fits"), spectra);
        }
        var place = _folder.File("place");
        Directory.CreateDirectory(place);
        await StoppedSaying(
            Interruption.StartOver,
            "INT",
            () => Directory.GetFiles(place).Length > 0,
            "import",
            Path.GetDirectoryName(spectra)!,
            "--out",
            Path.Combine(place, "o.h5")
        );
        Assert.Empty(Directory.GetFileSystemEntries(place));
    }

    private static Task Stopped(string signal, Func<bool> isReady, params string[] arguments) =>
        StoppedSaying(Interruption.Sentence, signal, isReady, arguments);

    private static async Task StoppedSaying(string sentence, string signal, Func<bool> isReady, params string[] arguments)
    {
        using var patience = CommandLine.Patience();
        var cancellation = patience.Token;
        // Whoever runs the tests in the background (sh: command &) hands an ignored SIGINT down to them; env hands down the usual one.
        using var process = OperatingSystem.IsLinux()
            ? CommandLine.Start("env", ["--default-signal=INT,TERM", "dotnet", CommandLine.App, .. arguments])
            : CommandLine.Start("dotnet", [CommandLine.App, .. arguments]);
        using var ending = CommandLine.Ending(process);
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
        Assert.Single((await error).Split('\n'), line => line == $"galatent: {sentence}");
        Assert.Empty(await output);
    }
}
