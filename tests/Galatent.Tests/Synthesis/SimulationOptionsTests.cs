using Galatent.Numerics;
using Galatent.Spectra;
using Galatent.Synthesis;
using Galatent.Synthesis.Galaxies;
using Galatent.Synthesis.Gas;
using Galatent.Synthesis.Observing;
using Galatent.Synthesis.StarFormation;

namespace Galatent.Tests.Synthesis;

/// <summary>Spectra other than the study's.</summary>
[Collection(typeof(SynthesisCollection))]
public sealed class SimulationOptionsTests(SynthesisFixture synthesis) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Flux_per_angstrom_is_flux_per_hertz_times_c_over_lambda_squared()
    {
        var hertz = Simulate(SimulationOptions.Study(1));
        var angstrom = Simulate(SimulationOptions.Study(1) with { Unit = FluxUnit.PerAngstrom });
        Assert.Equal("Lsun/angstrom per solar mass formed", angstrom.Provenance.FluxUnit);
        for (var i = 0; i < hertz.Count; i++)
        {
            Assert.Equal(1, MedianNormalization.Study.Median(angstrom.Grid, angstrom[i]), 1e-6);
            for (var p = 0; p < hertz.Grid.Count; p += 31)
            {
                var expected = hertz[i][p] * hertz.Norm[i] * 2.99792458e18 / Math.Pow(hertz.Grid.WavelengthAngstrom[p], 2);
                Assert.Equal(1, angstrom[i][p] * angstrom.Norm[i] / expected, 1e-5);
            }
        }
    }

    // The native table has 0.9 Å in the optical: structure of 2.5 Å must survive on a grid like DESI's and be gone on one of 20 Å.
    [Fact]
    public void A_fine_grid_shows_the_resolution_of_the_library()
    {
        double Contrast(double step)
        {
            var grid = new WavelengthGrid([.. Enumerable.Range(0, (int)(1500 / step)).Select(i => 4000 + (i * step))]);
            var stars = new SpectrumSynthesizer(
                synthesis.Library,
                grid,
                new SynthesisOptions { EmissionLines = false, NebularContinuum = false }
            );
            var lnu = SynthesisFixture.Spectrum(stars, grid, synthesis.Simple(5e9, 0.02));
            var core = lnu[grid.Nearest(4227.9)];
            var beside = 0.5f * (lnu[grid.Nearest(4215)] + lnu[grid.Nearest(4242)]); // Ca I 4226.7 in air
            return core / beside;
        }
        var fine = Contrast(0.8);
        var coarse = Contrast(20);
        Assert.InRange(fine, 0.4, 0.75);
        Assert.True(coarse > fine + 0.1, $"{fine} at 0.8 Å, {coarse} at 20 Å");
    }

    [Fact]
    public void Velocity_dispersion_washes_lines_out_and_keeps_the_light()
    {
        var broad = new SpectrumSynthesizer(
            synthesis.Library,
            synthesis.Grid,
            new SynthesisOptions
            {
                EmissionLines = false,
                NebularContinuum = false,
                StellarVelocityKmPerS = 300,
            }
        );
        var galaxy = synthesis.Simple(5e9, 0.02);
        var sharp = synthesis.Spectrum(synthesis.Stars, galaxy);
        var smooth = synthesis.Spectrum(broad, galaxy);
        Assert.Equal(
            1,
            SpectrumMeasures.Mean(synthesis.Grid, smooth, 4000, 7000) / SpectrumMeasures.Mean(synthesis.Grid, sharp, 4000, 7000),
            1e-3
        );
        var core = synthesis.Grid.Nearest(4227.9);
        Assert.True(smooth[core] > 1.05 * sharp[core]);
    }

    [Fact]
    public void Parts_of_one_spectrum_add_up()
    {
        var galaxy = GalaxyDescription.Parse(["logM=10", "logSFR=1", "z=0.5", "dust2=0.5"], InitialMassFunction.Kroupa);
        var parts = SpectrumParts.Of(synthesis.OnStudyGrid, SimulationOptions.Study(1), galaxy);
        for (var i = 0; i < parts.Total.Length; i++)
        {
            Assert.Equal(parts.Total[i], parts.Stars[i] + parts.Gas[i], 1e-6 * parts.Total[i]);
            Assert.True(parts.Gas[i] >= -1e-6 * parts.Total[i]);
            Assert.True(parts.WithoutDust[i] > parts.Total[i]);
        }
        var alpha = synthesis.Grid.Nearest(6564.6);
        Assert.True(parts.Gas[alpha] > 5 * parts.Stars[alpha]);
    }

    [Theory]
    [InlineData("Lyman", 1.5, 0, LineWidthRule.TwoPixels)]
    [InlineData("km/s", 1, -3, LineWidthRule.TwoPixels)]
    [InlineData("above 0", 1, 0, LineWidthRule.Velocity)]
    public void Options_without_meaning_are_named(string word, double escape, double velocity, LineWidthRule rule) =>
        Assert.Contains(
            word,
            Assert
                .Throws<InputException>(() =>
                    new SynthesisOptions
                    {
                        LymanAlphaEscape = escape,
                        LineVelocityKmPerS = velocity,
                        LineWidth = rule,
                    }.Validate()
                )
                .Message,
            StringComparison.Ordinal
        );

    private SpectrumSet Simulate(SimulationOptions options)
    {
        var path = _folder.File($"{options.Unit}.h5");
        new Simulator(synthesis.OnStudyGrid, options).WritePopulation(
            path,
            8,
            new PopulationOptions { Selection = SelectionPreset.Uniform },
            "uniform",
            2,
            cancellation: TestContext.Current.CancellationToken
        );
        return SpectrumFile.Read(path);
    }
}
