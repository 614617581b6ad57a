using System.Globalization;
using System.Text.Json;
using Galatent.Exports.Explorer;
using Galatent.Networks;
using Galatent.Report.Page;
using Galatent.Tests.Report;

namespace Galatent.Tests.Exports.Explorer;

/// <summary>The page with sliders in Chromium, opened from the disk.</summary>
public sealed class BrowserTests : IDisposable
{
    private const string Explorer = "document.querySelector('.explorer').galatent";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(StoredModels.StudyPixels, false)]
    [InlineData(StoredModels.StudyPixels, true)]
    [InlineData(226, false)]
    public async Task Its_decoder_agrees_with_the_engine_to_a_hundredth_of_the_continuum(int pixels, bool linearPath)
    {
        var model = StoredModels.Make(pixels, new NetworkOptions { LinearPath = linearPath, OutputCalibration = linearPath });
        await using var browser = await Browser.Open(Page(model));
        using var engine = StoredModels.Engine(model);
        var z = StoredModels.Normals(32, 1.5, 0);
        var expected = new float[pixels];
        engine.Decode(z, expected);
        var found = JsonSerializer.Deserialize<float[]>(
            await browser.Evaluate($"JSON.stringify([...{Explorer}.decoder.decode({JsonSerializer.Serialize(z)})])")
        )!;
        // The continuum is 1 by normalisation.
        Assert.True(expected.Max() - expected.Min() > 0.5, "The spectrum is flat: nothing is compared.");
        Assert.True(expected.Zip(found, (e, f) => Math.Abs(e - f)).Max() < 1e-2);
        Assert.Empty(browser.Requests);
        Assert.Empty(browser.Errors);
    }

    [Fact]
    public async Task Sliders_are_moved_by_keys_and_reset()
    {
        await using var browser = await Browser.Open(Page(StoredModels.Make(226, new NetworkOptions())));
        Assert.Equal("11", await browser.Evaluate("document.querySelectorAll('.explorer input').length"));
        var before = await Value(browser);
        await browser.Evaluate("document.querySelector('.explorer input').focus()");
        for (var i = 0; i < 20; i++)
        {
            await browser.Press("ArrowRight");
        }
        await Frame(browser);
        var moved = await Value(browser);
        // Twenty of 400 steps over the range of the data and 12 per cent beyond either end.
        var dimension = JsonSerializer.Deserialize<JsonElement>(await browser.Evaluate($"JSON.stringify({Explorer}.rows[0].dimension)"));
        var span = dimension.GetProperty("high").GetDouble() - dimension.GetProperty("low").GetDouble();
        Assert.Equal(20 * 1.24 * span / 400, moved - before, 1.24 * span / 400);
        Assert.Equal("true", await browser.Evaluate($"{Explorer}.flux.some((f, i) => Math.abs(f - {Explorer}.start[i]) > 1e-3)"));
        await browser.Evaluate("document.querySelector('.explorer button').click()");
        await Frame(browser);
        Assert.Equal(before, await Value(browser));
        Assert.Equal("true", await browser.Evaluate($"{Explorer}.flux.every((f, i) => f === {Explorer}.start[i])"));
        // Something is drawn.
        var drawn = await browser.Evaluate(
            "(c => c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some(v => v > 0))"
                + "(document.querySelector('.explorer canvas'))"
        );
        Assert.Equal("true", drawn);
        Assert.Empty(browser.Errors);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_report_has_the_sliders_where_scripts_run(bool scripts)
    {
        var run = InventedRun.Make(InventedRun.CoarseGrid, 60, 0.3);
        var model = StoredModels.Make(
            InventedRun.CoarseGrid.Count,
            new NetworkOptions { LatentDimensions = InventedRun.Dimensions, Channels = [4, 8, 8] }
        );
        var element = ExplorerPart.Element(model, ExplorerSource.Of(run.Chosen.Latents, run.Chosen.Analysis));
        var path = _folder.File("report.html");
        File.WriteAllText(path, ReportPage.Compose(run, [], _ => [], element));
        await using var browser = await Browser.Open(path, scripts);
        Assert.Equal(scripts, await browser.Evaluate("document.querySelector('.explorer').checkVisibility()") == "true");
        Assert.Equal(scripts ? "6" : "0", await browser.Evaluate("document.querySelectorAll('.explorer input').length"));
        Assert.Equal("true", await browser.Evaluate("document.querySelector('h1').checkVisibility()"));
        Assert.Empty(browser.Requests);
        Assert.Empty(browser.Errors);
    }

    private string Page(StoredModel model)
    {
        var path = _folder.File("page.html");
        File.WriteAllText(path, ExplorerPage.Compose(model, new ExplorerSource(StoredModels.Latents(32))));
        return path;
    }

    private static async Task<double> Value(Browser browser) =>
        double.Parse(await browser.Evaluate($"{Explorer}.rows[0].value"), CultureInfo.InvariantCulture);

    private static Task<string> Frame(Browser browser) =>
        browser.Evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(1))))");
}
