using System.Diagnostics;
using System.Globalization;
using Galatent.Training.Mpi;

namespace Galatent.Tests.App.Commands;

/// <summary>Commands under <c>mpirun -n 2</c>, as a stranger would type them: the same bytes as one process, and no hang when one dies.
/// Skipped where there is no mpirun.</summary>
public sealed class MpiTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Two_processes_write_the_bytes_of_one()
    {
        RequireLauncher();
        foreach (var (name, launch) in new (string, Func<string[], int>)[] { ("one", Alone), ("two", Together), ("messages", ByMessages) })
        {
            var home = _folder.File(name);
            var data = Path.Combine(home, "spectra.h5");
            var model = Path.Combine(home, "model");
            Assert.Equal(0, launch(["simulate", "--count", "70", "--seed", "4", "--out", data]));
            Assert.Equal(0, launch(["train", "--data", data, "--out", model, "--epochs", "2", "--latent", "2", "--memory", "1MB"]));
            Assert.Equal(0, launch(["encode", "--data", data, "--model", model, "--out", Path.Combine(home, "encoded.h5")]));
            Assert.Equal(0, launch(["analyze", "--data", data, "--model", model, "--out", home]));
        }
        string[] files =
        [
            .. Directory
                .GetFiles(_folder.File("one"), "*", SearchOption.AllDirectories)
                .Select(f => Path.GetRelativePath(_folder.File("one"), f))
                .Order(),
        ];
        // Between machines the weights are sent; on this one they lie in memory that the processes share.
        Assert.Equal(
            File.ReadAllBytes(_folder.File("one", "model", "weights.safetensors")),
            File.ReadAllBytes(_folder.File("messages", "model", "weights.safetensors"))
        );
        Assert.Equal(
            files,
            Directory
                .GetFiles(_folder.File("two"), "*", SearchOption.AllDirectories)
                .Select(f => Path.GetRelativePath(_folder.File("two"), f))
                .Order()
        );
        Assert.Contains(Path.Combine("model", "weights.safetensors"), files);
        // The seconds that the epochs took differ, what was measured does not.
        string[] Losses(string name) =>
            [.. File.ReadAllLines(_folder.File(name, "model", "history.csv")).Select(line => string.Join(',', line.Split(',')[..7]))];
        Assert.Equal(Losses("one"), Losses("two"));
        Assert.All(
            files.Where(f =>
                !f.EndsWith("history.csv", StringComparison.Ordinal)
                && !f.EndsWith("state.safetensors", StringComparison.Ordinal)
                && !f.Contains("events", StringComparison.Ordinal)
            ),
            f => Assert.True(File.ReadAllBytes(_folder.File("one", f)).AsSpan().SequenceEqual(File.ReadAllBytes(_folder.File("two", f))), f)
        );
    }

    [Fact]
    public void Two_processes_import_the_bytes_of_one()
    {
        RequireLauncher();
        var spectra = _folder.File("spectra");
        Directory.CreateDirectory(spectra);
        foreach (var redshift in new[] { 0.1, 0.11, 0.12, 0.1 })
        {
            using var file = File.Create(Path.Combine(spectra, $"{Directory.GetFiles(spectra).Length}.fits"));
            Surveys.InventedSurveys.Sdss(file, redshift: redshift);
        }
        var one = _folder.File("one");
        var two = _folder.File("two");
        Directory.CreateDirectory(two);
        // A part that killed processes left.
        File.WriteAllText(Path.Combine(two, ".o.h5.part7"), "");
        Assert.Equal(0, Alone(["import", spectra, "--out", Path.Combine(one, "o.h5")]));
        Assert.Equal(0, Together(["import", spectra, "--out", Path.Combine(two, "o.h5")]));
        string[] Names(string folder) => [.. Directory.GetFiles(folder).Select(f => Path.GetFileName(f)).Order()];
        Assert.Equal(["o.h5", "o.import.csv"], Names(two));
        Assert.Equal(Names(one), Names(two));
        Assert.All(Names(one), n => Assert.Equal(File.ReadAllBytes(Path.Combine(one, n)), File.ReadAllBytes(Path.Combine(two, n))));
    }

    [Fact]
    public async Task A_killed_process_ends_the_job_and_the_training_goes_on_to_the_same_bytes()
    {
        RequireLauncher();
        var data = _folder.File("spectra.h5");
        Assert.Equal(0, Alone(["simulate", "--count", "60", "--out", data]));
        var whole = _folder.File("whole");
        var broken = _folder.File("broken");
        string[] Train(string folder, int epochs) =>
            ["train", "--data", data, "--threads", "1", "--schedule", "constant", "--out", folder, "--epochs", $"{epochs}"];
        // So many epochs that no machine is through before one is killed.
        using (var job = CommandLine.Start("mpirun", ["-n", "2", "--oversubscribe", "dotnet", CommandLine.App, .. Train(broken, 100_000)]))
        {
            using var ending = CommandLine.Ending(job);
            using var patience = CommandLine.Patience();
            var error = job.StandardError.ReadToEndAsync(patience.Token);
            while (!File.Exists(Path.Combine(broken, "state.safetensors")) && !job.HasExited)
            {
                await Task.Delay(5, patience.Token);
            }
            Process.GetProcessById(Members(job, broken)[1]).Kill();
            await job.WaitForExitAsync(patience.Token);
            Assert.NotEqual(0, job.ExitCode);
            Assert.Contains("signal 9", await error, StringComparison.Ordinal);
        }
        var epochs = 3 + File.ReadAllLines(Path.Combine(broken, "history.csv")).Length;
        Assert.Equal(0, Together([.. Train(broken, epochs), "--resume"]));
        Assert.Equal(0, Alone(Train(whole, epochs)));
        Assert.Equal(
            File.ReadAllBytes(Path.Combine(whole, "weights.safetensors")),
            File.ReadAllBytes(Path.Combine(broken, "weights.safetensors"))
        );
    }

    [Fact]
    public void A_pipe_that_each_process_would_read_a_part_of_is_refused()
    {
        RequireLauncher();
        const string table = "printf 'redshift,log_mass\\n0.1,10\\n0.2,10\\n'";
        var mpi = "mpirun -n 2 --oversubscribe dotnet";
        var (code, _, error) = CommandLine.Run(
            "sh",
            ["-c", $"{table} | {mpi} '{CommandLine.App}' simulate --catalogue /dev/stdin --out '{_folder.File("s.h5")}'"]
        );
        Assert.NotEqual(0, code);
        Assert.Contains("is a pipe, and each of the 2 processes would get another part of it", error, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.File("s.h5")));
    }

    [Fact]
    public void A_fault_of_all_is_told_once_and_commands_of_one_process_say_so()
    {
        RequireLauncher();
        var (code, _, error) = CommandLine.Run(
            "mpirun",
            ["-n", "2", "--oversubscribe", "dotnet", CommandLine.App, "train", "--data", _folder.File("none.h5"), "--out", _folder.Path]
        );
        Assert.NotEqual(0, code);
        Assert.Equal(1, error.Split('\n').Count(line => line.Contains("There is no file", StringComparison.Ordinal)));
        Assert.Contains(
            "runs in one process",
            CommandLine.Run("mpirun", ["-n", "2", "--oversubscribe", "dotnet", CommandLine.App, "report", "--run", _folder.Path]).Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Processes_that_cannot_find_each_other_say_what_to_do()
    {
        string Error(params string[] environment) =>
            CommandLine
                .Run("env", [.. environment, "dotnet", CommandLine.App, "train", "--data", "spectra.h5", "--out", _folder.Path])
                .Error;
        Assert.Contains("--mpi=pmix", Error("SLURM_STEP_NUM_TASKS=4"), StringComparison.Ordinal);
        Assert.Contains(
            "GALATENT_MPI_LIBRARY",
            Error("OMPI_COMM_WORLD_SIZE=2", "GALATENT_MPI_LIBRARY=/nowhere/libmpi.so"),
            StringComparison.Ordinal
        );
        // One process that a launcher started is one process: it looks for no library, and gets as far as its data.
        Assert.Contains(
            "There is no file 'spectra.h5'",
            Error("OMPI_COMM_WORLD_SIZE=1", "GALATENT_MPI_LIBRARY=/nowhere/libmpi.so"),
            StringComparison.Ordinal
        );
    }

    public void Dispose() => _folder.Dispose();

    private static int Alone(string[] arguments) => CommandLine.Galatent(arguments).ExitCode;

    private static int Together(string[] arguments) =>
        CommandLine.Run("mpirun", ["-n", "2", "--oversubscribe", "dotnet", CommandLine.App, .. arguments]).ExitCode;

    private static int ByMessages(string[] arguments) =>
        CommandLine
            .Run(
                "mpirun",
                ["-n", "2", "--oversubscribe", "-x", $"{MpiGroup.ExchangeVariable}=messages", "dotnet", CommandLine.App, .. arguments]
            )
            .ExitCode;

    private static void RequireLauncher() =>
        Assert.SkipUnless(
            (Environment.GetEnvironmentVariable("PATH") ?? "")
                .Split(Path.PathSeparator)
                .Any(folder => File.Exists(Path.Combine(folder, "mpirun"))),
            "There is no mpirun here; install Open MPI (Debian: openmpi-bin) to test several processes."
        );

    /// <summary>The launcher's children that work on a folder.</summary>
    private static int[] Members(Process launcher, string folder) =>
        [
            .. Directory
                .GetDirectories("/proc")
                .Select(d => int.TryParse(Path.GetFileName(d), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
                .Where(id => id > 0 && id != launcher.Id && CommandOf(id).Contains(folder, StringComparison.Ordinal))
                .Order(),
        ];

    private static string CommandOf(int id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/cmdline");
        }
        catch (IOException)
        {
            // Other tests' processes end while the list is read.
            return "";
        }
    }
}
