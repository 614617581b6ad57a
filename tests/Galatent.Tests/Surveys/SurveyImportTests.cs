using Galatent.Surveys;

namespace Galatent.Tests.Surveys;

/// <summary>Whole imports of files that people have beside their spectra, and of exposures.</summary>
public sealed class SurveyImportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Exposures_are_no_repeats()
    {
        var path = _folder.File("spectra-x.fits");
        using (var file = File.Create(path))
        {
            InventedSurveys.Desi(file, [7, 7], ["TGT", "TGT"], [0, 0], ["B", "R"], 0.1);
        }
        var catalogue = _folder.File("z.csv");
        File.WriteAllLines(catalogue, ["id,z", "7,0.1"]);
        ImportSummary Run(SurveyOptions options) => Import([path], options with { Redshifts = catalogue });
        Assert.Equal(1, Run(new SurveyOptions()).Written);
        Assert.Equal(2, Run(new SurveyOptions { KeepExposures = true }).Written);
    }

    // A strict import takes only fibres without any flag; by default bit 3 informs.
    [Fact]
    public void A_strict_import_takes_only_fibres_without_a_flag()
    {
        var path = _folder.File("coadd-x.fits");
        using (var file = File.Create(path))
        {
            InventedSurveys.Desi(file, [7, 8], ["TGT", "TGT"], [0, 8], ["B", "R"], 0.1);
        }
        var catalogue = _folder.File("z.csv");
        File.WriteAllLines(catalogue, ["id,z", "7,0.1", "8,0.2"]);
        ImportSummary Run(SurveyOptions options) => Import([path], options with { Redshifts = catalogue });
        Assert.Equal(2, Run(new SurveyOptions()).Written);
        var strict = Run(new SurveyOptions { IsStrict = true });
        Assert.Equal(["written", "not_target_or_fibre"], strict.Spectra.Select(s => s.Outcome));
    }

    [Fact]
    public void What_lies_beside_spectra_is_told_and_does_no_harm()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "pipes and links are Unix'");
        var spectra = _folder.File("spectra", "a.fits");
        Directory.CreateDirectory(Path.GetDirectoryName(spectra)!);
        using (var file = File.Create(spectra))
        {
            InventedSurveys.Sdss(file);
        }
        string Beside(string name) => _folder.File("spectra", name);
        File.CreateSymbolicLink(Beside("nothing.fits"), "elsewhere.fits");
        File.CreateSymbolicLink(Beside("circle.fits"), "circle.fits");
        Directory.CreateSymbolicLink(Beside("up"), "..");
        Assert.Equal(0, App.CommandLine.Run("mkfifo", Beside("pipe")).ExitCode);
        File.WriteAllText(Beside("page.fits"), "<html><body>404</body></html>");
        // An earlier result of another name.
        Assert.Equal(1, Import([spectra], new SurveyOptions(), Beside("earlier.h5")).Written);
        var summary = Import([Path.GetDirectoryName(spectra)!], new SurveyOptions());
        Assert.Equal(1, summary.Written);
        string Outcome(string name) => Assert.Single(summary.Spectra, s => s.File == Beside(name)).Outcome;
        Assert.Equal("unreadable", Outcome("nothing.fits"));
        Assert.Equal("unreadable", Outcome("circle.fits"));
        Assert.All(["pipe", "page.fits", "earlier.h5", "earlier.import.csv"], name => Assert.Equal("no_spectra", Outcome(name)));
        var told = string.Join('\n', summary.Sentences(20));
        Assert.Contains("symbolic link to 'elsewhere.fits', where nothing is", told, StringComparison.Ordinal);
        Assert.Contains("4 files in the folders with no known spectra", told, StringComparison.Ordinal);
        // A pipe that somebody names is no file, either.
        var named = Assert.Single(Import([Beside("pipe")], new SurveyOptions()).Spectra);
        Assert.Contains("is a pipe", named.Detail, StringComparison.Ordinal);
    }

    private ImportSummary Import(string[] inputs, SurveyOptions options, string? output = null) =>
        SurveyImport.Run(
            output ?? _folder.File("o.h5"),
            InputFiles.Expand(inputs),
            options,
            cancellation: TestContext.Current.CancellationToken
        );
}
