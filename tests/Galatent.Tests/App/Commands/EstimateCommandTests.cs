using System.Text.Json;
using Galatent.App;
using Galatent.Files;

namespace Galatent.Tests.App.Commands;

/// <summary><c>galatent estimate</c> as a user calls it, on spectra of which the parameter is known: intervals hold what they
/// promise.</summary>
public sealed class EstimateCommandTests : IDisposable
{
    private const int Mocks = 900;
    private const int Real = 500;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Intervals_hold_the_true_parameter_as_often_as_they_say()
    {
        var truth = Write("mock.h5", Mocks, "mocks").Concat(Write("real.h5", Real, "real")).Skip(Mocks).ToArray();
        var output = _folder.File("estimates.csv");
        var first = Estimate(output, "mock.h5");
        Assert.Equal(0, first.ExitCode);
        var table = ResultTable.Read(output, "galatent estimate");
        Assert.Equal(Real, table.Rows.Count);
        double Held(int percent)
        {
            var low = table.Doubles($"dust2_low_{percent}");
            var high = table.Doubles($"dust2_high_{percent}");
            return truth.Where((t, i) => t >= low[i] && t <= high[i]).Count() / (double)Real;
        }
        // 135 mocks calibrate: the share that a conformal interval holds scatters by 0.04 at 68 % (Vovk 2012), and 500 spectra by 0.02.
        Assert.InRange(Held(68), 0.68 - (3 * 0.045), 0.68 + (3 * 0.045));
        Assert.InRange(Held(95), 0.95 - (3 * 0.022), 1);
        // The amplitude is plain to see: noise of 0.05 in 64 pixels leaves an error of 0.03, the scatter of the parameter about it 0.05.
        var estimate = table.Doubles("dust2");
        var error = Math.Sqrt(truth.Zip(estimate, (t, e) => (t - e) * (t - e)).Average());
        Assert.InRange(error, 0.04, 0.12);
        var coverage = ResultTable.Read(_folder.File("estimates-coverage.csv"), "galatent estimate");
        Assert.Equal(["dust2"], coverage.Texts("parameter"));
        Assert.InRange(coverage.Doubles("r2")[0], 0.9, 1);

        // The figure's numbers are those of both tables.
        Assert.Equal(0, Estimate(output, "mock.h5", "--figures", _folder.File("figures")).ExitCode);
        var drawn = ResultTable.Read(_folder.File("figures/estimates-mocks.csv"), "galatent estimate");
        var kind = drawn.Texts("kind");
        var (guess, low, high) = (drawn.Doubles("estimate"), drawn.Doubles("low_68"), drawn.Doubles("high_68"));
        Assert.Equal(estimate, guess.Where((_, i) => kind[i] == "real"));
        var held = drawn
            .Doubles("truth", mayBeUndefined: true)
            .Select((t, i) => (kind[i], t >= low[i] && t <= high[i]))
            .Where(t => t.Item1 == "mock");
        Assert.Equal(coverage.Doubles("coverage_68")[0], held.Average(t => t.Item2 ? 1 : 0), 1e-3);
        Assert.All(Galatent.Report.Drawing.Figure.Formats, f => Assert.True(File.Exists(_folder.File("figures/estimates-mocks" + f))));

        // The same seed, the same bytes; and the same numbers as JSON.
        var again = _folder.File("again.csv");
        Assert.Equal(0, Estimate(again, "mock.h5").ExitCode);
        Assert.Equal(File.ReadAllBytes(output), File.ReadAllBytes(again));
        using var json = JsonDocument.Parse(Estimate(again, "mock.h5", "--json").Output);
        Assert.Equal(estimate[7], json.RootElement.GetProperty("estimates")[7].GetProperty("dust2").GetDouble());
    }

    [Fact]
    public void Few_mocks_and_mocks_without_parameters_are_refused_and_nothing_is_written()
    {
        Write("real.h5", 40, "real");
        Write("few.h5", 60, "mocks");
        Write("blank.h5", 600, "mocks", isKnown: false);
        Train("few.h5");
        foreach (var file in new[] { "few.h5", "blank.h5" })
        {
            var result = Estimate(_folder.File("e.csv"), file);
            Assert.Equal(Cli.InputError, result.ExitCode);
            Assert.Contains("Estimates need 500 mocks with known parameters", result.Error, StringComparison.Ordinal);
            Assert.Contains(file, result.Error, StringComparison.Ordinal);
            Assert.Contains("--like", result.Error, StringComparison.Ordinal);
            Assert.False(File.Exists(_folder.File("e.csv")));
            Assert.False(File.Exists(_folder.File("e-coverage.csv")));
        }
    }

    private (int ExitCode, string Output, string Error) Estimate(string output, string mock, params string[] more)
    {
        if (!Directory.Exists(_folder.File("model")))
        {
            Train(mock);
        }
        string[] files = ["--model", _folder.File("model"), "--data", _folder.File("real.h5"), "--mock", _folder.File(mock)];
        return CommandLine.Galatent(["estimate", .. files, "--out", output, "--threads", "1", .. more]);
    }

    private void Train(string data)
    {
        string[] recipe = ["--epochs", "6", "--latent", "3", "--threads", "1"];
        Assert.Equal(0, Cli.Run(["train", "--data", _folder.File(data), "--out", _folder.File("model"), .. recipe]));
    }

    private double[] Write(string name, int count, string stream, bool isKnown = true) =>
        WaveSurvey.Write(_folder.File(name), count, stream, isKnown);
}
