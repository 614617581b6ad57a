using System.Text.Json;
using System.Text.RegularExpressions;
using Galatent.Files;
using Galatent.Networks;
using Galatent.Torch;
using static TorchSharp.torch;

namespace Galatent.Tests.Networks;

/// <summary>The loader of docs/pytorch.md without Python: its names are those of the file, and its operations, carried out line by line by
/// libtorch, give our numbers.</summary>
public sealed partial class PyTorchLoaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static string Code
    {
        get
        {
            var page = File.ReadAllText(Path.Combine(SharedData.RepositoryRoot, "docs", "pytorch.md"));
            return Block().Match(page).Groups[1].Value.ReplaceLineEndings("\n");
        }
    }

    [Theory]
    [InlineData(61)]
    [InlineData(500)]
    public void Every_name_of_the_block_is_in_the_file_and_no_other(int pixels)
    {
        var weights = WithPath(pixels);
        var path = _folder.File(VaeModel.WeightsFile);
        weights.Write(path, new Dictionary<string, string>());
        var file = SafetensorsFile.Read(path);
        // The block's n, by its own rule.
        Assert.Contains("""n = sum(k.startswith("encoder.") and k.endswith(".weight") for k in w)""", Code, StringComparison.Ordinal);
        var n = file.Names.Count(k =>
            k.StartsWith("encoder.", StringComparison.Ordinal) && k.EndsWith(".weight", StringComparison.Ordinal)
        );
        var names = Name()
            .Matches(Code)
            .Select(m => m.Groups[1].Value)
            .SelectMany(name =>
                name.Contains("{i}", StringComparison.Ordinal)
                    ? Enumerable.Range(0, n).Select(i => name.Replace("{i}", $"{i}", StringComparison.Ordinal))
                    : [name]
            );
        Assert.Equal(file.Names.Order(StringComparer.Ordinal), names.Distinct().Order(StringComparer.Ordinal));
        var description = JsonSerializer.SerializeToElement(weights.Layout.Options, Snake);
        var known = description.EnumerateObject().Select(p => p.Name).ToHashSet();
        Assert.All(Key().Matches(Code), key => Assert.Contains(key.Groups[1].Value, known));
    }

    [Theory]
    [InlineData(61, false)]
    [InlineData(500, false)]
    [InlineData(500, true)]
    public void Its_operations_give_our_posterior_and_flux(int pixels, bool maskChannel)
    {
        const int count = 4;
        using var scope = NewDisposeScope();
        var weights = WithPath(pixels, maskChannel);
        var path = _folder.File(VaeModel.WeightsFile);
        weights.Write(path, new Dictionary<string, string>());
        var w = Load(SafetensorsFile.Read(path), weights);
        var slope = weights.Layout.Options.NegativeSlope;
        var n = weights.Layout.Plan.Layers.Count;
        var flux = TinyNetwork.Normals("x", count * pixels);
        var z = TinyNetwork.Normals("z", count * 3);

        RequireLine("x = x - w[\"mean_spectrum\"]");
        var x = tensor(flux, [count, pixels]) - w["mean_spectrum"];
        RequireLine("h = x[:, None]");
        var h = x.unsqueeze(1);
        RequireLine("if d.get(\"mask_channel\"):");
        float[] good = maskChannel ? [.. TinyNetwork.Normals("bad", count * pixels).Select(v => v > 1 ? 0f : 1f)] : [];
        if (maskChannel)
        {
            RequireLine("m = torch.zeros_like(x) if bad is None else bad.to(x.dtype)");
            var m = tensor(Array.ConvertAll(good, g => 1 - g), [count, pixels]);
            RequireLine("x = torch.where(m > 0, 0, x)");
            x = where(m.to(ScalarType.Bool), zeros(1), x);
            RequireLine("h = torch.stack([x, m], 1)");
            h = stack([x, m], 1);
        }
        RequireLine("h = act(F.conv1d(h, w[f\"encoder.{i}.weight\"], w[f\"encoder.{i}.bias\"], stride=2))");
        for (var i = 0; i < n; i++)
        {
            h = nn.functional.conv1d(h, w[$"encoder.{i}.weight"], w[$"encoder.{i}.bias"], stride: 2).LeakyRelu(slope);
        }
        RequireLine("h = h.flatten(1)");
        h = h.flatten(1);
        RequireLine("mu = F.linear(h, w[\"mu.weight\"], w[\"mu.bias\"])");
        RequireLine("mu = mu + F.linear(x, w[\"linear.encoder\"])");
        var mu = nn.functional.linear(h, w["mu.weight"], w["mu.bias"]).Plus(nn.functional.linear(x, w["linear.encoder"]));
        RequireLine("return mu, F.linear(h, w[\"log_variance.weight\"], w[\"log_variance.bias\"])");
        var logVariance = nn.functional.linear(h, w["log_variance.weight"], w["log_variance.bias"]);
        RequireLine("h = F.linear(z, w[\"decoder.input.weight\"], w[\"decoder.input.bias\"])[:, :, None]");
        var g = nn.functional.linear(tensor(z, [count, 3]), w["decoder.input.weight"], w["decoder.input.bias"]).unsqueeze(2);
        RequireLine("h = F.conv_transpose1d(h, w[f\"decoder.{i}.weight\"], w[f\"decoder.{i}.bias\"], stride=2)");
        RequireLine("h = act(h) if i < n - 1 else h");
        for (var i = 0; i < n; i++)
        {
            g = nn.functional.conv_transpose1d(g, w[$"decoder.{i}.weight"], w[$"decoder.{i}.bias"], stride: 2);
            g = i < n - 1 ? g.LeakyRelu(slope) : g;
        }
        RequireLine("x = h[:, 0] + w[\"mean_spectrum\"]");
        RequireLine("x = x + z @ w[\"linear.decoder\"]");
        var decoded = g.squeeze(1).Plus(w["mean_spectrum"]).Plus(tensor(z, [count, 3]).matmul(w["linear.decoder"]));
        RequireLine("return w[\"output.gain\"] * x + w[\"output.offset\"] if d.get(\"output_calibration\") else x");
        decoded = (decoded * w["output.gain"]).Plus(w["output.offset"]);

        using var engine = new ComputeOptions { Threads = 1 }.Create(weights, new AdamOptions());
        var ourMu = new float[count * 3];
        var ourLogVariance = new float[count * 3];
        var ourFlux = new float[count * pixels];
        engine.Encode(flux, ourMu, ourLogVariance, good);
        engine.Decode(z, ourFlux);
        AssertClose(mu, ourMu);
        AssertClose(logVariance, ourLogVariance);
        AssertClose(decoded, ourFlux);
    }

    public void Dispose() => _folder.Dispose();

    private static NetworkWeights WithPath(int pixels, bool maskChannel = false)
    {
        var weights = TinyNetwork.Weights(
            pixels,
            TinyNetwork.Options with
            {
                LinearPath = true,
                MaskChannel = maskChannel,
                OutputCalibration = true,
            }
        );
        // A training begins with zeros for the mask, of which a comparison would say nothing.
        var first = weights.Block("encoder.0.weight");
        TinyNetwork.Normals("first layer", first.Length).CopyTo(first);
        var latent = weights.Layout.Options.LatentDimensions;
        var path = new LinearPath(latent, TinyNetwork.Normals("V", latent * pixels), TinyNetwork.Normals("W", latent * pixels));
        var output = new OutputCalibration(TinyNetwork.Normals("gain", pixels), TinyNetwork.Normals("offset", pixels));
        return weights with { Linear = path, Output = output };
    }

    private static readonly JsonSerializerOptions Snake = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private static void RequireLine(string line) => Assert.Contains(Code.Split('\n'), l => l.Split("    #")[0].Trim() == line);

    private static Dictionary<string, Tensor> Load(SafetensorsFile file, NetworkWeights weights)
    {
        var tensors = weights.Layout.Blocks.ToDictionary(
            b => b.Name,
            b => tensor(file.Tensor(b.Name, b.Shape).ToArray(), [.. b.Shape.Select(s => (long)s)])
        );
        foreach (var name in new[] { "linear.encoder", "linear.decoder" })
        {
            int[] shape = [weights.Linear!.LatentDimensions, weights.MeanSpectrum.Length];
            tensors[name] = tensor(file.Tensor(name, shape).ToArray(), [shape[0], shape[1]]);
        }
        foreach (var name in new[] { "output.gain", "output.offset" })
        {
            tensors[name] = tensor(file.Tensor(name, [weights.MeanSpectrum.Length]).ToArray());
        }
        tensors["mean_spectrum"] = tensor(file.Tensor("mean_spectrum", [weights.MeanSpectrum.Length]).ToArray());
        return tensors;
    }

    private static void AssertClose(Tensor expected, float[] actual)
    {
        var values = expected.detach().contiguous().data<float>().ToArray();
        var size = values.Max(Math.Abs);
        Assert.All(values.Zip(actual), p => Assert.Equal(p.First, p.Second, 1e-5 * size));
    }

    [GeneratedRegex(@"```python\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("""w\[f?"([^"]+)"\]""")]
    private static partial Regex Name();

    [GeneratedRegex("""d\["([^"]+)"\]""")]
    private static partial Regex Key();
}
