using System.Text.Json;
using Galatent.Explore.Site;
using Galatent.Spectra;

namespace Galatent.Tests.Explore;

/// <summary>The folder to share holds what the page needs, nearly as exact as the run, and nothing about this machine.</summary>
public sealed class StaticSiteTests(ExploredFolder folder) : IClassFixture<ExploredFolder>
{
    [Fact]
    public void The_site_holds_the_run_in_small_numbers()
    {
        var site = folder.Other("site");
        var (files, bytes, _) = StaticSite.Write(folder.Run, site, cancellation: TestContext.Current.CancellationToken);
        string[] all = Directory.GetFiles(site, "*", SearchOption.AllDirectories);
        Assert.Equal(files, all.Length);
        Assert.Equal(bytes, all.Sum(f => new FileInfo(f).Length));
        var run = JsonDocument.Parse(File.ReadAllText(Path.Combine(site, "data", "run.json"))).RootElement;
        Assert.False(run.GetProperty("capabilities").GetProperty("live").GetBoolean());
        var order = Read(site, "order").Integers("row");
        var spectra = SpectrumFile.Read(Path.Combine(folder.Run, "spectra.h5"));
        var gas = Read(site, $"columns/{run.GetProperty("hash").GetString()}/log_z_gas");
        var low = double.Parse(gas.Note("low"), System.Globalization.CultureInfo.InvariantCulture);
        var step = double.Parse(gas.Note("step"), System.Globalization.CultureInfo.InvariantCulture);
        var values = spectra.Parameter("log_z_gas").Values;
        Assert.All(order.Zip(gas.Shorts("values")), p => Assert.Equal(values[p.First], low + (step * p.Second), (0.51 * step) + 1e-7));

        var input = Read(site, "spectra");
        var (mean, vectors, scores) = (input.Floats("mean"), input.Floats("vectors"), input.Halves("scores"));
        var width = mean.Length;
        var count = vectors.Length / width;
        var squares = 0.0;
        for (var i = 0; i < order.Length; i++)
        {
            for (var p = 0; p < width; p++)
            {
                double flux = mean[p];
                for (var k = 0; k < count; k++)
                {
                    flux += (double)scores[(i * count) + k] * vectors[(k * width) + p];
                }
                squares += (flux - spectra[order[i]][p]) * (flux - spectra[order[i]][p]);
            }
        }
        // The table of the run says 100 to 399 for the reconstruction.
        Assert.True(squares / order.Length < 5, $"squared error {squares / order.Length}");
    }

    [Fact]
    public void No_file_names_this_machine_and_the_page_has_a_policy()
    {
        var site = folder.Other("site-2");
        StaticSite.Write(folder.Run, site, cancellation: TestContext.Current.CancellationToken);
        foreach (
            var file in Directory
                .GetFiles(site, "*", SearchOption.AllDirectories)
                .Where(f => !f.EndsWith(".safetensors", StringComparison.Ordinal))
        )
        {
            var text = File.ReadAllText(file);
            Assert.DoesNotContain(Path.GetTempPath(), text, StringComparison.Ordinal);
            Assert.DoesNotContain(folder.Run, text, StringComparison.Ordinal);
        }
        var page = File.ReadAllText(Path.Combine(site, "index.html"));
        Assert.Contains("data-source=\"static\"", page, StringComparison.Ordinal);
        Assert.Contains(
            "http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'self'",
            page,
            StringComparison.Ordinal
        );
        Assert.DoesNotMatch("(src|href)=\"(https?:)?//", page);
    }

    private static Tensors Read(string site, string name) =>
        new(File.ReadAllBytes(Path.Combine([site, "data", .. $"{name}.safetensors".Split('/')])));
}
