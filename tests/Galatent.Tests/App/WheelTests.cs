namespace Galatent.Tests.App;

/// <summary>The wheel that eng/wheel.py makes, installed without a network into a fresh environment. The program inside is a stand-in here:
/// eng/try-standalone.sh tries the real one.</summary>
public sealed class WheelTests : IDisposable
{
    // Reads a small run by the module, and prints what it found.
    private const string Reader = """
        import sys, galatent
        run = galatent.open(sys.argv[1])
        model = run.models[0.3]
        print(run.wavelength.shape, run.flux[:2].shape, run.parameters["log_mass"].shape, model.mu.shape)
        table = model.tables["loss"]
        print(len(model.history["epoch"]), list(model.tables), list(map(str, table["name"])), list(map(float, table["value"])))
        """;

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Command_and_module_are_there_after_an_installation_without_a_network()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-in for the program is a shell script.");
        var python = Python();
        Assert.SkipWhen(python is null, "There is no Python with venv, pip, h5py and numpy.");
        var program = Directory.CreateDirectory(_folder.File("standalone", "linux-x64")).FullName;
        File.WriteAllText(Path.Combine(program, "galatent"), $"#!/bin/sh\nexec dotnet '{CommandLine.App}' \"$@\"\n");
        Succeed(
            python,
            Path.Combine(SharedData.RepositoryRoot, "eng", "wheel.py"),
            "--standalone",
            _folder.File("standalone"),
            "--out",
            _folder.File("wheels")
        );
        // pip takes a wheel only where its name fits; the stand-in runs anywhere.
        var wheel = Path.Combine(_folder.File("wheels"), "galatent-0.1.0-py3-none-any.whl");
        File.Move(Directory.GetFiles(_folder.File("wheels"), "*.whl").Single(), wheel);
        Succeed(python, "-m", "venv", "--system-site-packages", _folder.File("environment"));
        var bin = _folder.File("environment", "bin");
        // Debian's h5py has a name that pip does not know it by.
        Succeed(Path.Combine(bin, "python"), "-m", "pip", "install", "--no-index", "--no-deps", "--quiet", wheel);

        var run = MakeRun(Path.Combine(bin, "galatent"));
        var lines = Succeed(Path.Combine(bin, "python"), "-c", Reader, run).Split('\n');
        Assert.Equal("(4582,) (2, 4582) (40,) (40, 32)", lines[0].Trim());
        Assert.Equal("1 ['loss'] ['a', 'b, c'] [1.5, nan]", lines[1].Trim());

        var (exitCode, _, error) = CommandLine.Run(Path.Combine(bin, "python"), ["-c", Reader, _folder.File("nowhere")]);
        Assert.NotEqual(0, exitCode);
        Assert.Contains("is no run folder", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_published_file_it_says_what_to_do()
    {
        var python = Python();
        Assert.SkipWhen(python is null, "There is no Python with venv, pip, h5py and numpy.");
        var (exitCode, _, error) = CommandLine.Run(
            python,
            [Path.Combine(SharedData.RepositoryRoot, "eng", "wheel.py"), "--standalone", _folder.File("nothing")]
        );
        Assert.NotEqual(0, exitCode);
        Assert.Contains("run eng/publish.sh first", error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_module_is_short() =>
        Assert.InRange(File.ReadLines(Path.Combine(SharedData.RepositoryRoot, "python", "galatent", "__init__.py")).Count(), 1, 99);

    public void Dispose() => _folder.Dispose();

    // The files of a run that the module reads, by the commands that write them; the whole of reproduce takes minutes.
    private string MakeRun(string galatent)
    {
        var run = Directory.CreateDirectory(_folder.File("run")).FullName;
        var spectra = Path.Combine(run, "spectra.h5");
        var beta = Directory.CreateDirectory(Path.Combine(run, "beta-0.3")).FullName;
        Succeed(galatent, "simulate", "--count", "40", "--out", spectra, "--threads", "1");
        Succeed(galatent, "train", "--data", spectra, "--out", Path.Combine(beta, "model"), "--epochs", "1", "--threads", "1");
        string[] latents = ["--data", spectra, "--out", Path.Combine(beta, "latents.h5"), "--threads", "1"];
        Succeed(galatent, ["encode", "--model", Path.Combine(beta, "model"), .. latents]);
        Directory.CreateDirectory(Path.Combine(beta, "analysis"));
        File.WriteAllText(Path.Combine(beta, "analysis", "loss.csv"), "name,value\na,1.5\n\"b, c\",\n");
        return run;
    }

    private static string? Python() =>
        new[] { "python3", "/usr/bin/python3" }.FirstOrDefault(python =>
        {
            try
            {
                return CommandLine.Run(python, ["-c", "import venv, ensurepip, pip, h5py, numpy"]).ExitCode == 0;
            }
            catch (System.ComponentModel.Win32Exception)
            {
                return false;
            }
        });

    private static string Succeed(string program, params string[] arguments)
    {
        var (exitCode, output, error) = CommandLine.Run(program, arguments);
        Assert.True(exitCode == 0, $"{program} {string.Join(' ', arguments)}: {error}");
        return output;
    }
}
