using Galatent.Files;
using Galatent.Latents.Analyses;
using Galatent.Latents.Information;
using Galatent.Latents.Mixtures;
using Galatent.Numerics;
using Galatent.Spectra;
using Galatent.Tests.Report;

namespace Galatent.Tests.Latents.Analyses;

/// <summary>Each analysis of the list on the invented run: what it writes, and what it says when it cannot be done.</summary>
public class ModelAnalysesTests
{
    // Narrow pixels where lines and breaks are.
    private static readonly WavelengthGrid Fine = new([
        .. Enumerable.Range(0, 58).Select(i => 1000.0 + (40 * i)),
        .. Enumerable.Range(0, 1350).Select(i => 3320.0 + (3 * i)),
        .. Enumerable.Range(0, 65).Select(i => 7390.0 + (40 * i)),
    ]);

    [Theory]
    [InlineData("dimensionality")]
    [InlineData("intrinsic-dimension")]
    [InlineData("conditional")]
    [InlineData("quantities")]
    [InlineData("estimates")]
    [InlineData("map")]
    [InlineData("spectral-indices")]
    [InlineData("redshift")]
    public void Tables_are_whole_and_the_same_for_any_number_of_threads(string name)
    {
        var spectra = Spectra(300);
        var one = Run(name, Input(spectra, 1));
        var three = Run(name, Input(spectra, 3));
        Assert.NotEmpty(one.Tables);
        Assert.All(one.Tables, t => Assert.NotEmpty(t.Table.Rows));
        Assert.All(one.Tables, t => Assert.StartsWith(name, t.Name, StringComparison.Ordinal));
        // Undefined numbers are empty fields.
        Assert.All(one.Tables.SelectMany(t => t.Table.Rows).SelectMany(r => r), field => Assert.NotEqual("NaN", field));
        Assert.Equal(Text(one), Text(three));
    }

    [Theory]
    [InlineData("conditional", "known parameters")]
    [InlineData("estimates", "known parameters")]
    public void Without_parameters_the_sentence_says_so(string name, string words)
    {
        var known = Spectra(300);
        var spectra = new SpectrumSet(known.Grid, known.Flux, known.Norm, [], known.Provenance);
        Assert.Contains(words, Fault(name, Input(spectra, 1)), StringComparison.Ordinal);
        // The map and the indices need none.
        Assert.Contains(Run("map", Input(spectra, 1)).Remarks, r => r.Contains("no known parameters", StringComparison.Ordinal));
        Assert.All(Run("spectral-indices", Input(spectra, 1)).Tables[0].Table.Texts("spectra"), s => Assert.Equal("all", s));
    }

    [Theory]
    [InlineData("conditional")]
    [InlineData("estimates")]
    public void Constant_parameters_are_named(string name)
    {
        var known = Spectra(300);
        ParameterColumn[] constant =
        [
            .. known.Parameters.Select(p => p with { Values = Enumerable.Repeat(1.0, 300).ToArray(), Whole = null }),
        ];
        var spectra = new SpectrumSet(known.Grid, known.Flux, known.Norm, constant, known.Provenance);
        Assert.Contains("constant", Fault(name, Input(spectra, 1)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dimensionality", 1)]
    [InlineData("conditional", 1)]
    [InlineData("quantities", 1)]
    [InlineData("estimates", 1)]
    [InlineData("map", 2)]
    public void Without_dimensions_in_use_the_sentence_says_how_many_are_needed(string name, int needed)
    {
        var input = WithKl(Input(Spectra(300), 1), d => 0);
        Assert.Contains($"at least {needed} dimension", Fault(name, input), StringComparison.Ordinal);
    }

    [Fact]
    public void One_dimension_in_use_leaves_the_rest_standing()
    {
        var input = WithKl(Input(Spectra(300), 1), d => d == 4 ? 1 : 0);
        var output = Run("dimensionality", input);
        Assert.Contains(output.Remarks, r => r.Contains("it needs two", StringComparison.Ordinal));
        Assert.Equal("1", output.Tables[0].Table.Rows[0][2]);
        Assert.NotEmpty(Run("intrinsic-dimension", input).Tables[0].Table.Rows);
        Assert.NotEmpty(Run("conditional", input).Tables[0].Table.Rows);
    }

    [Fact]
    public void Too_few_spectra_are_too_few_for_each() =>
        Assert.All(
            new[] { "dimensionality", "intrinsic-dimension", "conditional", "quantities", "estimates", "map", "spectral-indices" },
            name => Assert.Contains("at least 200 spectra", Fault(name, Input(Spectra(199), 1)), StringComparison.Ordinal)
        );

    // Two parameters of the invented spectra are amplitudes of templates that the "model" knows.
    [Fact]
    public void A_parameter_that_the_latents_hold_is_estimated_and_its_intervals_cover()
    {
        var table = Run("estimates", Input(Spectra(600), 2)).Tables[0].Table;
        var best = table.Doubles("r2").Max();
        Assert.InRange(best, .5, 1);
        // 60 test rows: the spread of a coverage of 0.68 is 0.06, and that of its calibration as much again.
        Assert.All(table.Doubles("coverage_68"), c => Assert.InRange(c, .4, .95));
        Assert.All(table.Doubles("r2").Zip(table.Doubles("r2_ceiling")), p => Assert.True(p.First <= p.Second));
    }

    private static SpectrumSet Spectra(int count)
    {
        var invented = InventedRun.Spectra(Fine, count);
        return new SpectrumSet(
            invented.Grid,
            invented.Flux,
            invented.Norm,
            invented.Parameters,
            invented.Provenance with
            {
                FluxUnit = "Lsun/Hz",
            }
        );
    }

    private static AnalysisInput Input(SpectrumSet spectra, int threads)
    {
        var input = TestInput.Of(spectra);
        return input with
        {
            Options = input.Options with
            {
                Threads = threads,
                Information = new MutualInformationOptions
                {
                    Replicas = 10,
                    Permutations = 99,
                    Neighbours = 0,
                    Fit = new MixtureFitOptions { MaxComponents = 2 },
                },
            },
        };
    }

    private static AnalysisInput WithKl(AnalysisInput input, Func<int, double> kl) =>
        input with
        {
            Results = input.Results with
            {
                Informativeness = input.Results.Informativeness with
                {
                    KlNat = [.. Enumerable.Range(0, input.Latents.Dimensions).Select(kl)],
                },
            },
        };

    private static AnalysisOutput Run(string name, AnalysisInput input) =>
        Assert.Single(AnalysisList.Chosen([name])).Run(input, null, TestContext.Current.CancellationToken);

    private static string Fault(string name, AnalysisInput input) => Assert.Throws<InputException>(() => Run(name, input)).Message;

    private static string Text(AnalysisOutput output) =>
        string.Join('\n', output.Tables.SelectMany(t => t.Table.Rows.Prepend(t.Table.Header)).Select(r => string.Join(',', r)));
}
