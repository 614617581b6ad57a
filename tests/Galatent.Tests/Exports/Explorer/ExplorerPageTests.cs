using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Galatent.Exports.Explorer;
using Galatent.Networks;
using Galatent.Numerics;

namespace Galatent.Tests.Exports.Explorer;

public class ExplorerPageTests
{
    private static readonly StoredModel Model = StoredModels.Make(226, new NetworkOptions());

    [Fact]
    public void The_page_holds_everything_and_its_policy_lets_only_that_act()
    {
        var page = ExplorerPage.Compose(Model, new ExplorerSource(StoredModels.Latents(32)));
        Assert.DoesNotMatch(@"\b(src|href)=|@import|url\(|style=", Regex.Replace(page, "<script.*?</script>", "", RegexOptions.Singleline));
        Assert.DoesNotContain(
            "http://",
            page.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("https://", page, StringComparison.Ordinal);
        Assert.DoesNotContain("\r", page, StringComparison.Ordinal);
        var policy = Regex.Match(page, "Content-Security-Policy\" content=\"([^\"]*)\"").Groups[1].Value;
        Assert.StartsWith("default-src 'none';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        var acting = Regex.Matches(page, "<(?:style|script)>(.*?)</(?:style|script)>", RegexOptions.Singleline);
        Assert.Equal(3, acting.Count);
        Assert.All(acting.Select(m => Encoding.UTF8.GetBytes(m.Groups[1].Value)), text =>
            Assert.Contains($"'sha256-{Convert.ToBase64String(SHA256.HashData(text))}'", policy, StringComparison.Ordinal)
        );
        Assert.Contains("galatent &lt;test&gt; &amp; more", page, StringComparison.Ordinal);
        Assert.Equal(page, ExplorerPage.Compose(Model, new ExplorerSource(StoredModels.Latents(32))));
    }

    [Fact]
    public void A_slider_for_every_dimension_in_use_with_the_range_of_the_data()
    {
        var latents = StoredModels.Latents(32);
        var sliders = Data(new ExplorerSource(latents)).GetProperty("dimensions").EnumerateArray().ToArray();
        // KL falls with the number of the dimension, as the variance grows from e^-4 to e^-1.
        Assert.Equal([0, 3, 6, 9, 12, 15, 18, 21, 24, 27, 30], sliders.Select(s => s.GetProperty("index").GetInt32()).Order());
        var kl = sliders.Select(s => s.GetProperty("klNat").GetDouble()).ToArray();
        Assert.Equal(kl.OrderDescending(), kl);
        Assert.All(sliders, s =>
        {
            var values = latents.MuColumn(s.GetProperty("index").GetInt32());
            Assert.Equal(values.Min(), s.GetProperty("low").GetDouble(), 1e-6);
            Assert.Equal(values.Max(), s.GetProperty("high").GetDouble(), 1e-6);
            Assert.Equal(latents.Count, s.GetProperty("counts").EnumerateArray().Sum(c => c.GetInt32()));
        });
    }

    [Fact]
    public void Large_layers_keep_eleven_bits_and_small_ones_all()
    {
        var data = Data(new ExplorerSource(StoredModels.Latents(32)));
        var numbers = Convert.FromBase64String(data.GetProperty("weights").GetString()!);
        var layers = Model.Weights.Layout.Plan.Layers.Count;
        string[] names = ["decoder.input", .. Enumerable.Range(0, layers).Select(i => $"decoder.{i}")];
        string[] parts = [.. names.SelectMany(n => new[] { $"{n}.weight", $"{n}.bias" })];
        var blocks = data.GetProperty("blocks").EnumerateArray().ToArray();
        Assert.Equal(parts.Length, blocks.Length);
        Assert.Contains(blocks, b => b.GetProperty("bytes").GetInt32() == 2);
        var place = 0;
        foreach (var (block, part) in blocks.Zip(parts))
        {
            var scale = block.GetProperty("scale").GetSingle();
            var bytes = block.GetProperty("bytes").GetInt32();
            var expected = Model.Weights.Block(part).ToArray();
            Assert.Equal(expected.Length, block.GetProperty("count").GetInt32());
            foreach (var e in expected)
            {
                var found = bytes == 2 ? scale * (float)BitConverter.ToHalf(numbers, place) : BitConverter.ToSingle(numbers, place);
                var tolerance = bytes == 2 ? (Math.Abs(e) / 2048) + (scale * 6e-8f) : 0;
                Assert.True(Math.Abs(found - e) <= tolerance, $"{part}: {found} instead of {e}");
                place += bytes;
            }
        }
        Assert.Equal(numbers.Length, place);
    }

    [Fact]
    public void What_has_no_sliders_is_refused()
    {
        var other = Assert.Throws<InputException>(() => ExplorerPage.Compose(Model, new ExplorerSource(StoredModels.Latents(8))));
        Assert.Contains("8 dimensions, but the model has 32", other.Message, StringComparison.Ordinal);
        var idle = StoredModels.Latents(32) with { Mu = new float[32], LogVariance = new float[32], Z = new float[32] };
        var none = Assert.Throws<InputException>(() => ExplorerPage.Compose(Model, new ExplorerSource(idle)));
        Assert.Contains("KL above 0.1 nat", none.Message, StringComparison.Ordinal);
    }

    private static JsonElement Data(ExplorerSource source) =>
        JsonDocument
            .Parse(Regex.Match(ExplorerPart.Element(Model, source), "explorer-data\">(.*?)</script>").Groups[1].Value)
            .RootElement.Clone();
}
