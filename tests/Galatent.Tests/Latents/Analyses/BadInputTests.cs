using Galatent.Files;
using Galatent.Latents;
using Galatent.Latents.Analyses;
using Galatent.Tests.Report;

namespace Galatent.Tests.Latents.Analyses;

/// <summary>Every analysis meets input that is not enough for it: it says in a sentence what it needs, or gives tables without a number
/// that is none.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static Dictionary<string, Func<AnalysisInput>> Inputs { get; } =
        new()
        {
            ["no parameters"] = () => Input(1500, parameters: []),
            ["constant parameters"] = () => Input(1500, parameters: [new ParameterColumn("dust2", "", "", new double[1500])]),
            ["one dimension in use"] = () => Input(1500, inUse: 1),
            ["no dimension in use"] = () => Input(1500, inUse: 0),
            ["few spectra"] = () => Input(120),
        };

    public static TheoryData<string, string> Cases { get; } = [.. AnalysisList.All.SelectMany(a => Inputs.Keys.Select(i => (a.Name, i)))];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Says_what_it_needs_or_gives_whole_tables(string name, string input)
    {
        var analysis = AnalysisList.Chosen([name]).Single();
        var remarks = AnalysisRun.Into(_folder.Path, analysis, Inputs[input](), cancellation: TestContext.Current.CancellationToken);
        var tables = Directory.GetFiles(_folder.Path);
        Assert.True(
            tables.Length > 0 || remarks.Any(r => r.StartsWith($"{name}: not done. This analysis needs ", StringComparison.Ordinal))
        );
        Assert.All(remarks, r => Assert.EndsWith(".", r, StringComparison.Ordinal));
        foreach (var table in tables)
        {
            Assert.DoesNotMatch("NaN|Infinity", File.ReadAllText(table));
        }
    }

    private static AnalysisInput Input(int count, int inUse = 3, ParameterColumn[]? parameters = null)
    {
        var whole = InventedRun.Spectra(InventedRun.CoarseGrid, count);
        var spectra = parameters is null ? whole : InventedRun.With(whole, parameters);
        var input = TestInput.Of(whole);
        var kl = input.Results.Informativeness.KlNat;
        int[] used = [.. Enumerable.Range(0, kl.Length).Where(d => kl[d] > 0.1).Take(inUse)];
        double[] left = [.. kl.Select((k, d) => used.Contains(d) ? k : 0)];
        return input with
        {
            Spectra = spectra,
            Results = input.Results with { Informativeness = new Informativeness([.. left], left), Parameters = null },
        };
    }
}
