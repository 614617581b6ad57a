using System.Text.Json.Nodes;
using Deque.AxeCore.Commons;
using Galatent.Explore.Server;
using Galatent.Tests.Exports.Explorer;
using Microsoft.Playwright;

namespace Galatent.Tests.Explore;

/// <summary>The explorer for people who do not see it, or have no mouse: axe-core's rules in every state, light and dark, and a first
/// minute by keys alone.</summary>
public sealed class AccessibilityTests(ExploredFolder folder) : IClassFixture<ExploredFolder>, IAsyncLifetime
{
    private const int Minutes = 300_000;

    // Axe's own script; it runs as DevTools does, so the policy of the page is not loosened for it.
    private static readonly string Axe = ReadAxe();

    private ExplorerServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await folder.Serve();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory(Timeout = Minutes)]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Axe_finds_nothing_serious_in_any_state(ColorScheme scheme)
    {
        await using var browser = await Browser.Visit(_server.AddressWithToken);
        await browser.Prefer(scheme);
        await browser.Evaluate(Axe + "; 0");
        string[] states =
        [
            "galatent.store.set({ tab: 'dimensions' }); galatent.setSlider(0, 0.5)",
            "galatent.store.set({ tab: 'physics' })",
            "galatent.store.set({ tab: 'information' })",
            "galatent.store.set({ tab: 'selection', lasso: [[-3, -3], [3, -3], [3, 3], [-3, 3]] })",
            "galatent.store.set({ tab: 'yours' })",
            "document.getElementById('help').click()",
        ];
        foreach (var state in states)
        {
            await browser.Evaluate($"{{ {state} }}");
            await browser.Idle();
            Assert.Empty(await Violations(browser, state));
        }
    }

    [Fact(Timeout = Minutes)]
    public async Task The_first_minute_needs_no_mouse()
    {
        await using var browser = await Browser.Visit(_server.AddressWithToken);
        // From the top of the page the Tab key reaches the map, the spectrum, the open tab and a slider.
        var reached = new List<string>();
        for (var press = 0; press < 60; press++)
        {
            await browser.Press("Tab");
            reached.Add(await browser.Evaluate("document.activeElement.id || document.activeElement.type || ''"));
        }
        Assert.All(["axis-x", "map-over", "spectrum", "tab-dimensions", "range"], part => Assert.Contains(part, reached));
        await browser.Evaluate("document.getElementById('map-over').focus()");
        var before = await browser.Evaluate("JSON.stringify(galatent.store.state.pins)");
        await browser.Press("ArrowRight");
        await browser.Press("Enter");
        await browser.Idle();
        Assert.NotEqual(before, await browser.Evaluate("JSON.stringify(galatent.store.state.pins)"));
        // Arrows go from tab to tab.
        await browser.Evaluate("document.getElementById('tab-dimensions').focus()");
        await browser.Press("ArrowRight");
        await browser.Idle();
        Assert.Equal("physics", await browser.Evaluate("galatent.store.state.tab"));
        Assert.Equal("tab-physics", await browser.Evaluate("document.activeElement.id"));
        Assert.Empty(browser.Errors);
    }

    private static async Task<string[]> Violations(Browser browser, string state)
    {
        var json = await browser.Evaluate("axe.run(document).then(r => JSON.stringify([r.violations, r.passes.length]))");
        var found = JsonNode.Parse(json)!;
        Assert.True((int)found[1]! > 20, $"{state}: axe looked at next to nothing.");
        return
        [
            .. found[0]!
                .AsArray()
                .Where(v => (string?)v!["impact"] is "serious" or "critical")
                .Select(v => $"{state}: {v!["id"]} ({v["help"]}) at {v["nodes"]![0]!["target"]!.ToJsonString()}"),
        ];
    }

    private static string ReadAxe()
    {
        var assembly = typeof(AxeRunOptions).Assembly;
        var name = assembly.GetManifestResourceNames().Single(n => n.EndsWith("axe.min.js", StringComparison.Ordinal));
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
