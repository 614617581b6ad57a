using System.Collections.Concurrent;
using Galatent.Files;
using Galatent.Spectra;
using Galatent.Synthesis;
using Galatent.Synthesis.Dust;
using Galatent.Synthesis.Galaxies;

namespace Galatent.Tests.Synthesis;

/// <summary>Derivatives of a spectrum against differences of spectra that the batch synthesizer makes, in another precision and by other
/// code.</summary>
[Collection(typeof(SynthesisCollection))]
public class SpectrumDerivativesTests(SynthesisFixture synthesis)
{
    // Between the nodes of every table, so that differences see one segment.
    private static readonly double[] Values = [0.83, 0.1, 0.3, -0.2, 0.4, -0.3, 0.5, -0.35, -0.25, -2.8, 0.35, 0.45, -0.25];
    private static readonly string[] Names =
    [
        "redshift",
        "log_sfr_ratio_1",
        "log_sfr_ratio_2",
        "log_sfr_ratio_3",
        "log_sfr_ratio_4",
        "log_sfr_ratio_5",
        "log_sfr_ratio_6",
        "log_z_star",
        "log_z_gas",
        "log_u",
        "dust1",
        "dust2",
        "dust_index",
    ];

    private static readonly SynthesisOptions[] Options =
    [
        new(),
        new()
        {
            BirthCloudIndex = null,
            LymanAlphaEscape = 0.4,
            LymanContinuumEscape = 0.2,
        },
        new() { Dust = DustLaw.PowerLaw },
    ];

    // Packing the templates takes a quarter of a second.
    private static readonly ConcurrentDictionary<SynthesisOptions, SpectrumSynthesizer> Synthesizers = new();

    public static TheoryData<string, double> Steps =>
        new(
            Names.Select(n =>
                (
                    n,
                    n switch
                    {
                        "redshift" => 0.05,
                        "dust_index" => 0.02,
                        "log_z_gas" => 0.03,
                        _ => 0.02,
                    }
                )
            )
        );

    [Fact]
    public void The_spectrum_itself_is_that_of_the_synthesizer()
    {
        var ours = Derivatives(new SynthesisOptions()).Of(Galaxy(Values));
        var theirs = Normalised(Galaxy(Values), new SynthesisOptions());
        Assert.Equal(1, ours.Norm / theirs.Norm, 1e-5);
        for (var i = 0; i < ours.Flux.Length; i++)
        {
            Assert.Equal(1, theirs.Flux[i] / ours.Flux[i], 3e-5); // float32 sums over 220 nodes
        }
    }

    // Central differences of steps h and h/2, extrapolated; of the luminosity, since a median has a kink wherever another pixel becomes the
    // middle one. The error left is that of float32, 2e-7 of the flux over the step.
    [Theory]
    [MemberData(nameof(Steps))]
    public void Derivatives_are_the_limit_of_differences(string parameter, double step)
    {
        foreach (var options in Options)
        {
            var spectrum = Derivatives(options).Of(Galaxy(Values));
            var derivative = spectrum.Derivatives.Single(d => d.Parameter == parameter);
            var wide = Difference(parameter, step, options);
            var narrow = Difference(parameter, step / 2, options);
            for (var i = 0; i < spectrum.Flux.Length; i++)
            {
                var limit = ((4 * narrow[i]) - wide[i]) / 3;
                var luminosity = spectrum.Flux[i] * spectrum.Norm;
                var ours = (spectrum.Norm * derivative.Flux[i]) + (spectrum.Flux[i] * derivative.Norm);
                Assert.True(
                    Math.Abs(limit - ours) < (5e-4 * Math.Abs(ours)) + (2e-6 * luminosity / step),
                    $"{parameter} at {synthesis.Grid.WavelengthAngstrom[i]} Å: {ours / luminosity}, differences {limit / luminosity}"
                );
            }
        }
    }

    [Fact]
    public void The_norm_has_its_derivative_too()
    {
        var derivative = Derivatives(new SynthesisOptions()).Of(Galaxy(Values)).Derivatives.Single(d => d.Parameter == "dust2");
        // A step so small that the same pixel stays the middle one.
        const double h = 1e-5;
        double Norm(double dust2) => Derivatives(new SynthesisOptions()).Of(Galaxy(Changed("dust2", dust2))).Norm;
        Assert.Equal(1, (Norm(0.45 + h) - Norm(0.45 - h)) / (2 * h) / derivative.Norm, 1e-6);
    }

    // Rates of the first two bins times 10^x, the others divided so that the mass formed stays: written out, and differenced in double
    // precision by the same class's spectra.
    [Fact]
    public void Star_formation_rate_and_mass_are_opposite_directions()
    {
        var galaxy = Galaxy(Values);
        var all = Derivatives(new SynthesisOptions()).Of(galaxy).Derivatives;
        var rate = all.Single(d => d.Parameter == "log_sfr").Flux;
        var mass = all.Single(d => d.Parameter == "log_mass").Flux;
        double[] At(double x)
        {
            var h = galaxy.History;
            var grown = h with { SfrMsunPerYr = [.. h.SfrMsunPerYr.Select((s, bin) => bin < 2 ? s * Math.Pow(10, x) : s)] };
            return Derivatives(new SynthesisOptions()).Of(galaxy with { History = grown }).Flux;
        }
        var after = At(1e-3);
        var before = At(-1e-3);
        for (var i = 0; i < rate.Length; i++)
        {
            Assert.Equal(-rate[i], mass[i], 1e-12 * Math.Abs(rate[i]));
            Assert.Equal((after[i] - before[i]) / 2e-3, rate[i], 1e-4 * (Math.Abs(rate[i]) + after[i]));
        }
    }

    [Fact]
    public void Beyond_the_tables_nothing_changes()
    {
        var values = Changed("log_u", -9);
        (values[7], values[8]) = (-5, 3);
        var derivatives = Derivatives(new SynthesisOptions()).Of(Galaxy(values)).Derivatives;
        Assert.All(derivatives.Where(d => d.Parameter is "log_u" or "log_z_star" or "log_z_gas"), d =>
            Assert.All(d.Flux, f => Assert.Equal(0, f))
        );
    }

    [Fact]
    public void Slopes_of_the_dust_curves_are_those_of_differences()
    {
        foreach (var w in new[] { 1216.0, 2175, 5500, 9000 })
        {
            Assert.Equal(
                (KriekConroyDust.Curve(w, -0.3 + 1e-5) - KriekConroyDust.Curve(w, -0.3 - 1e-5)) / 2e-5,
                KriekConroyDust.CurveSlope(w, -0.3),
                1e-7
            );
            Assert.Equal(
                (PowerLawDust.Curve(w, -0.7 + 1e-5) - PowerLawDust.Curve(w, -0.7 - 1e-5)) / 2e-5,
                PowerLawDust.CurveSlope(w, -0.7),
                1e-7
            );
        }
    }

    private SpectrumDerivatives Derivatives(SynthesisOptions options) =>
        new(synthesis.OnStudyGrid, SimulationOptions.Study(1) with { Synthesis = options });

    private double[] Difference(string parameter, double step, SynthesisOptions options)
    {
        var value = Values[Array.IndexOf(Names, parameter)];
        var after = Normalised(Galaxy(Changed(parameter, value + step)), options);
        var before = Normalised(Galaxy(Changed(parameter, value - step)), options);
        return [.. after.Flux.Zip(before.Flux, (a, b) => ((a * after.Norm) - (b * before.Norm)) / (2 * step))];
    }

    private (double[] Flux, double Norm) Normalised(Galaxy galaxy, SynthesisOptions options)
    {
        var synthesizer = Synthesizers.GetOrAdd(options, o => new SpectrumSynthesizer(synthesis.OnStudyGrid, synthesis.Grid, o));
        var lnu = SynthesisFixture.Spectrum(synthesizer, synthesis.Grid, PopulationSample.ToPopulation(galaxy, synthesizer.Ages));
        var norm = MedianNormalization.Study.Median(synthesis.Grid, lnu);
        return (Array.ConvertAll(lnu, f => (double)f / norm), norm);
    }

    private static double[] Changed(string parameter, double value) => [.. Names.Select((n, i) => n == parameter ? value : Values[i])];

    private static Galaxy Galaxy(double[] values) =>
        new GalaxyCatalogue("test", [.. Names.Select((n, i) => new ParameterColumn(n, "", "", [values[i]]))]).Galaxy(0);
}
