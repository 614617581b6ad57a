using Galatent.Files;
using Galatent.Latents.Analyses;
using Galatent.Networks;
using Galatent.Numerics;
using Galatent.Spectra;
using Galatent.Tests.Latents.Analyses;

namespace Galatent.Tests.Latents.Attribution;

/// <summary>Three parameters add three known templates; a linear "model" decodes dimension 0 into the first and dimension 1 into a mixture
/// of the other two.</summary>
public class AttributionAnalysisTests
{
    private const int Count = 240;
    private static readonly string[] Names = ["dust2", "log_z_gas", "log_u"];

    // Orthonormal.
    private static readonly double[][] Templates =
    [
        [1, 0, 0, 0],
        [0, .6, .8, 0],
        [0, .8, -.6, 0],
    ];

    [Fact]
    public void Shares_are_those_of_the_known_mixture()
    {
        var table = Output().Tables[0].Table;
        var shares = table
            .Rows.Where(r => r[1] == "1")
            .ToDictionary(r => (r[0], r[2]), r => double.Parse(r[3], System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(1, shares[("z00", "dust2")], 1e-4);
        Assert.Equal(0, shares[("z00", "log_u")], 1e-4);
        // Dimension 1 has 3 parts of the second template to 1 of the third: 0.9 and 0.1 of the squared norm.
        Assert.Equal(.9, shares[("z01", "log_z_gas")], 1e-4);
        Assert.Equal(.1, shares[("z01", "log_u")], 1e-4);
        Assert.Equal(0, shares[("z01", "remainder")], 1e-4);
    }

    [Fact]
    public void The_encoder_moves_by_the_known_slopes()
    {
        var output = Output();
        var encoder = output.Tables[1].Table;
        double Move(string dimension, string parameter) =>
            encoder.Number(encoder.Rows.ToList().FindIndex(r => r[0] == dimension && r[1] == parameter), 2, true);
        // The encoder reads the amplitude of the first template; its posterior deviation is 0.1, and a population deviation of dust2 is
        // that of a uniform variable of width 2.
        Assert.Equal(2 / Math.Sqrt(12) / .1, Move("z00", "dust2"), .1);
        Assert.Equal(0, Move("z00", "log_u"), 1e-2);
        var forecast = encoder.Number(encoder.Rows.ToList().FindIndex(r => r[0] == "all in use" && r[1] == "dust2"), 5, true);
        Assert.Equal(1 / Math.Sqrt(1 + (4 / 12.0 / .01)), forecast, .01);
        var steps = output.Tables[2].Table;
        Assert.All(steps.Doubles("half_step_difference"), d => Assert.InRange(d, 0, 1e-4));
        Assert.Equal(1, steps.Doubles("encoded_again")[0], 1e-3);
    }

    [Fact]
    public void Without_simulator_or_parameters_the_sentence_says_so()
    {
        var analysis = Assert.Single(AnalysisList.Chosen(["attribution"]));
        string Fault(AnalysisInput input) =>
            Assert.Throws<InputException>(() => analysis.Run(input, null, TestContext.Current.CancellationToken)).Message;
        Assert.Contains("were not simulated", Fault(Input() with { Simulate = null }), StringComparison.Ordinal);
        var plain = Input();
        var spectra = (SpectrumSet)plain.Spectra;
        var unknown = new SpectrumSet(spectra.Grid, spectra.Flux, spectra.Norm, [], spectra.Provenance);
        Assert.Contains("parameters that shape a spectrum", Fault(plain with { Spectra = unknown }), StringComparison.Ordinal);
    }

    private static AnalysisOutput Output() =>
        Assert.Single(AnalysisList.Chosen(["attribution"])).Run(Input(), null, TestContext.Current.CancellationToken);

    private static AnalysisInput Input()
    {
        var random = new RandomStream(1, "attribution");
        var values = Names.Select(_ => new double[Count]).ToArray();
        for (var i = 0; i < Count; i++)
        {
            for (var p = 0; p < 3; p++)
            {
                values[p][i] = (2 * random.NextDouble()) + 1;
            }
        }
        ParameterColumn[] parameters = [.. Names.Select((name, p) => new ParameterColumn(name, "", "", values[p]))];
        var template = TestInput.OfColumns([values[0], values[1]], parameters);
        var spectra = new SpectrumSet(
            new WavelengthGrid([4000, 5000, 6000, 7000]),
            Flux(parameters),
            [.. Enumerable.Repeat(1.0, Count)],
            parameters,
            template.Spectra.Provenance
        );
        return template with
        {
            Spectra = spectra,
            Latents = template.Latents with { LogVariance = [.. Enumerable.Repeat((float)Math.Log(.01), 2 * Count)] },
            Results = template.Results with { Error = new([1, 1, 1, 1], [1, 1, 1, 1], new double[Count]) },
            Encode = flux => new LatentPosterior(
                flux.Length / 4,
                2,
                [.. Enumerable.Range(0, flux.Length / 4).SelectMany(i => new[] { 0, 1 }.Select(d => Amplitude(flux, i, d)))],
                new float[flux.Length / 2]
            ),
            Decode = (z, m) =>
                [
                    .. Enumerable
                        .Range(0, m)
                        .SelectMany(i =>
                            Enumerable
                                .Range(0, 4)
                                .Select(x =>
                                    (float)((z[2 * i] * Templates[0][x]) + (z[(2 * i) + 1] * ((3 * Templates[1][x]) + Templates[2][x])))
                                )
                        ),
                ],
            Simulate = columns => Flux([.. columns]),
        };
    }

    private static float Amplitude(float[] flux, int row, int d) =>
        (float)Enumerable.Range(0, 4).Sum(x => flux[(row * 4) + x] * Templates[d][x]);

    private static float[] Flux(ParameterColumn[] parameters) =>
        [
            .. Enumerable
                .Range(0, parameters[0].Values.Length)
                .SelectMany(i =>
                    Enumerable.Range(0, 4).Select(x => (float)Enumerable.Range(0, 3).Sum(p => parameters[p].Values[i] * Templates[p][x]))
                ),
        ];
}
