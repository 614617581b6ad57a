using System.Text.Json;
using Galatent.Files;
using Galatent.Report.Page;
using Galatent.Spectra;
using Galatent.Tests.Surveys;

namespace Galatent.Tests.App.Commands;

/// <summary>A folder of mixed files through the program: what is written, what is said, and the exit code.</summary>
public sealed class ImportCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Spectra => _folder.File("spectra", "x")[..^2];

    private string Output => _folder.File("observed.h5");

    public void Dispose() => _folder.Dispose();

    // The command's own results are not imported again, and then nothing is left.
    [Fact]
    public void A_folder_of_earlier_results_only_is_refused()
    {
        Directory.CreateDirectory(Spectra);
        Sdss("a.fits");
        Assert.Equal(0, CommandLine.Galatent("import", Spectra, "--out", Output).ExitCode);
        Directory.Delete(Spectra, recursive: true);
        var before = File.ReadAllBytes(Output);
        var (code, _, error) = CommandLine.Galatent("import", _folder.Path, "--out", Output);
        Assert.Equal(1, code);
        Assert.Contains("nothing to import but earlier results", error, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(Output));
    }

    // A part is named after its process. Other hidden files are a user's.
    [Fact]
    public void What_killed_processes_left_goes_and_other_files_stay()
    {
        Directory.CreateDirectory(Spectra);
        Sdss("a.fits");
        string[] others = [".observed.h5.party", ".observed.h5.part", ".observed.h5.part1.csv", "observed.h5.part1"];
        foreach (var name in (string[])[.. others, ".observed.h5.part12"])
        {
            File.WriteAllText(_folder.File(name), "kept?");
        }
        Assert.Equal(0, CommandLine.Galatent("import", Spectra, "--out", Output).ExitCode);
        Assert.False(File.Exists(_folder.File(".observed.h5.part12")));
        Assert.All(others, name => Assert.Equal("kept?", File.ReadAllText(_folder.File(name))));
    }

    [Fact]
    public void A_folder_of_mixed_files()
    {
        Directory.CreateDirectory(Spectra);
        Sdss("a.fits");
        Sdss("star.fits", type: "STAR");
        Sdss("doubt.fits", warning: 4);
        Sdss("outliers.dat", warning: 16, redshift: 0.12);
        Sdss("none.fits", redshift: -9);
        var whole = File.ReadAllBytes(Path.Combine(Spectra, "a.fits"));
        File.WriteAllBytes(Path.Combine(Spectra, "cut.fits"), whole[..5000]);
        File.WriteAllText(Path.Combine(Spectra, "notes.txt"), "these are my spectra\nof last night\n");
        File.WriteAllText(Path.Combine(Spectra, "empty.fits"), "");
        var (code, output, error) = CommandLine.Galatent("import", Spectra, "--out", Output);
        Assert.Equal(0, code);
        foreach (
            var said in new[] { "2  sdss-spec  written", "class", "redshift_flag", "no_redshift", "unreadable", "no_spectra", "2 written" }
        )
        {
            Assert.Contains(said, output, StringComparison.Ordinal);
        }
        Assert.Contains("cut.fits", error, StringComparison.Ordinal);
        var set = SpectrumFile.Read(Output);
        Assert.Equal(2, set.Count);
        Assert.Equal([0.1, 0.12], set.Parameter("redshift").Values);
        Assert.All(set.Flux, f => Assert.True(float.IsFinite(f)));
        var table = ColumnFile.Read(_folder.File("observed.import.csv"));
        Assert.Equal(8, table.Count);
        Assert.Equal(["4565525861424406528"], table.Classes("object_id").Where(i => i is not null).Distinct());
        Assert.DoesNotContain(Directory.GetFiles(_folder.Path), f => Path.GetFileName(f).StartsWith('.'));
        var (again, json, _) = CommandLine.Galatent(
            "import",
            Spectra,
            "--out",
            Output,
            "--json",
            "--classes",
            "galaxy,star",
            "--keep-repeats"
        );
        Assert.Equal(0, again);
        Assert.Equal(3, JsonDocument.Parse(json).RootElement.GetProperty("written").GetInt32());
    }

    [Fact]
    public void Nothing_written_is_a_failure_and_leaves_only_the_table()
    {
        Directory.CreateDirectory(Spectra);
        Sdss("star.fits", type: "STAR");
        var (code, _, error) = CommandLine.Galatent("import", Spectra, "--out", Output);
        Assert.Equal(1, code);
        Assert.Contains("No spectrum was written", error, StringComparison.Ordinal);
        Assert.False(File.Exists(Output));
        Assert.True(File.Exists(_folder.File("observed.import.csv")));
    }

    [Fact]
    public void Strict_ends_at_the_first_damage()
    {
        Directory.CreateDirectory(Spectra);
        Sdss("a.fits");
        File.WriteAllText(Path.Combine(Spectra, "empty.fits"), "");
        var (code, _, error) = CommandLine.Galatent("import", Spectra, "--out", Output, "--strict");
        Assert.Equal(1, code);
        Assert.Contains("is empty", error, StringComparison.Ordinal);
        Assert.False(File.Exists(Output));
    }

    [Fact]
    public void A_catalogue_gives_redshifts_by_identifier_and_by_file()
    {
        Directory.CreateDirectory(Spectra);
        Sdss("a.fits", redshift: -9);
        var path = Path.Combine(Spectra, "mine.csv");
        File.WriteAllLines(
            path,
            [
                "wave,flux,ivar",
                .. InventedSurveys.Wavelength.Select(
                    (l, i) => FormattableString.Invariant($"{l},{InventedSurveys.Flux[i]},{InventedSurveys.Ivar[i]}")
                ),
            ]
        );
        var list = _folder.File("list.txt");
        File.WriteAllLines(list, [Path.Combine(Spectra, "a.fits"), "# a remark", path]);
        var catalogue = _folder.File("z.csv");
        File.WriteAllLines(catalogue, ["id,file,z", "4565525861424406528,,0.13", ",mine.csv,0.08"]);
        var (code, _, error) = CommandLine.Galatent("import", "@" + list, "--redshifts", catalogue, "--out", Output);
        Assert.True(code == 0, error);
        Assert.Equal([0.13, 0.08], SpectrumFile.Read(Output).Parameter("redshift").Values);
        Assert.Contains("--medium", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Inspect_tells_what_is_in_a_file()
    {
        Directory.CreateDirectory(Spectra);
        Sdss("a.fits");
        var (code, output, _) = CommandLine.Galatent("inspect", Path.Combine(Spectra, "a.fits"));
        Assert.Equal(0, code);
        foreach (var said in new[] { "sdss-spec", "flux, loglam, ivar", "redshift 0.1", "4400.00 to 8390.00", "vacuum", "class GALAXY" })
        {
            Assert.Contains(said, output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Figures_and_a_page_are_drawn_and_not_imported_the_next_time()
    {
        Directory.CreateDirectory(Spectra);
        Sdss("a.fits");
        var drawings = Path.Combine(Spectra, "figures");
        var (code, output, error) = CommandLine.Galatent("import", Spectra, "--out", Output, "--figures", drawings);
        Assert.True(code == 0, error);
        Assert.Contains("quality.html", error, StringComparison.Ordinal);
        foreach (var file in QualityPage.Files(drawings))
        {
            Assert.True(new FileInfo(file).Length > 100, file);
        }
        var page = File.ReadAllText(Path.Combine(drawings, QualityPage.FileName));
        Assert.Contains("1 imported spectrum", page, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"(href|src)=""https?:", page);
        var (again, second, _) = CommandLine.Galatent("import", Spectra, "--out", Output, "--figures", drawings);
        Assert.Equal(0, again);
        Assert.Equal(output, second);
    }

    [Fact]
    public void Figures_that_cannot_be_written_are_refused_before_the_import()
    {
        Directory.CreateDirectory(Spectra);
        Sdss("a.fits");
        var drawings = _folder.File("figures");
        Directory.CreateDirectory(Path.Combine(drawings, "observed-mean.png"));
        var (code, _, error) = CommandLine.Galatent("import", Spectra, "--out", Output, "--figures", drawings);
        Assert.Equal(1, code);
        Assert.Contains("observed-mean.png", error, StringComparison.Ordinal);
        Assert.False(File.Exists(Output));
        var (file, _, inTheWay) = CommandLine.Galatent("import", Spectra, "--out", Output, "--figures", Path.Combine(Spectra, "a.fits"));
        Assert.Equal(1, file);
        Assert.Contains("is a file", inTheWay, StringComparison.Ordinal);
        Assert.False(File.Exists(Output));
    }

    [Fact]
    public void Without_a_spectrum_there_is_a_sentence_and_no_figure()
    {
        Directory.CreateDirectory(Spectra);
        Sdss("star.fits", type: "STAR");
        var drawings = _folder.File("figures");
        var (code, _, error) = CommandLine.Galatent("import", Spectra, "--out", Output, "--figures", drawings);
        Assert.Equal(1, code);
        Assert.Contains("no figure", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(drawings));
    }

    [Fact]
    public void Inspect_draws_a_spectrum()
    {
        Directory.CreateDirectory(Spectra);
        Sdss("a.fits", redshift: -9);
        var drawing = _folder.File("a.png");
        var (code, output, error) = CommandLine.Galatent("inspect", Path.Combine(Spectra, "a.fits"), "--figure", drawing);
        Assert.True(code == 0, error);
        Assert.Contains("1 spectrum", output, StringComparison.Ordinal);
        Assert.Contains("no redshift", error, StringComparison.Ordinal);
        Assert.True(File.Exists(drawing));
        var (idle, _, why) = CommandLine.Galatent("inspect", Path.Combine(Spectra, "a.fits"), "--spectrum", "0");
        Assert.NotEqual(0, idle);
        Assert.Contains("--figure", why, StringComparison.Ordinal);
    }

    private void Sdss(string name, string type = "GALAXY", long warning = 0, double redshift = InventedSurveys.Redshift)
    {
        using var file = File.Create(Path.Combine(Spectra, name));
        InventedSurveys.Sdss(file, type, warning, redshift);
    }
}
