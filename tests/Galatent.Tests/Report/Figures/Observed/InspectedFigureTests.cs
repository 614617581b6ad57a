using System.Text;
using Galatent.Numerics;
using Galatent.Report.Drawing;
using Galatent.Report.Figures.Observed;
using Galatent.Surveys;
using Galatent.Tests.Surveys;

namespace Galatent.Tests.Report.Figures.Observed;

/// <summary>The figure of one spectrum of a file, in the three formats.</summary>
public sealed class InspectedFigureTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_ending_says_the_format()
    {
        var figure = InspectedFigure.Make("a", InspectedSpectrum.Read(Sdss(InventedSurveys.Redshift), new SurveyOptions()));
        foreach (var (ending, magic) in new[] { ("png", "\u0089PNG"), ("svg", "<svg"), ("pdf", "%PDF"), ("PDF", "%PDF") })
        {
            var path = _folder.File("figure." + ending);
            figure.SaveAs(path);
            var bytes = File.ReadAllBytes(path);
            Assert.StartsWith(magic, Encoding.Latin1.GetString(bytes), StringComparison.Ordinal);
            figure.SaveAs(path);
            Assert.Equal(bytes, File.ReadAllBytes(path));
        }
        Assert.Contains(".pdf", Assert.Throws<InputException>(() => Figure.RequireFormat("figure.jpg")).Message, StringComparison.Ordinal);
    }

    // H alpha of redshift 0.1 lies at 7221 Å, inside the file.
    [Theory]
    [InlineData(InventedSurveys.Redshift, true)]
    [InlineData(-9, false)]
    public void Lines_are_marked_where_there_is_a_redshift(double redshift, bool isKnown)
    {
        var spectrum = InspectedSpectrum.Read(Sdss(redshift), new SurveyOptions());
        var figure = InspectedFigure.Make("a", spectrum);
        var path = _folder.File("figure.svg");
        figure.SaveAs(path);
        var svg = File.ReadAllText(path);
        Assert.Equal(isKnown, svg.Contains("Hα", StringComparison.Ordinal));
        Assert.Equal(isKnown, svg.Contains("at rest", StringComparison.Ordinal));
        Assert.Equal(!isKnown, figure.Title.Contains("no redshift", StringComparison.Ordinal));
        Assert.Contains("sdss-spec", figure.Title, StringComparison.Ordinal);
        Assert.Contains("4565525861424406528", figure.Title, StringComparison.Ordinal);
    }

    [Fact]
    public void A_spectrum_is_chosen_by_identifier_or_number()
    {
        var path = InventedDataset.Write(_folder.File("d.h5"), 4);
        var options = new SurveyOptions();
        Assert.Equal(0, InspectedSpectrum.Read(path, options).Number);
        var chosen = InspectedSpectrum.Read(path, options, "id2");
        Assert.Equal(2, chosen.Number);
        Assert.Equal(chosen.Flux, InspectedSpectrum.Read(path, options, "2").Flux);
        Assert.Equal(0.014, chosen.Redshift, 1e-12);
        Assert.True(chosen.IsRest);
        Assert.Equal(InventedDataset.Error, chosen.Error[50], 1e-6);
        var refusal = Assert.Throws<InputException>(() => InspectedSpectrum.Read(path, options, "id9"));
        Assert.Contains("'id9'", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("0 to 3", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("a dataset of Galatent with 4 spectra", SurveyInspection.Describe(path, options)[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_a_survey_says_what_it_holds_when_a_spectrum_is_not_there()
    {
        var refusal = Assert.Throws<InputException>(() => InspectedSpectrum.Read(Sdss(0.1), new SurveyOptions(), "7"));
        Assert.Contains("one spectrum, number 0", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("4565525861424406528", refusal.Message, StringComparison.Ordinal);
    }

    private string Sdss(double redshift)
    {
        var path = _folder.File("a.fits");
        using var file = File.Create(path);
        InventedSurveys.Sdss(file, redshift: redshift);
        return path;
    }
}
