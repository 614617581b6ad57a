using Galatent.Networks;

namespace Galatent.Tests.App.Commands;

/// <summary>kill -9 in the middle of a training, from the command line.</summary>
public sealed class KilledTrainingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task A_killed_training_goes_on_to_the_bytes_of_one_that_was_not()
    {
        using var patience = CommandLine.Patience();
        var cancellation = patience.Token;
        var data = _folder.File("spectra.h5");
        var whole = _folder.File("whole");
        var broken = _folder.File("broken");
        Assert.Equal(0, CommandLine.Galatent("simulate", "--count", "60", "--out", data).ExitCode);
        string[] Train(string folder, int epochs) =>
            ["train", "--data", data, "--threads", "1", "--schedule", "constant", "--out", folder, "--epochs", $"{epochs}"];
        // So many epochs that no machine is through before it is killed.
        using (var process = CommandLine.Start("dotnet", [CommandLine.App, .. Train(broken, 100_000)]))
        {
            using var ending = CommandLine.Ending(process);
            var state = Path.Combine(broken, "state.safetensors");
            while (!File.Exists(state) && !process.HasExited)
            {
                await Task.Delay(5, cancellation);
            }
            // On Unix this is SIGKILL: nothing in the process can react to it.
            process.Kill();
            await process.WaitForExitAsync(cancellation);
            Assert.NotEqual(0, process.ExitCode);
        }
        var epochs = 3 + File.ReadAllLines(Path.Combine(broken, "history.csv")).Length;
        Assert.Equal(0, CommandLine.Galatent([.. Train(broken, epochs), "--resume"]).ExitCode);
        Assert.Equal(0, CommandLine.Galatent(Train(whole, epochs)).ExitCode);
        Assert.Equal(
            File.ReadAllBytes(Path.Combine(whole, VaeModel.WeightsFile)),
            File.ReadAllBytes(Path.Combine(broken, VaeModel.WeightsFile))
        );
        // What was measured is the same; the seconds and rates of the epochs are not.
        string[] Losses(string folder) =>
            [.. File.ReadAllLines(Path.Combine(folder, "history.csv")).Select(line => string.Join(',', line.Split(',')[..7]))];
        Assert.Equal(Losses(whole), Losses(broken));
    }

    public void Dispose() => _folder.Dispose();
}
