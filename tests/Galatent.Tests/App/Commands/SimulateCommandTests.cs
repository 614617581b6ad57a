using System.Globalization;
using Galatent.Files;
using Galatent.Spectra;
using Galatent.Synthesis;
using Galatent.Synthesis.Ssp;
using Galatent.Tests.Synthesis.Ssp;
using PureHDF;

namespace Galatent.Tests.App.Commands;

/// <summary><c>galatent simulate</c> and <c>merge</c> as a stranger runs them; the physics has its own tests.</summary>
public sealed class SimulateCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void One_galaxy_becomes_a_table_and_a_figure()
    {
        Run("simulate --one logM=10.5 logSFR=0.3 dust2=0.4 --out {0}/galaxy.h5");
        Assert.Equal(
            ["galaxy.csv", "galaxy.pdf", "galaxy.png", "galaxy.svg"],
            Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order()
        );
        var table = ColumnFile.Read(_folder.File("galaxy.csv"));
        Assert.Equal(["wavelength_angstrom", "total", "stars", "gas", "without_dust"], table.Names);
        Assert.Equal(4582, table.Count);
    }

    // Only extensions of files that are written are left away.
    // 1 Msun/yr from 5 to 2 Gyr ago. The program must not carry it on to today.
    [Fact]
    public void A_history_that_ends_before_today_and_the_values_it_replaces_are_told()
    {
        File.WriteAllText(_folder.File("history.csv"), "lookback_gyr,sfr\n2,1\n5,1\n");
        var (exitCode, _, error) = CommandLine.Galatent([
            "simulate",
            "--one",
            "logM=10",
            "--history",
            _folder.File("history.csv"),
            "--out",
            _folder.File("galaxy.h5"),
        ]);
        Assert.True(exitCode == 0, error);
        Assert.Contains("no stars form in the last 2 Gyr", error, StringComparison.Ordinal);
        Assert.Contains("mass and star-formation rate are those of --history", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_point_in_the_name_of_one_galaxy_stays()
    {
        // Nor does a folder of the same name stand in the way.
        Directory.CreateDirectory(_folder.File("a.5"));
        Run("simulate --one logM=10.5 --velocity-dispersion by-mass --grid 4500:6000:5 --out {0}/a.5");
        Assert.Equal(["a.5.csv", "a.5.pdf", "a.5.png", "a.5.svg"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Velocity_dispersions_by_mass_are_told()
    {
        DspsHdf5.Write(_folder.File("stars.h5"), SspConversionTests.Some(SspPack.Embedded().Stars));
        Run("simulate --count 5 --population uniform --velocity-dispersion by-mass --ssp {0}/stars.h5 --grid 4000:7000:5 --out {0}/x.h5");
        var spectra = SpectrumFile.Read(_folder.File("x.h5"));
        Assert.Equal("km/s", spectra.Parameter("velocity_dispersion").Unit);
        Assert.All(spectra.Parameter("velocity_dispersion").Values, v => Assert.InRange(v, 50, 300));
    }

    [Fact]
    public void Lines_that_the_stars_state_are_drawn()
    {
        var stars = SspConversionTests.Some(SspPack.Embedded().Stars);
        var luminosity = Enumerable.Range(0, stars.MetallicityCount * stars.AgeCount).SelectMany(_ => new[] { 2e-2, 1e-2 }).ToArray();
        DspsHdf5.Write(
            _folder.File("stars.h5"),
            stars with
            {
                EmissionLines = new SspEmissionLines(["Halpha", "Hbeta"], [6564.6, 4862.71], luminosity),
            }
        );
        Run("simulate --count 3 --population uniform --lines table --ssp {0}/stars.h5 --grid 4000:7000:5 --out {0}/x.h5");
        using var file = H5File.OpenRead(_folder.File("x.h5"));
        Assert.Equal([4862.71, 6564.6], file.Dataset("line_wavelength").Read<double[]>());
        Assert.Contains("of the same table", SpectrumFile.Read(_folder.File("x.h5")).Provenance.Source, StringComparison.Ordinal);
    }

    [Fact]
    public void Parts_are_merged_into_the_whole_on_any_grid()
    {
        const string simulate = "simulate --count 30 --population uniform --grid 4000:7000:5 --flux f_lambda --out {0}/";
        Run(simulate + "whole.h5");
        Run(simulate + "1.h5 --shard 1/2");
        Run(simulate + "2.h5 --shard 2/2");
        Run("merge {0}/2.h5 {0}/1.h5 --out {0}/merged.h5");
        Assert.Equal(File.ReadAllBytes(_folder.File("whole.h5")), File.ReadAllBytes(_folder.File("merged.h5")));
        Assert.Equal(601, SpectrumFile.Read(_folder.File("merged.h5")).Grid.Count);
    }

    // Stars through every format that the program writes, and the same galaxy from each.
    [Fact]
    public void Stars_are_converted_and_used()
    {
        DspsHdf5.Write(_folder.File("stars.h5"), SspConversionTests.Some(SspPack.Embedded().Stars));
        Run("ssp convert {0}/stars.h5 --out {0}/stars.fits");
        Run("ssp convert {0}/stars.fits --out {0}/stars.spec");
        var files = string.Join(',', Directory.GetFiles(_folder.Path, "*.spec").Order(StringComparer.Ordinal));
        Run("ssp convert " + files + " --out {0}/stars.galssp");
        var spectra = new[] { "{0}/stars.h5", "{0}/stars.fits", files, "{0}/stars.galssp" }
            .Select(
                (ssp, i) =>
                {
                    Run($"simulate --one logM=10 z=0.3 --grid 3000:9000:20 --ssp {ssp} --out {{0}}/{i}");
                    return ColumnFile.Read(_folder.File($"{i}.csv")).Numbers("total");
                }
            )
            .ToArray();
        Assert.All(spectra, s => Assert.All(s.Zip(spectra[0]), p => Assert.Equal(1, p.First / p.Second, 2e-4)));
    }

    [Fact]
    public void A_velocity_dispersion_next_to_nothing_changes_nothing()
    {
        Run("simulate --one logM=10 --grid 4900:5600:20 --out {0}/still");
        Run("simulate --one logM=10 --grid 4900:5600:20 --velocity-dispersion 1e-300 --out {0}/slow");
        Assert.Equal(
            ColumnFile.Read(Path.Combine(_folder.Path, "still.csv")).Numbers("total"),
            ColumnFile.Read(Path.Combine(_folder.Path, "slow.csv")).Numbers("total")
        );
    }

    [Fact]
    public void Derivatives_come_beside_the_spectrum()
    {
        Run("simulate --one logM=10.5 logSFR=0.3 --derivatives --resolution 5A --grid 4500:6000:2 --out {0}/galaxy");
        var table = ColumnFile.Read(_folder.File("galaxy-derivatives.csv"));
        Assert.Equal(["wavelength_angstrom", "total", .. SpectrumDerivatives.Parameters.Select(p => "d_" + p)], table.Names);
        Assert.Equal(ColumnFile.Read(_folder.File("galaxy.csv")).Numbers("total")[100], table.Numbers("total")[100], 1e-4);
    }

    [Fact]
    public void Noise_and_resolution_of_a_file_are_used()
    {
        File.WriteAllText(_folder.File("r.csv"), "wavelength_angstrom,resolving_power\n3000,500\n9000,1500\n");
        File.WriteAllText(_folder.File("sky.csv"), "wavelength_angstrom,sigma\n3000,0.1\n9000,0.05\n");
        Run("simulate --count 4 --population uniform --grid 4000:7000:5 --resolution {0}/r.csv --noise {0}/sky.csv --out {0}/noisy.h5");
        var path = _folder.File("noisy.h5");
        Assert.Equal("resolving_power of r.csv; sigma of sky.csv", SpectrumFile.Read(path).Provenance.Instrument);
        Assert.Equal(4 * 601, SpectrumFile.ReadInverseVariance(path, 4, 601).Length);
    }

    [Theory]
    [InlineData("--noise", "simulate --count 3 --noise -4 --out {0}/x.h5")]
    [InlineData("--resolution", "simulate --count 3 --resolution sharp --out {0}/x.h5")]
    [InlineData("--derivatives", "simulate --count 3 --derivatives --out {0}/x.h5")]
    [InlineData("without noise", "simulate --one z=1 --noise 3 --out {0}/x")]
    [InlineData("ionising photons", "simulate --count 3 --lyc-escape 1.2 --out {0}/x.h5")]
    [InlineData("leave --lines at models", "simulate --count 3 --lines table --out {0}/x.h5")]
    [InlineData("Lyman limit", "simulate --count 3 --observed --population uniform --zmax 6 --seed 5 --out {0}/x.h5")]
    [InlineData("must lie between -4 and 1.85", "simulate --one logM=10 logSFR=5 --out {0}/x")]
    [InlineData("by-mass", "simulate --count 3 --velocity-dispersion wide --out {0}/x.h5")]
    [InlineData("dispersion", "simulate --count 3 --velocity-dispersion -5 --out {0}/x.h5")]
    [InlineData("colour", "simulate --one colour=3 --out {0}/x")]
    [InlineData("3/2", "simulate --count 10 --shard 3/2 --out {0}/x.h5")]
    [InlineData("--grid", "simulate --count 10 --grid 5000:4000:1 --out {0}/x.h5")]
    [InlineData("window", "simulate --count 10 --grid 6000:7000:1 --out {0}/x.h5")]
    [InlineData("populations", "simulate --count 10 --grid 4000:20000:10 --out {0}/x.h5")]
    [InlineData("'logSFR=-0,3'", "simulate --one logM=10 logSFR=-0,3 z=0,1 --out {0}/x")]
    [InlineData("power-law", "simulate --count 10 --dust power-law --out {0}/x.h5")]
    [InlineData("Lyman", "simulate --count 10 --lya-escape 2 --out {0}/x.h5")]
    [InlineData("--zmax", "simulate --count 10 --zmax 9 --out {0}/x.h5")]
    [InlineData("none.h5", "merge {0}/none.h5 --out {0}/x.h5")]
    [InlineData("There is no file", "simulate --count 3 --ssp {0}/none.txt --out {0}/x.h5")]
    [InlineData("extension", "ssp convert {0}/none.h5 --out {0}/x.txt")]
    public void Is_named_in_one_sentence(string named, string command)
    {
        var (exitCode, _, error) = CommandLine.Galatent(Arguments(command));
        Assert.NotEqual(0, exitCode);
        var sentence = error.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1];
        Assert.StartsWith("galatent: ", sentence, StringComparison.Ordinal);
        Assert.Contains(named, sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    private string[] Arguments(string command) => string.Format(CultureInfo.InvariantCulture, command, _folder.Path).Split(' ');

    private void Run(string command)
    {
        var (exitCode, _, error) = CommandLine.Galatent(Arguments(command));
        Assert.True(exitCode == 0, error);
    }
}
