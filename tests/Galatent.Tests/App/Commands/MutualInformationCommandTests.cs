using System.Globalization;
using System.Text.Json;
using Galatent.Files;
using Galatent.Latents;
using Galatent.Numerics;
using Galatent.Spectra;

namespace Galatent.Tests.App.Commands;

public sealed class MutualInformationCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_pair_of_a_file_is_one_object_with_the_names_that_scripts_rely_on()
    {
        // y = x + noise of the same variance: ln(2) / 2.
        var pair = Run(out var error, Table(), "--columns", "x,y");
        Assert.Equal(0.5 * Math.Log(2), Number(pair, "mi"), 3 * Number(pair, "std"));
        Assert.InRange(Number(pair, "mi"), Number(pair, "low"), Number(pair, "high"));
        Assert.Equal(1999, Number(pair, "n"));
        Assert.Equal(1, Number(pair, "dropped"));
        Assert.Equal(1e-4, Number(pair, "p"), 1e-9);
        Assert.True(Number(pair, "components") >= 1);
        Assert.Contains("x and y: 1 of 2000 rows", error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_known_already_can_be_given_and_classes_can_stand_beside_numbers()
    {
        var table = Table();
        var conditional = Run(out _, table, "--columns", "y,w", "--given", "x");
        Assert.Equal(0, Number(conditional, "mi"), 0.01);
        Assert.True(Number(conditional, "p") > 0.01);
        Assert.Equal("x", conditional.GetProperty("given").GetString());
        Assert.Equal(0, Number(conditional, "ksg"), 0.05);
        var kind = Run(out _, table, "--columns", "x,kind");
        Assert.Equal(Math.Log(2), Number(kind, "mi"), 0.03);
        Assert.Equal(1e-4, Number(kind, "p"), 1e-9);
        Assert.Equal(Math.Log(2), Number(Run(out _, table, "--columns", "kind,kind2"), "mi"), 0.01);
    }

    [Fact]
    public void A_group_of_columns_is_taken_together()
    {
        // y and w are x with independent noise of the same variance: together ln(3) / 2 about x.
        var group = Run(out _, Table(), "--columns", "y,w", "--with", "x");
        Assert.Equal(0.5 * Math.Log(3), Number(group, "mi"), 3 * Number(group, "std"));
        Assert.Equal("y,w", group.GetProperty("x").GetString());
        // 20 samples scatter by 0.02.
        Assert.Equal(0.5 * Math.Log(3), Number(group, "ksg"), 0.08);
    }

    [Fact]
    public void Names_with_commas_and_quotes_stand_in_double_quotes()
    {
        var path = _folder.File("quoted.csv");
        File.WriteAllLines(
            path,
            [
                "\"log mass, solar\",\"the \"\"age\"\"\",z",
                .. Enumerable.Range(0, 50).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i},{i * 7 % 50},{i * 3 % 50}")),
            ]
        );
        var pair = Run(out _, path, "--columns", "\"log mass, solar\", \"the \"\"age\"\"\"");
        Assert.Equal("log mass, solar", pair.GetProperty("x").GetString());
        Assert.Equal("the \"age\"", pair.GetProperty("y").GetString());
        Assert.Equal("z", Run(out _, path, "--columns", "\"log mass, solar\",z").GetProperty("y").GetString());
    }

    [Theory]
    [InlineData("--columns", "x,c")]
    [InlineData("--columns", "c,d")]
    [InlineData("--columns", "x,c", "--given", "y")]
    [InlineData("--columns", "x,y", "--with", "d")]
    public void A_constant_column_is_named_and_tells_exactly_nothing(params string[] arguments)
    {
        var pair = Run(out var error, [Constants(), .. arguments]);
        Assert.Contains(" holds one value only (", error, StringComparison.Ordinal);
        Assert.Equal((0, 0, 0, 1), (Number(pair, "mi"), Number(pair, "std"), Number(pair, "high"), Number(pair, "p")));
    }

    [Theory]
    [InlineData("no finite divergence", "--kl", "--columns", "x,c")]
    [InlineData("'x' is named twice", "--columns", "x,y", "--given", "x")]
    [InlineData("'y' is named twice", "--columns", "x,y", "--with", "y")]
    [InlineData("'x' is named twice", "--columns", "x,x")]
    [InlineData("has no column 'nosuch'", "--columns", "x,y", "--classes", "nosuch")]
    public void What_has_no_finite_answer_is_refused(string named, params string[] arguments)
    {
        var (exitCode, output, error) = CommandLine.Galatent(["mi", Constants(), .. arguments]);
        Assert.True(exitCode != 0 && output.Length == 0, output);
        Assert.Contains(named, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_without_a_class_are_counted_and_left_out()
    {
        var path = _folder.File("types.csv");
        File.WriteAllLines(
            path,
            [
                "x,t,u",
                .. Enumerable
                    .Range(0, 60)
                    .Select(i =>
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"{i * 77 % 60},{(i % 3) switch { 0 => "E", 1 => "S", _ => i % 2 == 0 ? "" : "NA" }},{(i % 6 < 3 ? "a" : "b")}"
                        )
                    ),
            ]
        );
        foreach (
            var line in new[]
            {
                Run(out var error, path, "--columns", "x,t"),
                Run(out error, path, "--columns", "t,u"),
                Run(out error, path, "--entropy", "--columns", "t"),
            }
        )
        {
            Assert.Equal((40, 20), (Number(line, "n"), Number(line, "dropped")));
            Assert.Contains("20 of 60 rows have a missing", error, StringComparison.Ordinal);
        }
        // Two classes, equally frequent: the largest entropy that there is. Both columns together are four such classes.
        JsonElement[] entropies = [.. Run(out _, path, "--entropy", "--columns", "t,u").EnumerateArray()];
        Assert.Equal(["t", "u", "t,u"], entropies.Select(e => e.GetProperty("x").GetString()));
        Assert.Equal((Math.Log(2), Math.Log(2)), (Number(entropies[0], "entropy"), Number(entropies[0], "high")));
        Assert.True(Number(entropies[0], "low") < Math.Log(2));
        Assert.Equal(Math.Log(4), Number(entropies[2], "entropy"), 1e-12);
    }

    [Fact]
    public void Numbers_with_a_field_that_is_none_do_not_pass_for_classes()
    {
        var path = _folder.File("damaged.csv");
        File.WriteAllLines(
            path,
            [
                "x;y;z;w",
                .. Enumerable
                    .Range(0, 60)
                    .Select(i =>
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"0{(i == 0 ? ',' : '.')}{i * 77 % 60 + 10};{(i == 5 ? "abc" : i)};{i * 7 % 60};{i * 11 % 60}"
                        )
                    ),
            ]
        );
        var (exitCode, output, error) = CommandLine.Galatent(["mi", path, "--columns", "x,z"]);
        Assert.True(exitCode != 0 && output.Length == 0, output);
        Assert.Contains("damaged.csv', column 'x', line 2: '0,10' is not a number", error, StringComparison.Ordinal);
        Assert.Contains(
            "column 'y', line 7: 'abc' is not a number",
            CommandLine.Galatent(["mi", path, "--columns", "z,y"]).Error,
            StringComparison.Ordinal
        );
        var all = Assert.Single(Run(out error, path).EnumerateArray());
        Assert.Equal("z w", $"{all.GetProperty("x").GetString()} {all.GetProperty("y").GetString()}");
        Assert.Contains(
            "column 'x', line 2: '0,10' is not a number (a decimal point is expected, and no sign but those of a number): "
                + "the column is left out",
            error,
            StringComparison.Ordinal
        );
        Assert.Contains("column 'y', line 7", error, StringComparison.Ordinal);
        Assert.Contains(
            "have 60 and 60 classes",
            CommandLine.Galatent(["mi", path, "--columns", "x,y", "--classes", "x,y"]).Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void An_empty_column_does_not_spoil_the_others()
    {
        var path = _folder.File("empty.csv");
        // As spreadsheets write it: a comma at the end of every line; and as Fortran does: an exponent with D.
        File.WriteAllLines(
            path,
            ["x,y,", .. Enumerable.Range(0, 60).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i * 77 % 60}.5D-01,{i},"))]
        );
        var pair = Assert.Single(Run(out var error, path).EnumerateArray());
        Assert.Equal("x y", $"{pair.GetProperty("x").GetString()} {pair.GetProperty("y").GetString()}");
        Assert.Contains("c3 has 0 rows with a finite value", error, StringComparison.Ordinal);
        Assert.Equal(2, Run(out _, path, "--entropy").GetArrayLength());
    }

    [Fact]
    public void Entropies_and_divergences_have_their_closed_forms()
    {
        // x is standard normal, y of variance 2.
        var entropies = Run(out _, Table(), "--entropy", "--columns", "x,y").EnumerateArray().ToArray();
        var normal = 0.5 * Math.Log(2 * Math.PI * Math.E);
        double[] truths = [normal, normal + (0.5 * Math.Log(2)), (2 * normal) + 0];
        Assert.Equal(["x", "y", "x,y"], entropies.Select(e => e.GetProperty("x").GetString()));
        Assert.All(entropies.Zip(truths), p => Assert.Equal(p.Second, Number(p.First, "entropy"), 3.5 * Number(p.First, "std")));
        var divergences = Run(out _, Table(), "--kl", "--columns", "x,y").EnumerateArray().ToArray();
        Assert.Equal(0.5 * (Math.Log(2) + 0.5 - 1), Number(divergences[0], "kl"), 3 * Number(divergences[0], "std"));
        Assert.Equal(0.5 * (-Math.Log(2) + 2 - 1), Number(divergences[1], "kl"), 3 * Number(divergences[1], "std"));
        var prior = Run(out var told, Table(), "--prior", "--columns", "y", "--seed", "3");
        Assert.Contains("--prior uses no resamples, so --replicas and --seed have no effect", told, StringComparison.Ordinal);
        Assert.Equal(0.5 * (2 - 1 - Math.Log(2)), Number(prior, "kl"), 3 * Number(prior, "std"));
    }

    [Fact]
    public void Two_files_give_every_column_of_one_with_every_column_of_the_other_and_figures()
    {
        var latents = _folder.File("latents.h5");
        var mu = new float[2 * 2000];
        var random = new RandomStream(4, "mu");
        for (var i = 0; i < mu.Length; i++)
        {
            mu[i] = (float)random.NextNormal();
        }
        LatentFile.Write(latents, new LatentSet(2, mu, new float[mu.Length], mu, 1));
        var figures = _folder.File("figures");
        JsonElement[] pairs = [.. Run(out _, latents, Table(), "--figures", figures).EnumerateArray()];
        Assert.Equal(
            ["z00 x", "z00 y", "z00 w", "z01 x", "z01 y", "z01 w"],
            pairs.Select(p => $"{p.GetProperty("x").GetString()} {p.GetProperty("y").GetString()}")
        );
        Assert.All(pairs, p => Assert.True(Number(p, "q") >= Number(p, "p")));
        Assert.Equal(
            ["mi-pairs.pdf", "mi-pairs.png", "mi-pairs.svg", "mi-table.pdf", "mi-table.png", "mi-table.svg"],
            Directory.GetFiles(figures).Select(Path.GetFileName).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Counts_zeros_and_repeated_rows_are_told_and_stand_in_the_json()
    {
        var path = _folder.File("counts.csv");
        var random = new RandomStream(8, "counts");
        var lines = new List<string> { "n,m,flux,x" };
        for (var i = 0; i < 500; i++)
        {
            var n = random.NextInt(4);
            var x = random.NextNormal();
            // Every row twice.
            lines.AddRange(
                Enumerable.Repeat(
                    string.Create(CultureInfo.InvariantCulture, $"{n},{n + random.NextInt(2)}.0,{Math.Max(0, x):R},{x + n:R}"),
                    2
                )
            );
        }
        File.WriteAllLines(path, lines);
        JsonElement[] pairs = [.. Run(out var error, path).EnumerateArray()];
        Assert.Equal(
            ["table", "chain rule", "class mixtures", "chain rule", "class mixtures", "chain rule"],
            pairs.Select(p => p.GetProperty("method").GetString())
        );
        Assert.Equal(("discrete", "spiked"), (pairs[1].GetProperty("x_kind").GetString(), pairs[1].GetProperty("y_kind").GetString()));
        Assert.All(pairs, p => Assert.Equal((1000, 500), (Number(p, "n"), Number(p, "repeated"))));
        // n + coin: H(m) - ln 2 with probabilities 1/8, 1/4, 1/4, 1/4, 1/8.
        Assert.Equal((0.25 * Math.Log(8)) + (0.75 * Math.Log(4)) - Math.Log(2), Number(pairs[0], "mi"), 3 * Number(pairs[0], "std"));
        Assert.Contains("n (4 values in 500 rows), m (5 values in 500 rows): taken as discrete", error, StringComparison.Ordinal);
        Assert.Contains("flux (0 in ", error, StringComparison.Ordinal);
        Assert.Contains("500 of 1000 rows repeat another; each is counted once", error, StringComparison.Ordinal);
        var entropy = Run(out _, path, "--entropy", "--columns", "n");
        Assert.Equal(Math.Log(4), Number(entropy, "entropy"), 0.01);
        Assert.Equal("discrete", entropy.GetProperty("x_kind").GetString());
    }

    [Fact]
    public void A_copy_of_a_column_is_told_to_be_one()
    {
        var path = _folder.File("copy.csv");
        File.WriteAllLines(
            path,
            [
                "x,y,z",
                .. Enumerable
                    .Range(0, 300)
                    .Select(i =>
                        string.Create(CultureInfo.InvariantCulture, $"{i * 0.77 % 3.1:R},{-2 * (i * 0.77 % 3.1):R},{i * 0.29 % 2.3:R}")
                    ),
            ]
        );
        var pair = Run(out var error, path, "--columns", "x,y");
        Assert.True(pair.GetProperty("is_function").GetBoolean());
        Assert.Contains("their information is infinite", error, StringComparison.Ordinal);
        Assert.False(Run(out error, path, "--columns", "x,z").TryGetProperty("is_function", out _));
        Assert.DoesNotContain("infinite", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Classes_may_stand_in_groups_and_among_what_is_given()
    {
        // x and its sign: given the sign, y = x + noise still tells of x; x and y together tell the whole sign.
        var table = Table();
        var given = Run(out _, table, "--columns", "x,y", "--given", "kind");
        Assert.Equal("chain rule", given.GetProperty("method").GetString());
        Assert.InRange(Number(given, "mi"), 0.1, 0.5 * Math.Log(2));
        Assert.Equal(Math.Log(2), Number(Run(out _, table, "--columns", "x,y", "--with", "kind"), "mi"), 0.03);
    }

    [Fact]
    public void A_folder_of_a_run_gives_latents_against_parameters()
    {
        var random = new RandomStream(6, "run");
        float[] mu = [.. Enumerable.Range(0, 600).Select(_ => (float)random.NextNormal())];
        LatentFile.Write(_folder.File("latents.h5"), new LatentSet(2, mu, new float[600], mu, 1));
        var grid = new WavelengthGrid([5000, 5001]);
        var masses = Enumerable.Range(0, 400).Select(i => i < 300 ? mu[2 * i] + random.NextNormal() : 0).ToArray();
        SpectrumFile.Write(
            _folder.File("spectra.h5"),
            new SpectrumSet(
                grid,
                new float[800],
                new double[400],
                [new ParameterColumn("log_mass", "", "", masses)],
                new SpectrumProvenance("test", 1, "", 5000, 5001, "", "")
            )
        );
        JsonElement[] pairs = [.. Run(out _, _folder.Path).EnumerateArray()];
        Assert.Equal(
            ["z00 log_mass", "z01 log_mass"],
            pairs.Select(p => $"{p.GetProperty("x").GetString()} {p.GetProperty("y").GetString()}")
        );
        Assert.Equal(300, Number(pairs[0], "n"));
        Assert.Equal(0.5 * Math.Log(2), Number(pairs[0], "mi"), 3 * Number(pairs[0], "std"));
    }

    [Theory]
    [InlineData("no column 'q'; it has x, y, w, kind, kind2", "--columns", "x,q")]
    [InlineData("--given needs exactly two --columns", "--columns", "x", "--given", "y")]
    [InlineData("a pair needs two", "--columns", "x")]
    [InlineData("--with needs --columns", "--with", "x")]
    [InlineData("it is discrete and has no finite divergence", "--prior", "--columns", "kind")]
    [InlineData("--classes names 'y', which is not among the named columns", "--columns", "x,w", "--classes", "y")]
    [InlineData("--kl compares two columns", "--kl", "--columns", "x")]
    [InlineData("--kl has no meaning with --entropy", "--kl", "--entropy")]
    public void Faults_are_one_sentence(string named, params string[] arguments)
    {
        var (exitCode, output, error) = CommandLine.Galatent(["mi", Table(), .. arguments]);
        Assert.NotEqual(0, exitCode);
        Assert.Empty(output);
        Assert.Contains(named, error, StringComparison.Ordinal);
        Assert.Single(error.Trim().Split('\n'));
    }

    private string Constants()
    {
        var path = _folder.File("constant.csv");
        File.WriteAllLines(
            path,
            ["x,y,c,d", .. Enumerable.Range(0, 40).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i * 77 % 40},{i},5,7"))]
        );
        return path;
    }

    private static double Number(JsonElement element, string name) => element.GetProperty(name).GetDouble();

    private static JsonElement Run(out string error, params string[] arguments)
    {
        (var exitCode, var output, error) = CommandLine.Galatent(["mi", .. arguments, "--json", "--replicas", "20"]);
        Assert.True(exitCode == 0, error);
        return JsonDocument.Parse(output).RootElement;
    }

    // x normal, y = x + noise, w = x + other noise, kind = sign of x, kind2 its negation; one value is missing.
    private string Table()
    {
        var path = _folder.File("table.csv");
        var random = new RandomStream(1, "table");
        var lines = new List<string> { "x,y,w,kind,kind2" };
        for (var i = 0; i < 2000; i++)
        {
            var x = random.NextNormal();
            var y = i == 7 ? "" : (x + random.NextNormal()).ToString("R", CultureInfo.InvariantCulture);
            lines.Add(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{x:R},{y},{x + random.NextNormal():R},{(x > 0 ? "positive" : "negative")},{(x > 0 ? "minus" : "plus")}"
                )
            );
        }
        File.WriteAllLines(path, lines);
        return path;
    }
}
