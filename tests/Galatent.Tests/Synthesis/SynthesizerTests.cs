using CsCheck;
using Galatent.Spectra;
using Galatent.Synthesis.Dust;
using Galatent.Synthesis.Galaxies;

namespace Galatent.Tests.Synthesis;

/// <summary>Laws that every spectrum obeys.</summary>
[Collection(typeof(SynthesisCollection))]
public class SynthesizerTests(SynthesisFixture synthesis)
{
    private static readonly Gen<(double[] Ratios, double Z, double ZStar, double Dust1, double Dust2, double Index)> Galaxies = Gen.Select(
        Gen.Double[-1, 1].Array[6],
        Gen.Double[0, 4],
        Gen.Double[-1.98, 0.19],
        Gen.Double[0, 2],
        Gen.Double[0, 2],
        Gen.Double[-1, 0.4]
    );

    [Fact]
    public void Without_dust_its_index_changes_no_bit()
    {
        var galaxy = synthesis.ConstantRate(1e9, 0.02);
        Assert.Equal(synthesis.Spectrum(synthesis.Full, galaxy), synthesis.Spectrum(synthesis.Full, galaxy with { DustIndex = -0.8 }));
    }

    [Fact]
    public void Dust_never_adds_light_and_more_dust_takes_more() =>
        Galaxies.Sample(
            g =>
            {
                var clear = synthesis.Binned(g.Ratios, g.Z, g.ZStar);
                var dusty = clear with { Dust1 = g.Dust1, Dust2 = g.Dust2, DustIndex = g.Index };
                var spectra = new[] { clear, dusty, dusty with { Dust1 = g.Dust1 + 0.3 }, dusty with { Dust2 = g.Dust2 + 0.3 } }
                    .Select(p => synthesis.Spectrum(synthesis.Full, p))
                    .ToArray();
                for (var i = 0; i < synthesis.Grid.Count; i++)
                {
                    Assert.True(spectra[1][i] <= spectra[0][i] * (1 + 1e-6f)); // float32
                    Assert.True(spectra[2][i] <= spectra[1][i] * (1 + 1e-6f));
                    Assert.True(spectra[3][i] < spectra[1][i]);
                }
            },
            iter: 30
        );

    [Fact]
    public void Optical_depth_is_linear_in_diffuse_dust()
    {
        var galaxy = synthesis.ConstantRate(1e9, 0.008) with { DustIndex = -0.3 };
        var none = synthesis.Spectrum(synthesis.Stars, galaxy);
        var one = synthesis.Spectrum(synthesis.Stars, galaxy with { Dust2 = 0.5 });
        var two = synthesis.Spectrum(synthesis.Stars, galaxy with { Dust2 = 1 });
        for (var i = 0; i < none.Length; i++)
        {
            // 1e-12 in exact arithmetic; float32 keeps 1e-7 of the depth, here up to 6.
            Assert.Equal(2 * Math.Log((double)one[i] / none[i]), Math.Log((double)two[i] / none[i]), 2e-6);
            Assert.Equal(-KriekConroyDust.Curve(synthesis.Grid.WavelengthAngstrom[i], -0.3), Math.Log((double)two[i] / none[i]), 2e-6);
        }
    }

    [Fact]
    public void Birth_clouds_dim_young_light_alone()
    {
        var young = synthesis.Simple(3e6, 0.02);
        var old = synthesis.Simple(3e7, 0.02);
        var clear = synthesis.Spectrum(synthesis.Stars, young);
        var dim = synthesis.Spectrum(synthesis.Stars, young with { Dust1 = 1 });
        for (var i = 0; i < clear.Length; i++)
        {
            Assert.Equal(-5500 / synthesis.Grid.WavelengthAngstrom[i], Math.Log((double)dim[i] / clear[i]), 2e-6);
        }
        Assert.Equal(synthesis.Spectrum(synthesis.Stars, old), synthesis.Spectrum(synthesis.Stars, old with { Dust1 = 1 }));
    }

    [Fact]
    public void Metallicity_is_exact_at_the_nodes_and_between_them_between_the_nodes_light()
    {
        var logZ = synthesis.Library.Stars.LogZ;
        var galaxy = synthesis.ConstantRate(3e9, 0.02);
        var nodes = logZ.Select(z => synthesis.Spectrum(synthesis.Stars, galaxy with { LogZStar = z })).ToArray();
        for (var z = 0; z < logZ.Length; z++)
        {
            var mass = galaxy.YoungMass.Zip(galaxy.OldMass, (a, b) => a + b).ToArray();
            for (var pixel = 0; pixel < nodes[z].Length; pixel += 97)
            {
                var direct = Enumerable.Range(0, mass.Length).Sum(a => mass[a] * synthesis.OnStudyGrid.Stars[z, a][pixel]);
                Assert.Equal(1, nodes[z][pixel] / direct, 2e-6); // 220 float32 products
            }
        }
        for (var z = 0; z < logZ.Length - 1; z++)
        {
            var between = synthesis.Spectrum(synthesis.Stars, galaxy with { LogZStar = (0.7 * logZ[z]) + (0.3 * logZ[z + 1]) });
            for (var pixel = 0; pixel < between.Length; pixel++)
            {
                Assert.Equal(1, between[pixel] / ((0.7 * nodes[z][pixel]) + (0.3 * nodes[z + 1][pixel])), 2e-6);
            }
        }
        Assert.Equal(nodes[0], synthesis.Spectrum(synthesis.Stars, galaxy with { LogZStar = logZ[0] - 3 }));
        Assert.Equal(nodes[^1], synthesis.Spectrum(synthesis.Stars, galaxy with { LogZStar = logZ[^1] + 3 }));
    }

    [Fact]
    public void Light_of_two_masses_is_the_sum_of_their_light()
    {
        var a = synthesis.ConstantRate(1e8, 0.02);
        var b = synthesis.Simple(5e9, 0.02);
        var both = a with { YoungMass = Sum(a.YoungMass, b.YoungMass, 1e9), OldMass = Sum(a.OldMass, b.OldMass, 1e9) };
        var one = synthesis.Spectrum(synthesis.Full, a);
        var two = synthesis.Spectrum(synthesis.Full, b);
        var sum = synthesis.Spectrum(synthesis.Full, both);
        for (var i = 0; i < sum.Length; i++)
        {
            Assert.Equal(1, sum[i] / (one[i] + (1e9 * two[i])), 3e-6);
        }
    }

    [Fact]
    public void Shape_does_not_depend_on_mass()
    {
        var population = new GalaxyPopulation(new PopulationOptions());
        for (var k = 0UL; k < 50; k++)
        {
            var galaxy = population.Draw(5, k);
            var heavy = galaxy with
            {
                History = galaxy.History with { SfrMsunPerYr = [.. galaxy.History.SfrMsunPerYr.Select(s => 1234.5 * s)] },
            };
            var light = PopulationSample.ToPopulation(galaxy, synthesis.Ages);
            var other = PopulationSample.ToPopulation(heavy, synthesis.Ages);
            Assert.Equal(1, light.YoungMass.Sum() + light.OldMass.Sum(), 1e-12);
            for (var i = 0; i < light.OldMass.Length; i++)
            {
                Assert.Equal(light.YoungMass[i], other.YoungMass[i], 1e-12);
                Assert.Equal(light.OldMass[i], other.OldMass[i], 1e-12);
            }
        }
    }

    [Fact]
    public void A_spectrum_does_not_depend_on_its_batch()
    {
        var population = new GalaxyPopulation(new PopulationOptions());
        var galaxies = Enumerable
            .Range(0, 70)
            .Select(k => PopulationSample.ToPopulation(population.Draw(7, (ulong)k), synthesis.Ages))
            .ToArray();
        var pixels = synthesis.Grid.Count;
        var together = new float[galaxies.Length * pixels];
        synthesis.Full.Synthesize(galaxies, together);
        foreach (var k in new[] { 0, 13, 69 })
        {
            Assert.Equal(together.AsSpan(k * pixels, pixels).ToArray(), synthesis.Spectrum(synthesis.Full, galaxies[k]));
        }
    }

    // The ends of every prior, and beyond: one bin that outweighs all others, today's and the first stars' redshift, metallicities outside
    // the tables.
    [Fact]
    public void Extremes_are_finite_and_positive()
    {
        double[][] histories =
        [
            [5, 5, 5, 5, 5, 5],
            [-5, -5, -5, -5, -5, -5],
            [5, -5, 5, -5, 5, -5],
            [-5, 5, -5, 5, -5, 5],
            new double[6],
        ];
        var galaxies = (
            from ratios in histories
            from z in new[] { 0.0, 6.0 }
            from metallicity in new[] { -4.0, 0.0, 2.0 }
            from dust in new[] { (0.0, 0.0, 0.4), (8.0, 4.0, -1.0), (8.0, 0.0, 0.0), (0.0, 4.0, 0.4) }
            select synthesis.Binned(ratios, z, metallicity) with
            {
                LogZGas = metallicity,
                LogU = metallicity - 2,
                Dust1 = dust.Item1,
                Dust2 = dust.Item2,
                DustIndex = dust.Item3,
            }
        ).ToArray();
        var lnu = new float[galaxies.Length * synthesis.Grid.Count];
        var lines = new double[galaxies.Length * synthesis.Full.LineWavelengthAngstrom.Length];
        synthesis.Full.Synthesize(galaxies, lnu, lines);
        Assert.All(lnu, value => Assert.True(value > 0 && float.IsFinite(value)));
        Assert.All(lines, value => Assert.True(value >= 0 && double.IsFinite(value)));
        for (var i = 0; i < galaxies.Length; i++)
        {
            Assert.True(
                MedianNormalization.Study.Median(synthesis.Grid, lnu.AsSpan(i * synthesis.Grid.Count, synthesis.Grid.Count)) > 1e-20f
            );
        }
    }

    private static double[] Sum(double[] a, double[] b, double factor) => [.. a.Zip(b, (x, y) => x + (factor * y))];
}
