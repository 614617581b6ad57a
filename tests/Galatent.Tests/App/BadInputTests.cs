using Galatent.Spectra;

namespace Galatent.Tests.App;

/// <summary>Every fault that a user can mend: one sentence that names the thing, an exit code other than 0, nothing under the final
/// name.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--frobnicate", "simulate --frobnicate 3 --out {0}/x.h5")]
    [InlineData("simulat", "simulat --out {0}/x.h5")]
    [InlineData("--count 0", "simulate --count 0 --out {0}/x.h5")]
    [InlineData("'many'", "simulate --count many --out {0}/x.h5")]
    [InlineData("r26", "simulate --population r26 --out {0}/x.h5")]
    [InlineData("none.csv", "simulate --catalogue {0}/none.csv --out {0}/x.h5")]
    [InlineData("none.h5", "train --data {0}/none.h5 --out {0}/x.h5")]
    [InlineData("none.galssp", "simulate --ssp {0}/none.galssp --out {0}/x.h5")]
    [InlineData("none.json", "simulate --config {0}/none.json --out {0}/x.h5")]
    [InlineData("--out", "simulate --count 10")]
    [InlineData("is a folder", "simulate --count 10 --out {0}")]
    [InlineData("--normalization 5500:5000: low must be above 0 and high above low", "simulate --normalization 5500:5000 --out {0}/x.h5")]
    public void Is_named_in_one_sentence(string named, string command)
    {
        var (exitCode, output, error) = CommandLine.Galatent(
            string.Format(System.Globalization.CultureInfo.InvariantCulture, command, _folder.Path).Split(' ')
        );
        AssertOneSentence(exitCode, error, named);
        Assert.Empty(output);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void A_catalogue_that_cannot_be_used_is_named_with_row_and_value()
    {
        var file = _folder.File("c.csv");
        const string header =
            "redshift,log_sfr_ratio_1,log_sfr_ratio_2,log_sfr_ratio_3,log_sfr_ratio_4,log_sfr_ratio_5,"
            + "log_sfr_ratio_6,log_z_star,log_z_gas,log_u,dust1,dust2,dust_index";
        foreach (
            var (text, named) in new[]
            {
                ("redshift,log_u\n0.5,-3\n", "log_sfr_ratio_1"),
                ($"{header}\n0.5,0,0,0,0,0,0,0,0,-3,0.3,0.3\n", "line 2"),
                ($"{header}\n0.5,0,0,0,0,0,0,0,0,-3,0.3,0.3,low\n", "'low'"),
                ($"{header}\n0.5,0,0,0,0,0,0,0,0,-3,0.3,-1,0\n", "dust2 is -1"),
                ($"{header}\n0.5,0,0,0,0,0,0,NaN,0,-3,0.3,0.3,0\n", "log_z_star is NaN"),
                ($"{header}\n", "no rows"),
                ("", "empty"),
            }
        )
        {
            File.WriteAllText(file, text);
            var (exitCode, _, error) = CommandLine.Galatent("simulate", "--catalogue", file, "--out", _folder.File("x.h5"));
            AssertOneSentence(exitCode, error, named);
            Assert.Equal([file], Directory.GetFileSystemEntries(_folder.Path));
        }
    }

    [Fact]
    public void Damaged_and_foreign_spectra_are_named()
    {
        var file = _folder.File("s.h5");
        File.WriteAllText(file, "not a spectrum");
        AssertOneSentence(Train(file), "not an HDF5 file");
        Assert.Equal(0, CommandLine.Galatent("simulate", "--count", "20", "--out", file).ExitCode);
        File.WriteAllBytes(file, File.ReadAllBytes(file)[..100_000]);
        AssertOneSentence(Train(file), "damaged");

        (int, string, string) Train(string data) => CommandLine.Galatent("train", "--data", data, "--out", _folder.File("model"));
    }

    [Fact]
    public void Spectra_of_another_grid_are_refused_by_a_model()
    {
        var file = _folder.File("s.h5");
        var model = _folder.File("model");
        var grid = new WavelengthGrid([.. Enumerable.Range(0, 64).Select(i => 4000.0 + (10 * i))]);
        SpectrumFile.Write(file, Invented(grid));
        Assert.Equal(0, CommandLine.Galatent("train", "--data", file, "--out", model, "--epochs", "1").ExitCode);
        SpectrumFile.Write(file, Invented(new WavelengthGrid([.. grid.WavelengthAngstrom.Select(w => w + 100)])));
        AssertOneSentence(CommandLine.Galatent("encode", "--model", model, "--data", file, "--out", _folder.File("l.h5")), "grid");
        Assert.False(File.Exists(_folder.File("l.h5")));
    }

    private static SpectrumSet Invented(WavelengthGrid grid) =>
        new(
            grid,
            [.. Enumerable.Range(0, 20 * grid.Count).Select(i => 1 + (0.1f * (i * 7919 % 13)))],
            [.. Enumerable.Repeat(1.0, 20)],
            [],
            new SpectrumProvenance("test", 1, "Lsun/Hz", 5000, 5500, "none", "none")
        );

    private static void AssertOneSentence((int ExitCode, string Output, string Error) run, string named) =>
        AssertOneSentence(run.ExitCode, run.Error, named);

    private static void AssertOneSentence(int exitCode, string error, string named)
    {
        Assert.NotEqual(0, exitCode);
        var lines = error
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(l => l.StartsWith("galatent:", StringComparison.Ordinal))
            .ToArray();
        Assert.True(lines.Length == 1, error);
        Assert.Contains(named, lines[0], StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }
}
