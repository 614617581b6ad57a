using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Galatent.Report;
using Galatent.Report.Page;
using Galatent.Report.Runs;
using Galatent.Tests.Exports.Explorer;

namespace Galatent.Tests.Report.Page;

/// <summary>The report on paper and under the pointer, by Chromium. Skipped where there is none.</summary>
public sealed partial class PrintedReportTests : IDisposable
{
    private const double PointsPerInch = 72;

    // A heading lower than this on its page would stand without what it heads: points above the lower edge of the paper, whose
    // margin is 12 mm.
    private const double LowestHeading = 34 + 40;

    private static readonly Lazy<RunResults> Run = new(() =>
        InventedRun.Make(InventedRun.CoarseGrid, 250, 0.1, 0.3, 0.9) with
        {
            RepeatCommands = string.Join('\n', Enumerable.Range(0, 12).Select(i => $"galatent step {i} --with a-rather-long-option {i}")),
        }
    );

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(8.5, 11)]
    [InlineData(8.27, 11.69)]
    public async Task On_paper_no_heading_is_left_alone_and_nothing_is_cut(double widthInch, double heightInch)
    {
        await using var browser = await Browser.Open(
            ReportPage.Write(Run.Value, _folder.Path, null, TestContext.Current.CancellationToken)
        );
        var pdf = Encoding.Latin1.GetString(await browser.Print(widthInch, heightInch));
        var pages = PageObject().Count(pdf);
        var figures = FigureCatalogue.All(Run.Value).Count;
        // A page for each large figure at most, and two for tables and terms.
        Assert.InRange(pages, figures / 2, figures + 2);
        double[] heights = [.. MediaBox().Matches(pdf).Select(m => double.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture))];
        Assert.All(heights, h => Assert.Equal(heightInch * PointsPerInch, h, 1.0));
        double[] places = [.. Destination().Matches(pdf).Select(m => double.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture))];
        Assert.True(places.Length >= 10, $"The outline has {places.Length} headings.");
        Assert.All(places, y => Assert.True(y > LowestHeading, $"A heading stands {y:F0} points above the edge of the paper."));
        // The text is 12 mm narrower than the paper on either side.
        await browser.AsOnPaper((int)((widthInch - (2 * 12 / 25.4)) * 96));
        Assert.Equal(
            "[]",
            await browser.Evaluate(
                "JSON.stringify([...document.querySelectorAll('main *, header *')].filter(e => e.offsetParent && "
                    + "(e.getBoundingClientRect().right > document.documentElement.clientWidth + 1 || e.scrollWidth > e.clientWidth + 1 && "
                    + "getComputedStyle(e).overflowX !== 'visible')).map(e => e.tagName + '.' + e.className).slice(0, 9))"
            )
        );
        // What is folded on the screen is open on paper.
        Assert.Equal(
            "true",
            await browser.Evaluate(
                "String([...document.querySelectorAll('details table')].every(t => t.getBoundingClientRect().height > 20))"
            )
        );
        Assert.Empty(browser.Errors);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Values_stand_under_the_pointer_where_scripts_run(bool scripts)
    {
        var run = Run.Value;
        await using var browser = await Browser.Open(
            ReportPage.Write(run, _folder.Path, null, TestContext.Current.CancellationToken),
            scripts
        );
        if (!scripts)
        {
            // Without them the page is whole, and nothing is shown that does not work.
            Assert.Equal("0", await browser.Evaluate("document.querySelectorAll('.readout').length"));
            Assert.Equal("true", await browser.Evaluate("String([...document.images].every(i => i.complete && i.naturalWidth > 0))"));
            return;
        }
        // The middle of the first panel of the error by wavelength.
        var at = await browser.Evaluate(
            "(() => { const i = document.querySelector('#figure-error-by-wavelength img'); i.scrollIntoView({block: 'center'}); "
                + "const r = i.getBoundingClientRect(); return `${r.left + r.width * 0.5} ${r.top + r.height * 0.3}`; })()"
        );
        double[] place = [.. at.Split(' ').Select(p => double.Parse(p, CultureInfo.InvariantCulture))];
        await browser.Point(place[0], place[1]);
        var rows = (await browser.Evaluate("[...document.querySelectorAll('.readout div')].map(d => d.textContent).join('|')")).Split('|');
        Assert.StartsWith("Wavelength [Å], vacuum: ", rows[0], StringComparison.Ordinal);
        var wavelength = double.Parse(rows[0][(rows[0].LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture);
        var pixel = run.Grid.Nearest(wavelength);
        var expected = run.Models[0].Analysis.Error.MeanSquaredError[pixel];
        var row = Assert.Single(rows, r => r.StartsWith("β = 0.1: ", StringComparison.Ordinal));
        var shown = double.Parse(row[9..].Replace('\u2212', '-'), CultureInfo.InvariantCulture);
        Assert.Equal(expected, shown, 0.01 * expected);
        Assert.Empty(browser.Errors);
    }

    [GeneratedRegex(@"/Type\s*/Page\b")]
    private static partial Regex PageObject();

    [GeneratedRegex(@"/MediaBox\s*\[0 0 [0-9.]+ ([0-9.]+)\]")]
    private static partial Regex MediaBox();

    [GeneratedRegex(@"/Dest\s*\[\d+ 0 R\s*/XYZ [0-9.]+ ([0-9.]+)")]
    private static partial Regex Destination();
}
