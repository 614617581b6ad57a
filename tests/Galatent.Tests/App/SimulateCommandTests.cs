using System.Globalization;
using Galatent.Spectra;

namespace Galatent.Tests.App;

/// <summary><c>galatent simulate</c> and <c>merge</c> as a stranger runs them; the physics has its own tests.</summary>
public sealed class SimulateCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("galatent-simulate-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void One_galaxy_becomes_a_table_and_a_figure()
    {
        Run("simulate --one logM=10.5 logSFR=0.3 dust2=0.4 --out {0}/galaxy.h5");
        Assert.Equal(["galaxy.csv", "galaxy.png", "galaxy.svg"], Directory.GetFiles(_folder).Select(Path.GetFileName).Order());
        var table = ColumnFile.Read(Path.Combine(_folder, "galaxy.csv"));
        Assert.Equal(["wavelength_angstrom", "total", "stars", "gas", "without_dust"], table.Names);
        Assert.Equal(4582, table.Count);
    }

    [Fact]
    public void Parts_are_merged_into_the_whole_on_any_grid()
    {
        const string simulate = "simulate --count 30 --population uniform --grid 4000:7000:5 --flux f_lambda --out {0}/";
        Run(simulate + "whole.h5");
        Run(simulate + "1.h5 --shard 1/2");
        Run(simulate + "2.h5 --shard 2/2");
        Run("merge {0}/2.h5 {0}/1.h5 --out {0}/merged.h5");
        Assert.Equal(File.ReadAllBytes(Path.Combine(_folder, "whole.h5")), File.ReadAllBytes(Path.Combine(_folder, "merged.h5")));
        Assert.Equal(601, SpectrumFile.Read(Path.Combine(_folder, "merged.h5")).Grid.Count);
    }

    [Theory]
    [InlineData("colour", "simulate --one colour=3 --out {0}/x")]
    [InlineData("3/2", "simulate --count 10 --shard 3/2 --out {0}/x.h5")]
    [InlineData("--grid", "simulate --count 10 --grid 5000:4000:1 --out {0}/x.h5")]
    [InlineData("window", "simulate --count 10 --grid 6000:7000:1 --out {0}/x.h5")]
    [InlineData("populations", "simulate --count 10 --grid 4000:20000:10 --out {0}/x.h5")]
    [InlineData("power-law", "simulate --count 10 --dust power-law --out {0}/x.h5")]
    [InlineData("Lyman", "simulate --count 10 --lya-escape 2 --out {0}/x.h5")]
    [InlineData("--zmax", "simulate --count 10 --zmax 9 --out {0}/x.h5")]
    [InlineData("none.h5", "merge {0}/none.h5 --out {0}/x.h5")]
    [InlineData("extension", "ssp convert {0}/none.h5 --out {0}/x.txt")]
    public void Is_named_in_one_sentence(string named, string command)
    {
        var (exitCode, _, error) = CommandLine.Galatent(Arguments(command));
        Assert.NotEqual(0, exitCode);
        var sentence = error.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1];
        Assert.StartsWith("galatent: ", sentence, StringComparison.Ordinal);
        Assert.Contains(named, sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    private string[] Arguments(string command) => string.Format(CultureInfo.InvariantCulture, command, _folder).Split(' ');

    private void Run(string command)
    {
        var (exitCode, _, error) = CommandLine.Galatent(Arguments(command));
        Assert.True(exitCode == 0, error);
    }
}
