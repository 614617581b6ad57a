using System.Globalization;
using System.Text.Json;
using Galatent.Latents;
using Galatent.Numerics;
using Galatent.Tests.App;

namespace Galatent.Tests.Commands;

public sealed class MutualInformationCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("galatent-mi-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_pair_of_a_file_is_estimated()
    {
        // y = x + noise of the same variance: ln(2) / 2.
        var pair = Run(Table(), "--columns", "x,y").Single();
        Assert.Equal(0.5 * Math.Log(2), pair.GetProperty("mi").GetDouble(), 3 * pair.GetProperty("std").GetDouble());
        Assert.Equal(1999, pair.GetProperty("count").GetInt32());
        Assert.Equal(1, pair.GetProperty("dropped").GetInt32());
        Assert.Equal(1e-4, pair.GetProperty("p_value").GetDouble(), 1e-9);
    }

    [Fact]
    public void What_is_known_already_can_be_given_and_classes_can_stand_beside_numbers()
    {
        var table = Table();
        Assert.Equal(0, Run(table, "--columns", "y,w", "--given", "x").Single().GetProperty("mi").GetDouble(), 0.01);
        var kind = Run(table, "--columns", "x,kind").Single().GetProperty("mi").GetDouble();
        Assert.Equal(Math.Log(2), kind, 0.03);
    }

    [Fact]
    public void Two_files_give_every_column_of_one_with_every_column_of_the_other()
    {
        var latents = Path.Combine(_folder, "latents.h5");
        var mu = new float[2 * 2000];
        var random = new RandomStream(4, "mu");
        for (var i = 0; i < mu.Length; i++)
        {
            mu[i] = (float)random.NextNormal();
        }
        LatentFile.Write(latents, new LatentSet(2, mu, new float[mu.Length], mu, 1));
        var pairs = Run(latents, Table());
        Assert.Equal(["z00 x", "z00 y", "z00 w", "z01 x", "z01 y", "z01 w"], pairs.Select(p => $"{p.GetProperty("x").GetString()} {p.GetProperty("y").GetString()}"));
        Assert.All(pairs, p => Assert.True(p.GetProperty("q_value").GetDouble() >= p.GetProperty("p_value").GetDouble()));
    }

    [Theory]
    [InlineData("no column 'q'; it has x, y, w, kind", "--columns", "x,q")]
    [InlineData("--given needs exactly two --columns", "--columns", "x", "--given", "y")]
    [InlineData("a pair needs two", "--columns", "x")]
    public void Faults_are_one_sentence(string named, params string[] arguments)
    {
        var (exitCode, output, error) = CommandLine.Galatent(["mi", Table(), .. arguments]);
        Assert.NotEqual(0, exitCode);
        Assert.Empty(output);
        Assert.Contains(named, error, StringComparison.Ordinal);
        Assert.Single(error.Trim().Split('\n'));
    }

    private static JsonElement[] Run(params string[] arguments)
    {
        var (exitCode, output, error) = CommandLine.Galatent(["mi", .. arguments, "--json", "--replicas", "20"]);
        Assert.True(exitCode == 0, error);
        return [.. JsonDocument.Parse(output).RootElement.EnumerateArray()];
    }

    // x normal, y = x + noise, w = x + other noise, kind = sign of x; one value is missing.
    private string Table()
    {
        var path = Path.Combine(_folder, "table.csv");
        var random = new RandomStream(1, "table");
        var lines = new List<string> { "x,y,w,kind" };
        for (var i = 0; i < 2000; i++)
        {
            var x = random.NextNormal();
            var y = i == 7 ? "" : (x + random.NextNormal()).ToString("R", CultureInfo.InvariantCulture);
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"{x:R},{y},{x + random.NextNormal():R},{(x > 0 ? "positive" : "negative")}"));
        }
        File.WriteAllLines(path, lines);
        return path;
    }
}
