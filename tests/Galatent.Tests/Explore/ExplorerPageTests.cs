using System.Globalization;
using System.Text.Json;
using Galatent.Explore.Server;
using Galatent.Explore.Site;
using Galatent.Latents;
using Galatent.Networks;
using Galatent.Tests.Exports.Explorer;

namespace Galatent.Tests.Explore;

/// <summary>The explorer's page in Chromium, live and exported.</summary>
public sealed class ExplorerPageTests(ExploredFolder folder) : IClassFixture<ExploredFolder>, IAsyncLifetime
{
    private const int Minutes = 300_000;

    private ExplorerServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await folder.Serve();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact(Timeout = Minutes)]
    public async Task It_opens_quietly_on_the_first_view_and_asks_only_its_own_program()
    {
        await using var browser = await Browser.Visit(_server.AddressWithToken);
        Assert.Contains("z00 shares most with gas metallicity", await Text(browser, "#sentence"), StringComparison.Ordinal);
        Assert.Equal("z00", await browser.Evaluate("document.getElementById('axis-x').value"));
        Assert.All(browser.Requests, r => Assert.StartsWith(_server.Address, r, StringComparison.Ordinal));
        Assert.Empty(browser.Errors);
        // The token has left the address, and the pictures are painted.
        Assert.DoesNotContain(_server.Token, await browser.Evaluate("location.href"), StringComparison.Ordinal);
        foreach (var canvas in new[] { "map-base", "map-over", "map-key", "spectrum" })
        {
            Assert.True(await Painted(browser, canvas) > 0.001, $"{canvas} is blank.");
        }
    }

    [Fact(Timeout = Minutes)]
    public async Task The_sentence_speaks_of_the_axes()
    {
        await using var browser = await Browser.Visit(_server.AddressWithToken);
        var first = await Text(browser, "#sentence");
        await Do(browser, "galatent.store.set({ x: 'z02', y: 'z05' })");
        var other = await Text(browser, "#sentence");
        // z02's information with dust is not significant, but its error reaches that with gas metallicity.
        Assert.Matches("^z02 is not known to share more .* than with gas .*Of all parameters z05 shares most with dust", other);
        await Do(browser, "galatent.store.set({ colour: 'dust2' })");
        // 0.4 and 0.1 nat; z02's 0.2 is not significant, but its error reaches 0.4.
        Assert.Matches("^No dimension is known to share more with dust.* than z05, 0\\.40", await Text(browser, "#sentence"));
        await Do(browser, "galatent.store.set({ y: 'z00', colour: 'log_z_gas' })");
        Assert.Equal(first, await Text(browser, "#sentence"));
    }

    [Fact(Timeout = Minutes)]
    public async Task Its_decoder_is_the_library_s_to_1e_4_at_the_ends_of_every_dimension()
    {
        await using var browser = await Browser.Visit(_server.AddressWithToken);
        var latents = LatentFile.Read(Path.Combine(folder.Run, "beta-0.3", "latents.h5"));
        using var engine = VaeModel.Load(Path.Combine(folder.Run, "beta-0.3"), new ComputeOptions { Threads = 1 });
        foreach (var d in ExploredFolder.InUse)
        {
            foreach (var end in new[] { latents.MuColumn(d).Min(), latents.MuColumn(d).Max() })
            {
                var z = latents.MeanOf(5).ToArray();
                z[d] = (float)end;
                var expected = engine.Decode(z, 1);
                var call = $"galatent.decoding.decode({JsonSerializer.Serialize(z)}).then(f => JSON.stringify([...f]))";
                var found = JsonSerializer.Deserialize<float[]>(await browser.Evaluate(call))!;
                Assert.True(expected.Zip(found, (e, f) => Math.Abs(e - f) / Math.Max(1, Math.Abs(e))).Max() < 1e-4);
            }
        }
    }

    [Fact(Timeout = Minutes)]
    public async Task A_lasso_selects_the_points_inside_and_survives_a_reload_and_undo()
    {
        await using var browser = await Browser.Visit(_server.AddressWithToken);
        await Do(browser, "galatent.store.set({ lasso: [[-1, -1], [1, -1], [1.5, 1], [-0.5, 2]], tab: 'selection' })");
        var latents = LatentFile.Read(Path.Combine(folder.Run, "beta-0.3", "latents.h5"));
        var scale = latents.MuColumn(0).Max();
        // In units of the data, so that some lie inside.
        (double X, double Y)[] polygon = [(-0.8 * scale, -0.8 * scale), (scale, -0.9 * scale), (0.5 * scale, 0.9 * scale)];
        await Do(browser, $"galatent.store.set({{ lasso: {JsonSerializer.Serialize(polygon.Select(p => new[] { p.X, p.Y }))} }})");
        var expected = Enumerable.Range(0, latents.Count).Count(i => Inside(polygon, latents.MeanOf(i)[0], latents.MeanOf(i)[2]));
        Assert.InRange(expected, 5, latents.Count - 5);
        Assert.Equal($"{expected}", await Count(browser));
        await Task.Delay(400, TestContext.Current.CancellationToken);
        await browser.Evaluate("location.reload()");
        await Task.Delay(500, TestContext.Current.CancellationToken);
        await browser.Idle();
        Assert.Equal($"{expected}", await Count(browser));
        await Do(browser, "galatent.store.set({ lasso: null })");
        Assert.Equal("", await Count(browser));
        await Do(browser, "galatent.store.undo()");
        Assert.Equal($"{expected}", await Count(browser));
        Assert.Empty(browser.Errors);
    }

    [Fact(Timeout = Minutes)]
    public async Task Sliders_follow_keys_and_two_hundred_moves_end_on_the_last()
    {
        await using var browser = await Browser.Visit(_server.AddressWithToken);
        await browser.Evaluate("document.querySelector('#panel-dimensions input[type=range]').focus()");
        await browser.Press("ArrowRight");
        await browser.Idle();
        Assert.Equal("true", await browser.Evaluate("galatent.isMoved"));
        Assert.Equal("change", await browser.Evaluate("galatent.spectrum.lower.name"));
        await browser.Evaluate("for (let i = 0; i < 200; i++) galatent.setSlider(2, i / 100)");
        await browser.Idle();
        Assert.Equal("1.99", await browser.Evaluate("galatent.z[2].toFixed(2)"));
        var isLast = await browser.Evaluate(
            "galatent.decoding.decode(galatent.z).then(f => String(f.every((v, p) => v === galatent.decoded[p])))"
        );
        Assert.Equal("true", isLast);
    }

    // Large networks are decoded in a worker: the same numbers, and of three questions at once the second is left out.
    [Fact(Timeout = Minutes)]
    public async Task A_worker_decodes_the_same_and_only_the_newest()
    {
        await using var browser = await Browser.Visit(_server.AddressWithToken);
        const string Script = """
            (async () => {
              const { Posted } = await import('./posted.js');
              const posted = new Posted(await galatent.source.decoder(galatent.model));
              const expected = await galatent.decoding.decode(galatent.z);
              const other = galatent.z.map(v => v + 1);
              const [first, second, third] = await Promise.all([other, other, galatent.z].map(z => posted.newest(z)));
              const whole = await posted.ask(galatent.z);
              posted.end();
              const isSame = f => f.every((v, p) => v === expected[p]);
              return JSON.stringify([isSame(first), second === null, isSame(third), isSame(whole)]);
            })()
            """;
        Assert.Equal("[false,true,true,true]", await browser.Evaluate(Script));
        Assert.Empty(browser.Errors);
    }

    // Moves before the galaxy is there, and a play that something else ends, leave no error and no wrong place.
    [Fact(Timeout = Minutes)]
    public async Task Early_moves_wait_and_a_play_ends_when_something_else_moves()
    {
        await using var browser = await Browser.Visit(_server.AddressWithToken);
        await Do(browser, "galatent.base.model = null; galatent.setSlider(2, 0.5)");
        Assert.Equal("false", await browser.Evaluate("galatent.isMoved"));
        await Do(browser, "galatent.showBase()");
        Assert.Equal("0.50", await browser.Evaluate("galatent.z[2].toFixed(2)"));
        await browser.Evaluate("document.querySelector('[aria-label=\"Play z00\"]').click()");
        await Task.Delay(300, TestContext.Current.CancellationToken);
        Assert.Equal("true", await browser.Evaluate("Boolean(galatent.parts.dimensions.playing)"));
        await Do(browser, "galatent.pin(7)");
        Assert.Equal("false", await browser.Evaluate("Boolean(galatent.parts.dimensions.playing)"));
        await Task.Delay(300, TestContext.Current.CancellationToken);
        Assert.Equal("false", await browser.Evaluate("galatent.isMoved"));
        Assert.Empty(browser.Errors);
    }

    [Fact(Timeout = Minutes)]
    public async Task Physics_moves_the_point_and_the_latent_sliders_and_the_inverse_predicts()
    {
        await using var browser = await Browser.Visit(_server.AddressWithToken);
        await Do(browser, "galatent.store.set({ tab: 'physics' })");
        await Do(browser, "for (let i = 0; i < 60; i++) galatent.setPhysics('dust2', 0.2 + i / 100)");
        Assert.Equal("0.790", await browser.Evaluate("galatent.parts.physics.values[4].toFixed(3)"));
        Assert.Equal("true", await browser.Evaluate("galatent.simulated !== null && galatent.isMoved"));
        Assert.Equal(
            "true",
            await browser.Evaluate("galatent.parts.dimensions.rows.every(r => Math.abs(r.value - galatent.z[r.dimension.index]) < 1e-6)")
        );
        await browser.Until("galatent.parts.physics.jacobian !== undefined", "true");
        await Do(browser, "galatent.parts.physics.amount.value = 0.01; galatent.parts.physics.showInverse()");
        Assert.Contains("The smallest change", await Text(browser, ".answer"), StringComparison.Ordinal);
        Assert.Empty(browser.Errors);
    }

    [Fact(Timeout = Minutes)]
    public async Task An_exported_site_shows_the_same_without_the_program()
    {
        var site = folder.Other("site-for-browser");
        StaticSite.Write(folder.Run, site, cancellation: TestContext.Current.CancellationToken);
        using var files = new FileServer(site);
        await using var browser = await Browser.Visit(files.Address);
        Assert.Contains("z00 shares most", await Text(browser, "#sentence"), StringComparison.Ordinal);
        await Do(browser, "galatent.setSlider(0, 0.5)");
        Assert.Equal("true", await browser.Evaluate("galatent.isMoved"));
        await Do(browser, "galatent.store.set({ tab: 'physics' })");
        Assert.Contains("exported page", await Text(browser, "#panel-physics"), StringComparison.Ordinal);
        // What stands for the input spectra is said under them.
        Assert.Contains("principal components", await Text(browser, "#spectrum-remark"), StringComparison.Ordinal);
        Assert.All(browser.Requests, r => Assert.StartsWith(files.Address, r, StringComparison.Ordinal));
        Assert.Empty(browser.Errors);
    }

    [Fact(Timeout = Minutes)]
    public async Task A_page_that_was_opened_from_the_disk_says_what_to_do()
    {
        var site = folder.Other("site-on-disk");
        StaticSite.Write(folder.Run, site, cancellation: TestContext.Current.CancellationToken);
        await using var browser = await Browser.Open(Path.Combine(site, "index.html"));
        Assert.Contains("python3 -m http.server", await Text(browser, "body"), StringComparison.Ordinal);
    }

    [Fact(Timeout = Minutes)]
    public async Task A_foreign_name_for_this_machine_gets_no_page()
    {
        await using var browser = await Browser.Visit(
            _server.AddressWithToken,
            1280,
            720,
            "--host-resolver-rules=MAP evil.example 127.0.0.1"
        );
        await browser.Go($"http://evil.example:{_server.Port}/api/run");
        await browser.Until("location.hostname", "evil.example");
        Assert.Contains("not reached under that name", await Text(browser, "body"), StringComparison.Ordinal);
    }

    private static async Task Do(Browser browser, string act)
    {
        await browser.Evaluate($"{{ {act} }}");
        await browser.Idle();
    }

    private static Task<string> Text(Browser browser, string selector) =>
        browser.Evaluate($"document.querySelector('{selector}').textContent");

    private static Task<string> Count(Browser browser) =>
        browser.Evaluate("document.querySelector('#panel-selection [data-count]')?.dataset.count ?? ''");

    private static async Task<double> Painted(Browser browser, string canvas)
    {
        var share = await browser.Evaluate(
            $"(c => {{ const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data; let n = 0;"
                + $"for (let i = 3; i < d.length; i += 4) n += d[i] > 0; return 4 * n / d.length; }})(document.getElementById('{canvas}'))"
        );
        return double.Parse(share, CultureInfo.InvariantCulture);
    }

    // Even-odd rule, by angles: another way than the page's.
    private static bool Inside((double X, double Y)[] polygon, double x, double y)
    {
        var turn = 0.0;
        for (var i = 0; i < polygon.Length; i++)
        {
            var (a, b) = (polygon[i], polygon[(i + 1) % polygon.Length]);
            var angle = Math.Atan2(b.Y - y, b.X - x) - Math.Atan2(a.Y - y, a.X - x);
            turn += Math.IEEERemainder(angle, 2 * Math.PI);
        }
        return Math.Abs(turn) > Math.PI;
    }
}
