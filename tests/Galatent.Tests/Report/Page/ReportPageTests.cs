using System.Text.RegularExpressions;
using Galatent.Files;
using Galatent.Report;
using Galatent.Report.Drawing;
using Galatent.Report.Page;
using Galatent.Report.Runs;

namespace Galatent.Tests.Report.Page;

public sealed class ReportPageTests : IDisposable
{
    private static readonly Lazy<RunResults> Run = new(() => InventedRun.Make(InventedRun.CoarseGrid, 250, 0.1, 0.3, 0.9));

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void One_page_holds_everything()
    {
        var page = File.ReadAllText(ReportPage.Write(Run.Value, _folder.Path, null, TestContext.Current.CancellationToken));
        // No other file is asked for: pictures are data, and there are neither scripts nor style sheets from elsewhere.
        Assert.All(Regex.Matches(page, @"\b(?:src|href)=""([^""]*)""").Select(m => m.Groups[1].Value), target =>
            Assert.Matches("^(data:image/png;base64,|#)", target)
        );
        Assert.DoesNotMatch(@"<script[^>]*\bsrc|<link|@import|url\(", page);
        var figures = FigureCatalogue.All(Run.Value);
        Assert.Equal(figures.Count, Regex.Count(page, "<figure "));
        Assert.All(figures, f => Assert.Contains($"id=\"figure-{f.Id}\"", page, StringComparison.Ordinal));
        Assert.All(Regex.Matches(page, "base64,([^\"]*)\"").Select(m => Convert.FromBase64String(m.Groups[1].Value)), png =>
            Assert.Equal((byte)'P', png[1])
        );
        foreach (Match link in Regex.Matches(page, "href=\"#([^\"]+)\""))
        {
            Assert.Contains($"id=\"{link.Groups[1].Value}\"", page, StringComparison.Ordinal);
        }
        Assert.True(page.Length < 15_000_000);
        Assert.DoesNotContain("NaN", Regex.Replace(page, "base64,[^\"]*", ""), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_figure_of_the_study_is_repeated_once_and_named()
    {
        var figures = FigureCatalogue.All(Run.Value);
        Assert.Equal(Enumerable.Range(1, 14), figures.Select(f => f.StudyFigure).OfType<int>().Order());
        var page = ReportPage.Compose(Run.Value, figures, _ => []);
        Assert.All(Enumerable.Range(1, 14), n => Assert.Contains($"(Figure {n} of the study.)", page, StringComparison.Ordinal));
    }

    [Fact]
    public void Each_number_of_the_study_has_a_verdict()
    {
        var rows = StudyComparison.Rows(Run.Value).ToDictionary(r => r[0], r => r[^1]);
        Assert.All(rows.Values, v => Assert.Matches("^(agrees( .+)?|(differs|undecided|not comparable): .+|–)$", v));
        Assert.StartsWith("differs", rows["Spectra"], StringComparison.Ordinal);
        Assert.Equal("agrees", rows["Values of β compared"]);
        Assert.Equal("agrees", rows["Squared error of posterior means as β grows"]);
        var other = StudyComparison.Rows(Run.Value with { Models = [Run.Value.Models[2]] }).ToDictionary(r => r[0], r => r[^1]);
        Assert.Equal("not comparable: β = 0.9, the study's is 0.3", other["Most dependent pair of dimensions"]);
    }

    [Theory]
    [InlineData("9-9 7-7 5-5", "agrees")]
    [InlineData("7-7 7-7 5-5", "differs: not at every step")]
    [InlineData("7-7 8-8 5-5", "differs: not at every step")]
    [InlineData("7-8 6-7 5-5", "undecided: within the errors of eq. 11")]
    [InlineData("7-8 6-6 5-5", "agrees")]
    public void Fewer_dimensions_are_fewer_beyond_the_errors(string counts, string verdict) =>
        Assert.Equal(verdict, StudyVerdict.Fewer([.. counts.Split(' ').Select(c => (Low: c[0] - '0', High: c[2] - '0'))]));

    // Two standard errors of this run decide.
    [Theory]
    [InlineData(1.73, 0.01, "agrees")]
    [InlineData(1.72, 0.01, "agrees")]
    [InlineData(0.51, 0.01, "differs: less, by more than two standard errors")]
    [InlineData(1.90, 0.05, "differs: more, by more than two standard errors")]
    public void An_estimate_agrees_within_its_errors(double nat, double error, string verdict) =>
        Assert.Equal(verdict, StudyVerdict.Information(nat, error, 1.73, ""));

    [Fact]
    public void The_chapter_on_methods_holds_network_recipe_and_parameters()
    {
        var page = ReportPage.Compose(Run.Value, FigureCatalogue.All(Run.Value), _ => []);
        foreach (
            var text in new[] { "What was asked", "What was found", "schematic-network", "Learning rate", "table 1 of the study", "D₂" }
        )
        {
            Assert.Contains(text, page, StringComparison.Ordinal);
        }
        // The study's eight, in its order, with their extremes in this run.
        var table = ParameterTable.Of(Run.Value)!;
        Assert.Equal(
            ["log_mass", "log_z_star", "log_z_gas", "redshift", "dust1", "dust_index", "dust2", "log_sfr"],
            table.Texts("parameter")
        );
        var mass = Run.Value.Parameters.Single(p => p.Name == "log_mass").Values;
        Assert.Equal(mass.Min(), table.Doubles("minimum")[0], 1e-4);
        Assert.Equal(mass.Max(), table.Doubles("maximum")[0], 1e-4);
        Assert.InRange(mass.Count(m => m < table.Doubles("percentile_16")[0]) / (double)mass.Length, 0.14, 0.18);
        Assert.Null(ParameterTable.Of(Run.Value with { Parameters = [] }));
    }

    [Theory]
    [InlineData("r25", "redshift", true)]
    [InlineData("ch1_26, decorrelated", "dust2", true)]
    [InlineData("uniform, zmax 2", "log_z_gas", true)]
    [InlineData("r25, dust-depth alsing", "dust2", false)]
    [InlineData("observed", "redshift", false)]
    public void A_prior_is_told_where_it_is_known(string population, string quantity, bool isKnown) =>
        Assert.Equal(isKnown, Galatent.Synthesis.Galaxies.PopulationPriors.Of(population, quantity) is not null);

    [Fact]
    public void The_study_stands_beside_the_run()
    {
        var page = ReportPage.Compose(Run.Value, [], _ => []);
        foreach (var text in new[] { "7 of 32", "1.73 nat", "0.005 nat", "100 000", "0.1, 0.3, 0.9", "250" })
        {
            Assert.Contains(text, page, StringComparison.Ordinal);
        }
        Assert.Contains($"{Run.Value.Chosen.Analysis.Informative.Length} of {InventedRun.Dimensions}", page, StringComparison.Ordinal);
    }

    // Nothing that is known of simulated galaxies only may be said of observed ones.
    [Fact]
    public void The_page_of_observed_spectra_makes_sense_without_the_eight_parameters()
    {
        var run = Observed(Run.Value.Parameters.Where(p => p.Name == "redshift"));
        var page = File.ReadAllText(ReportPage.Write(run, _folder.Path, null, TestContext.Current.CancellationToken));
        foreach (var misleading in new[] { "s in the study", "1.73", "made from", "beside the study", "population\nsynthesis", "NaN " })
        {
            var words = Regex.Replace(page, "base64,[^\"]*|<script.*?</script>", "", RegexOptions.Singleline);
            Assert.DoesNotContain(misleading, words, StringComparison.Ordinal);
        }
        foreach (var said in new[] { "What was looked at", "sdss-spec", "7.5 % of", "redshift is known", "no verdict", "Bad pixel" })
        {
            Assert.Contains(said, page, StringComparison.Ordinal);
        }
        // The only parameter has its figures; no panel is of another one.
        Assert.Contains("figure-mi-parameters", page, StringComparison.Ordinal);
        Assert.DoesNotContain("stellar mass", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_any_parameter_a_sentence_says_so()
    {
        var page = ReportPage.Compose(Observed([]), FigureCatalogue.All(Observed([])), _ => []);
        Assert.Contains("none is known", page, StringComparison.Ordinal);
        var table = Run.Value with
        {
            Parameters = [],
            Models = [.. Run.Value.Models.Select(m => m with { Analysis = m.Analysis with { Parameters = null } })],
        };
        Assert.Contains("none of the eight parameters", ReportPage.Compose(table, [], _ => []), StringComparison.Ordinal);
        Assert.DoesNotContain("none of the eight", ReportPage.Compose(Run.Value, [], _ => []), StringComparison.Ordinal);
    }

    // A sixth of the grid at either end is bad in the example spectra; the line at the blue end is left out.
    [Fact]
    public void Filled_pixels_are_not_drawn_as_data()
    {
        var run = Observed([]);
        var captions = FigureCatalogue.All(run).ToDictionary(f => f.Id, f => f.Caption);
        Assert.Contains("left out", captions["lines"], StringComparison.Ordinal);
        Assert.DoesNotContain("Lyα with", captions["lines"], StringComparison.Ordinal);
        Assert.Contains("leave gaps", captions["example-spectra"], StringComparison.Ordinal);
        Assert.Contains("at least half", captions["error-by-wavelength"], StringComparison.Ordinal);
        Assert.All(captions.Values, c => Assert.DoesNotMatch(new Regex("NaN|Infinity|∞"), c));
        var (low, high) = run.ShownRange;
        Assert.InRange(low, 1500, 2600);
        Assert.InRange(high, 8400, 9500);
    }

    private static RunResults Observed(IEnumerable<ParameterColumn> parameters)
    {
        var run = Run.Value;
        var pixels = run.Grid.Count;
        var good = Enumerable.Range(0, pixels).Select(j => j < pixels / 6 || j >= pixels * 5 / 6 ? 0.0 : 1.0).ToArray();
        var mask = Array.ConvertAll(good, g => (byte)(1 - g));
        ParameterColumn[] known = [.. parameters];
        return run with
        {
            Manifest = null,
            Parameters = known,
            Provenance = run.Provenance with { Population = "observed", Source = "sdss-spec" },
            Gaps = new RunGaps(
                0.075,
                good,
                run.Models.SelectMany(m => m.Analysis.Examples).Select(e => e.Spectrum).Distinct().ToDictionary(r => r, _ => mask)
            ),
            Models =
            [
                .. run.Models.Select(m =>
                    m with
                    {
                        IsWeighted = true,
                        Analysis = known.Length > 0 ? m.Analysis : m.Analysis with { Parameters = null },
                    }
                ),
            ],
        };
    }

    [Fact]
    public void Text_from_files_cannot_become_markup()
    {
        const string script = "<script>alert(\"x\")</script> & more";
        var run = Run.Value with { Manifest = InventedRun.Manifest(250, 0.3) with { Population = script }, RepeatCommands = script };
        var page = ReportPage.Compose(run, [], _ => []);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; more", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.123456, 3, "0.123")]
    [InlineData(6682, 4, "6682")]
    [InlineData(-2.5, 2, "−2.5")]
    [InlineData(1.5e-7, 2, "1.5 × 10⁻⁷")]
    [InlineData(double.NaN, 3, "undefined")]
    [InlineData(0, 3, "0")]
    public void Numbers_read_well(double value, int digits, string text) => Assert.Equal(text, Wording.Number(value, digits));

    [Fact]
    public void Labels_keep_their_order_and_distance()
    {
        float[] wanted = [10, 100, 101, 102, 500, 995];
        var places = FeatureLabels.Spread(wanted, 0, 1000);
        Assert.Equal(10, places[0]);
        Assert.Equal(101, places[2], 0.01f);
        Assert.All(places.Zip(places.Skip(1)), p => Assert.True(p.Second - p.First >= 13.99f));
    }
}
