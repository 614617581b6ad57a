using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Galatent.Explore.Server;
using Galatent.Explore.Site;
using Galatent.Tests.Exports.Explorer;

namespace Galatent.Tests.Explore;

/// <summary>Times of the explorer, for docs/explorer.md. They run by name alone, on a quiet machine:
/// <c>GALATENT_RUN=galatent-run Galatent.Tests --explicit only --filter-class *ExplorerMeasurements</c>.</summary>
public sealed class ExplorerMeasurements(ITestOutputHelper output)
{
    private const int Clients = 50;
    private const int Seconds = 60;

    // In the page, where a browser driver's own delays do not count. Normal columns of other lengths take the place of the run's.
    private const string InPage = """
        (async () => {
          const at = (a, q) => [...a].sort((x, y) => x - y)[Math.round(q * (a.length - 1))].toFixed(1);
          const told = t => `median ${at(t, .5)}, p95 ${at(t, .95)} ms`;
          const time = (n, f) => {
            const t = [];
            for (let i = 0; i < n; i++) {
              const s = performance.now();
              f(i);
              t.push(performance.now() - s);
            }
            return told(t);
          };
          const drawn = () => new Promise(done => requestAnimationFrame(() => setTimeout(done)));
          const m = galatent.map, out = {};
          out.map = `${m.splat.width} x ${m.splat.height} pixels`;
          out.spectrum = time(60, () => galatent.spectrum.drawNow());
          const plain = galatent.spectrum.drawNow;
          let last = 0;
          let first = 0, shown = null;
          galatent.spectrum.drawNow = function () {
            plain.apply(this);
            last = performance.now();
            if (galatent.simulated !== shown) first ||= last;
          };
          const until = async moved => {
            const s = performance.now();
            [first, shown] = [0, galatent.simulated];
            moved();
            while (document.body.dataset.state !== 'idle') await drawn();
            await drawn();
            return [first - s, last - s];
          };
          const slider = [], decoded = [], physics = [], reconstructed = [];
          const { index } = galatent.model.dimensions[0];
          for (let i = 0; i < 60; i++) {
            slider.push((await until(() => galatent.setSlider(index, i / 40 - 0.7)))[1]);
            decoded.push(galatent.decoding.lastMilliseconds ?? NaN);
          }
          out['latent slider to drawn'] = told(slider);
          out['decoded'] = told(decoded);
          galatent.store.set({ tab: 'physics' });
          await until(() => {});
          for (let i = 0; i < 60; i++) {
            const [spectrum, all] = await until(() => galatent.setPhysics('dust2', 0.2 + i / 200));
            physics.push(spectrum);
            reconstructed.push(all);
          }
          out['physics slider to the simulated spectrum drawn'] = told(physics);
          out['physics slider to its reconstruction drawn'] = told(reconstructed);
          const { inside } = await import('./splat.js');
          const gauss = () => Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(6.283 * Math.random());
          const normal = n => Float32Array.from({ length: n }, gauss);
          const column = n => ({ name: 'a' + Math.random(), label: 'a', unit: '', categories: [], values: normal(n) });
          for (const n of [galatent.run.count, 100000, 1000000]) {
            if (n !== galatent.run.count) m.show({ x: column(n), y: column(n), colour: column(n) });
            out[`${n}: frame`] = time(60, () => m.drawNow());
            const corners = Array.from({ length: 60 }, (_, i) => [Math.cos(i / 9.55), Math.sin(i / 9.55)]);
            out[`${n}: lasso of 60 corners`] = time(20, () => inside(corners, m.columns.x.values, m.columns.y.values));
            out[`${n}: galaxy under the pointer`] = time(100, i => m.nearest(50 + 3 * i, 200));
            out[`${n}: another colour`] = time(10, () => {
              m.columns = { ...m.columns, colour: { ...m.columns.colour, counts: undefined } };
              m.recolour();
              m.drawNow();
            });
          }
          return JSON.stringify(out);
        })()
        """;

    private static string Folder
    {
        get
        {
            var run = Environment.GetEnvironmentVariable("GALATENT_RUN");
            Assert.SkipWhen(run is null, "Set GALATENT_RUN to the folder of a run.");
            return run!;
        }
    }

    [Fact(Explicit = true)]
    public async Task Page()
    {
        var start = Stopwatch.GetTimestamp();
        await using var server = await ExplorerServer.Start(new ExploreOptions(Folder) { Threads = 2 }, Say);
        Say($"server answers after {Stopwatch.GetElapsedTime(start).TotalSeconds:F2} s");
        await using var browser = await Browser.Visit(server.AddressWithToken, 1920, 785);
        Say($"first view, Chromium's start and 0.2 s of waiting included: {Stopwatch.GetElapsedTime(start).TotalSeconds:F2} s");
        var state = "JSON.stringify([document.body.dataset.state, document.getElementById('message').textContent, galatent.tasks])";
        Say(await browser.Evaluate(state) + string.Join(' ', browser.Errors));
        var usable = "(performance.getEntriesByName('usable')[0]?.startTime / 1000).toFixed(2)";
        Say($"in the page: usable {await browser.Evaluate(usable)} s after navigation");
        var times = JsonSerializer.Deserialize<Dictionary<string, string>>(await browser.Evaluate(InPage))!;
        foreach (var (what, time) in times)
        {
            Say($"{what}: {time}");
        }
    }

    [Fact(Explicit = true)]
    public async Task Fifty_clients_for_a_minute()
    {
        await using var server = await ExplorerServer.Start(new ExploreOptions(Folder) { Threads = 2 }, Say);
        await server.Ready;
        using var probe = new ExplorerClient(server);
        var run = await probe.Json("api/run");
        var model = run.GetProperty("models")[0].GetProperty("hash").GetString();
        var rows = run.GetProperty("count").GetInt32();
        var before = Memory();
        var most = before;
        var times = new List<double>();
        var statuses = new Dictionary<HttpStatusCode, int>();
        var end = Stopwatch.GetTimestamp() + (Seconds * Stopwatch.Frequency);
        async Task Client(int number)
        {
            using var client = new ExplorerClient(server);
            for (var i = 0; Stopwatch.GetTimestamp() < end; i++)
            {
                var row = ((number * 7919) + (i * 104_729)) % rows;
                var question = $$$"""{"model":"{{{model}}}","row":{{{row}}},"parameters":{"dust2":0.4},"seq":1}""";
                var since = Stopwatch.GetTimestamp();
                using var request = (i % 3) switch
                {
                    0 => new HttpRequestMessage(HttpMethod.Get, $"api/spectra/{row}"),
                    1 => new HttpRequestMessage(HttpMethod.Get, $"api/models/{model}/latents/{row}"),
                    _ => new HttpRequestMessage(HttpMethod.Post, "api/simulate")
                    {
                        Content = new StringContent(question, System.Text.Encoding.UTF8, "application/json"),
                    },
                };
                using var reply = await client.Send(request);
                await reply.Content.ReadAsByteArrayAsync();
                lock (times)
                {
                    times.Add(Stopwatch.GetElapsedTime(since).TotalMilliseconds);
                    statuses[reply.StatusCode] = statuses.GetValueOrDefault(reply.StatusCode) + 1;
                    most = times.Count % 100 == 0 ? Math.Max(most, Memory()) : most;
                }
                // A person moves a slider ten times a second.
                await Task.Delay(100);
            }
        }
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(Client));
        times.Sort();
        Say($"{times.Count} answers in {Seconds} s: {string.Join(", ", statuses.Select(s => $"{s.Value} of {(int)s.Key}"))}");
        Say(
            string.Create(CultureInfo.InvariantCulture, $"median {times[times.Count / 2]:F1}, p95 {times[(int)(0.95 * times.Count)]:F1} ms")
        );
        Say($"memory of server and clients together: {before} MB before, {most} MB at most");
    }

    [Fact(Explicit = true)]
    public void Export()
    {
        using var folder = new TemporaryFolder();
        var start = Stopwatch.GetTimestamp();
        var (files, bytes, _) = StaticSite.Write(Folder, folder.File("site"), null, TestContext.Current.CancellationToken);
        Say(FormattableString.Invariant($"{files} files, {bytes / 1e6:F1} MB in {Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s"));
    }

    private static long Memory()
    {
        using var own = Process.GetCurrentProcess();
        return own.WorkingSet64 / 1_000_000;
    }

    private void Say(string line) => output.WriteLine(line);
}
