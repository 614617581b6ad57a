using System.Globalization;
using System.Text;
using System.Text.Json;
using Galatent.Explore.Server;
using Galatent.Latents;
using Galatent.Networks;
using Galatent.Spectra;
using Galatent.Synthesis;
using Galatent.Synthesis.Galaxies;

namespace Galatent.Tests.Explore;

/// <summary>What the explorer answers is what the library computes.</summary>
public sealed class ExplorerApiTests(ExploredFolder folder) : IClassFixture<ExploredFolder>, IAsyncLifetime
{
    private const int Minutes = 240_000;

    private ExplorerServer _server = null!;
    private ExplorerClient _client = null!;
    private JsonElement _run;
    private string _model = "";

    public async ValueTask InitializeAsync()
    {
        _server = await folder.Serve();
        _client = new ExplorerClient(_server);
        _run = await _client.Json("api/run");
        _model = _run.GetProperty("models")[0].GetProperty("hash").GetString()!;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [Fact(Timeout = Minutes)]
    public async Task The_first_view_is_the_strongest_pair_in_use()
    {
        Assert.Equal(("a run", ExploredFolder.Count), (_run.GetProperty("name").GetString(), _run.GetProperty("count").GetInt32()));
        var model = _run.GetProperty("models")[0];
        Assert.Equal(
            ["z02", "z00", "z05"],
            model.GetProperty("dimensions").EnumerateArray().Select(d => d.GetProperty("name").GetString())
        );
        var first = model.GetProperty("first");
        string Text(string name) => first.GetProperty(name).GetString()!;
        Assert.Equal(("z00", "z02", "log_z_gas"), (Text("x"), Text("y"), Text("colour")));
        Assert.Equal("Of all dimensions z00 shares most with gas metallicity, 0.50 ± 0.01 nat; then z02, 0.30.", Text("sentence"));
        // z02 and dust are two standard errors from nothing: not told.
        var told = model
            .GetProperty("dimensions")[0]
            .GetProperty("tells")
            .EnumerateArray()
            .Select(t => t.GetProperty("column").GetString());
        Assert.Equal(["log_z_gas"], told);
        bool IsMost(int dimension) => model.GetProperty("dimensions")[dimension].GetProperty("tells")[0].GetProperty("isMost").GetBoolean();
        Assert.Equal((false, true), (IsMost(0), IsMost(1)));
        Assert.DoesNotContain(Path.GetTempPath(), _run.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(ExploredFolder.Count, (await _client.Get("api/order")).Integers("row").Distinct().Count());
    }

    [Fact(Timeout = Minutes)]
    public async Task Columns_come_in_the_shuffled_order_and_equal_the_files()
    {
        var order = (await _client.Get("api/order")).Integers("row");
        Assert.NotEqual(order.Order(), order);
        var spectra = SpectrumFile.Read(Path.Combine(folder.Run, "spectra.h5"));
        var gas = (await _client.Get($"api/columns/{_run.GetProperty("hash").GetString()}/log_z_gas")).Floats("values");
        Assert.Equal(order.Select(row => (float)spectra.Parameter("log_z_gas").Values[row]), gas);
        var latents = LatentFile.Read(Path.Combine(folder.Run, "beta-0.3", "latents.h5"));
        var z02 = (await _client.Get($"api/columns/{_model}/z02")).Floats("values");
        Assert.Equal(order.Select(row => latents.MeanOf(row)[2]), z02);
        Assert.Equal(spectra[7].ToArray(), (await _client.Get("api/spectra/7")).Floats("flux"));
        Assert.Equal(latents.MeanOf(7).ToArray(), (await _client.Get($"api/models/{_model}/latents/7")).Floats("mu"));
    }

    [Fact(Timeout = Minutes)]
    public async Task Principal_axes_have_the_spread_of_their_eigenvalues_and_are_uncorrelated()
    {
        var (a, b) = (await Values("principal_1"), await Values("principal_2"));
        Assert.Equal(0, a.Average(), 1e-4);
        Assert.True(a.Sum(v => v * v) >= b.Sum(v => v * v));
        var correlation = a.Zip(b, (x, y) => x * y).Sum() / Math.Sqrt(a.Sum(v => v * v) * b.Sum(v => v * v));
        Assert.Equal(0, correlation, 1e-3);
    }

    [Fact(Timeout = Minutes)]
    public async Task Simulating_a_galaxy_as_it_is_gives_its_spectrum_and_changing_it_that_of_the_catalogue()
    {
        var spectra = SpectrumFile.Read(Path.Combine(folder.Run, "spectra.h5"));
        var same = await Simulated("{}", 5);
        Assert.True(same.Floats("flux").Zip(spectra[5].ToArray(), (f, g) => Math.Abs(f - g) / Math.Max(1, Math.Abs(g))).Max() < 1e-3);
        Assert.Equal("5", same.Note("seq"));

        var moved = await Simulated("""{"log_z_gas":-0.1,"dust2":0.7}""", 6);
        var columns = spectra.Parameters.Select(p =>
            p with
            {
                Values =
                [
                    p.Name == "log_z_gas" ? -0.1
                    : p.Name == "dust2" ? 0.7
                    : p.Values[5],
                ],
                Whole = null,
            }
        );
        var simulator = new Simulator(
            Galatent.Synthesis.Ssp.SspFile.Load(null),
            SimulationOptions.Study(1) with
            {
                Grid = ExploredFolder.Grid,
            }
        );
        var expected = simulator.Spectra(new GalaxyCatalogue("test", [.. columns]), TestContext.Current.CancellationToken);
        Assert.Equal(expected, moved.Floats("flux"));
        using var engine = VaeModel.Load(Path.Combine(folder.Run, "beta-0.3"), new ComputeOptions { Threads = 1 });
        Assert.True(engine.Encode(expected).Mu.Zip(moved.Floats("mu"), (e, f) => Math.Abs(e - f)).Max() < 1e-4);
    }

    [Fact(Timeout = Minutes)]
    public async Task The_recent_rate_keeps_the_other_proportions_and_is_what_was_asked_for()
    {
        var moved = await Simulated("""{"log_ssfr_formed":-9.5}""", 1);
        var names = _run.GetProperty("capabilities").GetProperty("physics").EnumerateArray().Select(p => p.GetProperty("name").GetString());
        var values = names.Zip(moved.Floats("values")).ToDictionary(p => p.First!, p => p.Second);
        Assert.Equal(-9.5f, values["log_ssfr_formed"], 1e-3f);
        var spectra = SpectrumFile.Read(Path.Combine(folder.Run, "spectra.h5"));
        Assert.Equal(spectra.Parameter("log_sfr_ratio_3").Values[5], values["log_sfr_ratio_3"], 1e-5);
    }

    [Fact(Timeout = Minutes)]
    public async Task Derivatives_predict_a_small_step()
    {
        var (status, body) = await _client.Post("api/derivatives", Question("{}", 1));
        Assert.Equal(200, status);
        var jacobian = new Tensors(body).Floats("jacobian");
        var physics = _run.GetProperty("capabilities").GetProperty("physics").EnumerateArray().ToArray();
        Assert.Equal(physics.Length * ExploredFolder.Latents, jacobian.Length);
        var k = Array.FindIndex(physics, p => p.GetProperty("name").GetString() == "dust2");
        var deviation = physics[k].GetProperty("deviation").GetDouble();
        var start = await Simulated("{}", 1);
        var value = start.Floats("values")[k] + (0.1 * deviation);
        var step = await Simulated(string.Create(CultureInfo.InvariantCulture, $$"""{"dust2":{{value}}}"""), 2);
        for (var d = 0; d < ExploredFolder.Latents; d++)
        {
            var predicted = 0.1 * jacobian[(k * ExploredFolder.Latents) + d];
            Assert.Equal(predicted, step.Floats("mu")[d] - start.Floats("mu")[d], (0.1 * Math.Abs(predicted)) + 2e-3);
        }
    }

    [Fact(Timeout = Minutes)]
    public async Task The_mean_of_chosen_spectra_is_theirs()
    {
        var (status, body) = await _client.Post("api/selection", """{"rows":[3,4,9]}""");
        Assert.Equal(200, status);
        var spectra = SpectrumFile.Read(Path.Combine(folder.Run, "spectra.h5"));
        var found = new Tensors(body);
        for (var p = 0; p < ExploredFolder.Grid.Count; p += 50)
        {
            double[] values = [spectra[3][p], spectra[4][p], spectra[9][p]];
            Assert.Equal(values.Average(), found.Floats("mean")[p], 1e-4 * Math.Max(1, values.Average()));
            Assert.Equal(
                Galatent.Numerics.SampleMoments.Deviation(values),
                found.Floats("deviation")[p],
                1e-3 * Math.Max(1, values.Average())
            );
        }
    }

    [Fact(Timeout = Minutes)]
    public async Task A_spectrum_of_the_run_comes_back_when_it_is_uploaded()
    {
        var spectra = SpectrumFile.Read(Path.Combine(folder.Run, "spectra.h5"));
        var text = new StringBuilder("wavelength,flux\n");
        for (var p = 0; p < ExploredFolder.Grid.Count; p++)
        {
            var w = ExploredFolder.Grid.WavelengthAngstrom[p];
            // A table of flux per ångström, as surveys have it.
            text.Append(CultureInfo.InvariantCulture, $"{w},{spectra[11][p] / (w / 5000 * (w / 5000))}\n");
        }
        var (status, body) = await _client.Post(
            "api/uploads?frame=rest&redshift=0.5",
            Encoding.UTF8.GetBytes(text.ToString()),
            "application/octet-stream"
        );
        Assert.True(status == 200, Encoding.UTF8.GetString(body));
        var found = new Tensors(body);
        Assert.Equal([1, ExploredFolder.Grid.Count], found.Shape("flux"));
        // Two changes of grid move single pixels at lines; the median pixel must not move.
        var flux = found.Floats("flux");
        double[] differences = [.. flux.Select((f, p) => (double)Math.Abs(f - spectra[11][p])).Where(double.IsFinite)];
        Assert.True(Galatent.Numerics.SampleMoments.Median(differences) < 0.01, $"{Galatent.Numerics.SampleMoments.Median(differences)}");
        Assert.All(found.Integers("neighbours"), row => Assert.InRange(row, 0, ExploredFolder.Count - 1));
        var report = JsonDocument.Parse(found.Note("report")).RootElement.GetProperty("spectra")[0];
        Assert.Equal(0.5, report.GetProperty("redshift").GetDouble(), 1e-9);
        Assert.Equal(8, report.GetProperty("estimates").GetArrayLength());
        Assert.DoesNotContain(Directory.GetDirectories(Path.GetTempPath()), d => d.Contains("galatent-upload-", StringComparison.Ordinal));
    }

    private async Task<float[]> Values(string column) => (await _client.Get($"api/columns/{_model}/{column}")).Floats("values");

    private string Question(string parameters, int seq) =>
        string.Create(CultureInfo.InvariantCulture, $$"""{"model":"{{_model}}","row":5,"parameters":{{parameters}},"seq":{{seq}}}""");

    private async Task<Tensors> Simulated(string parameters, int seq)
    {
        var (status, body) = await _client.Post("api/simulate", Question(parameters, seq));
        Assert.True(status == 200, Encoding.UTF8.GetString(body));
        return new Tensors(body);
    }
}
