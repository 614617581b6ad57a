using System.Text.RegularExpressions;
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
        Assert.DoesNotMatch(@"<script|<link|@import|url\(", page);
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
    public void The_study_stands_beside_the_run()
    {
        var page = ReportPage.Compose(Run.Value, [], _ => []);
        foreach (var text in new[] { "7 of 32", "1.73 nat", "0.005 nat", "100 000", "0.1, 0.3, 0.9", "250" })
        {
            Assert.Contains(text, page, StringComparison.Ordinal);
        }
        Assert.Contains($"{Run.Value.Chosen.Analysis.Informative.Length} of {InventedRun.Dimensions}", page, StringComparison.Ordinal);
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
