using Galatent.Synthesis;
using Galatent.Synthesis.Gas;

namespace Galatent.Tests.Synthesis.Gas;

/// <summary>The continuum of gas from its formulas, against Ferland's table, atomic rates that its photons must add up to, and the spectra
/// it makes.</summary>
[Collection(typeof(SynthesisCollection))]
public class RecombinationContinuumTests(SynthesisFixture synthesis)
{
    // Nodes of the table, but those within 5 Å of an edge, which the two put 1 or 2 Å apart. The largest difference is 2.7 %, at 2855 Å,
    // where two-photon emission of helium is missing.
    [Theory]
    [InlineData(1300, 5.647)]
    [InlineData(1500, 9.35)]
    [InlineData(1800, 9.847)]
    [InlineData(2200, 10.582)]
    [InlineData(2855, 16.101)]
    [InlineData(3331, 24.681)]
    [InlineData(3642, 29.979)]
    [InlineData(3648, 6.519)]
    [InlineData(5700, 8.773)]
    [InlineData(7000, 11.545)]
    [InlineData(8209, 6.333)]
    [InlineData(14583, 10.444)]
    public void Formulas_agree_with_the_table(double angstrom, double gamma)
    {
        Assert.Equal(1, RecombinationContinuum.PerPhoton(angstrom) * 2.60e-13 / (gamma * 1e-40), 0.03);
        Assert.Equal(1, NebularContinuum.PerPhoton(angstrom) * 2.60e-13 / (gamma * 1e-40), 1e-12);
    }

    // Two photons per decay: the integral is twice 8.2249 per second (Nussbaumer and Schmutz 1984); either photon of a pair is as likely.
    [Fact]
    public void Two_photons_share_the_energy_of_Lyman_alpha()
    {
        var steps = Enumerable.Range(0, 20_000).Select(i => (i + 0.5) / 20_000).ToArray();
        Assert.Equal(1, steps.Average(RecombinationContinuum.TwoPhotonProfile) / (2 * 8.2249), 3e-4);
        Assert.All(steps, y =>
            Assert.Equal(RecombinationContinuum.TwoPhotonProfile(1 - y), RecombinationContinuum.TwoPhotonProfile(y), 1e-9)
        );
        // Energy: 0.838e-13 recombinations to 2s, 10.199 eV each.
        var energy = steps.Average(y => RecombinationContinuum.TwoPhoton(1215.67 / y)) * 2.99792458e18 / 1215.67;
        Assert.Equal(1, energy / (0.838e-13 * 10.199 * 1.602177e-12), 1e-3);
        Assert.Equal(0, RecombinationContinuum.TwoPhoton(1215));
    }

    // As many photons as recombinations: 2.59e-13 cm3/s at 1e4 K to all levels of hydrogen but the first (Osterbrock and Ferland 2006,
    // table 2.1), and a tenth of 2.73e-13 for helium (table 2.4).
    [Fact]
    public void Free_bound_photons_are_as_many_as_recombinations()
    {
        const int count = 40_000;
        var low = Math.Log(100);
        var high = Math.Log(1e8);
        var step = (high - low) / count;
        // Photons: gamma/(h nu) dnu = gamma/h dln(lambda).
        var photons =
            Enumerable.Range(0, count).Sum(i => RecombinationContinuum.FreeBound(Math.Exp(low + ((i + 0.5) * step)))) * step / 6.62607e-27;
        Assert.Equal(1, photons / (2.59e-13 + (0.1 * 2.73e-13)), 0.02);
    }

    // In all 1.426e-27 sqrt(T) g erg cm3/s with a mean Gaunt factor of 1.27 at 1e4 K (Draine 2011, eq. 10.12), and a tenth more for helium.
    // Beyond 10 micron, where the expansion does not serve and
    // 17 % of the power lie, the factor of Draine's eq. 10.9.
    [Fact]
    public void Free_free_emission_has_the_known_power()
    {
        const int count = 20_000;
        var low = Math.Log(912);
        var high = Math.Log(1e10);
        var step = (high - low) / count;
        double Power(double angstrom)
        {
            var gigahertz = 2.99792458e9 / angstrom;
            var draine =
                6.84e-40
                * Math.Exp(-gigahertz * 1e9 * 4.799243e-11 / 1e4)
                * Math.Log(Math.Exp(5.960 - (Math.Sqrt(3) / Math.PI * Math.Log(gigahertz))) + Math.E);
            return (angstrom < 1e5 ? RecombinationContinuum.FreeFree(angstrom) : 1.1 * draine) * 2.99792458e18 / angstrom;
        }
        var power = Enumerable.Range(0, count).Sum(i => Power(Math.Exp(low + ((i + 0.5) * step)))) * step;
        Assert.Equal(1, power / (1.1 * 1.426e-27 * 100 * 1.27), 0.01);
    }

    [Fact]
    public void Spectra_take_the_continuum_that_they_are_told()
    {
        var formulas = new SpectrumSynthesizer(
            synthesis.OnStudyGrid,
            synthesis.Grid,
            new SynthesisOptions { ContinuumSource = NebularContinuumSource.Formulas, EmissionLines = false }
        );
        var table = new SpectrumSynthesizer(synthesis.OnStudyGrid, synthesis.Grid, new SynthesisOptions { EmissionLines = false });
        var galaxy = synthesis.ConstantRate(1e7, 0.02);
        var stars = synthesis.Spectrum(synthesis.Stars, galaxy);
        var one = synthesis.Spectrum(table, galaxy);
        var other = synthesis.Spectrum(formulas, galaxy);
        foreach (var angstrom in new[] { 1500.0, 2200, 3331, 3560, 4500, 5700, 7000, 9000 })
        {
            var i = synthesis.Grid.Nearest(angstrom);
            var ratio =
                RecombinationContinuum.PerPhoton(synthesis.Grid.WavelengthAngstrom[i])
                / NebularContinuum.PerPhoton(synthesis.Grid.WavelengthAngstrom[i]);
            // Float32 of a sum that is up to 30 times the difference.
            Assert.Equal(ratio, (double)(other[i] - stars[i]) / (one[i] - stars[i]), 1e-4);
        }
    }
}
