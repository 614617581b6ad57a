using CsCheck;
using Galatent.Numerics;
using Galatent.Synthesis;
using Galatent.Synthesis.Stars;

namespace Galatent.Tests.Synthesis.Stars;

/// <summary>Stars of many metallicities in one galaxy.</summary>
[Collection(typeof(SynthesisCollection))]
public class MetallicityDistributionTests(SynthesisFixture synthesis)
{
    private static readonly double[] Nodes = [-2.3, -1.7, -0.7, -0.4, 0, 0.4, 0.7];

    [Fact]
    public void The_triweight_is_a_distribution_of_unit_variance()
    {
        var rule = new GaussLegendre(8);
        Assert.Equal(1, rule.Integrate(MetallicityDistribution.TriweightDensity, -3, 3), 1e-14);
        Assert.Equal(1, rule.Integrate(z => z * z * MetallicityDistribution.TriweightDensity(z), -3, 3), 1e-14);
        Assert.Equal(
            (0, 0.5, 1),
            (MetallicityDistribution.TriweightCdf(-3), MetallicityDistribution.TriweightCdf(0), MetallicityDistribution.TriweightCdf(3))
        );
        Gen.Double[-2.99, 2.99]
            .Sample(z =>
                Assert.Equal(
                    rule.Integrate(MetallicityDistribution.TriweightDensity, -3, z),
                    MetallicityDistribution.TriweightCdf(z),
                    1e-13
                )
            );
    }

    [Fact]
    public void Shares_sum_to_one_and_slopes_to_nothing() =>
        Gen.Select(Gen.Double[-4, 2], Gen.Double[0, 1])
            .Sample(
                (mean, scatter) =>
                {
                    double[] shares = new double[7];
                    double[] slopes = new double[7];
                    MetallicityDistribution.Shares(Nodes, mean, scatter, shares);
                    MetallicityDistribution.Slopes(Nodes, mean, scatter, slopes);
                    Assert.Equal(1, shares.Sum(), 1e-12);
                    Assert.Equal(0, slopes.Sum(), 1e-10);
                    Assert.All(shares, s => Assert.InRange(s, -1e-15, 1 + 1e-15));
                }
            );

    [Fact]
    public void The_mean_of_a_fine_table_is_the_mean_that_is_asked_for()
    {
        var nodes = Enumerable.Range(0, 401).Select(i => -2 + (0.01 * i)).ToArray();
        var shares = new double[401];
        MetallicityDistribution.Shares(nodes, -0.3, 0.25, shares);
        var mean = shares.Zip(nodes, (s, z) => s * z).Sum();
        Assert.Equal(-0.3, mean, 1e-6);
        Assert.Equal(0.25, Math.Sqrt(shares.Zip(nodes, (s, z) => s * (z - mean) * (z - mean)).Sum()), 1e-4);
    }

    [Fact]
    public void Spectra_are_the_mean_of_those_of_the_nodes()
    {
        var options = new SynthesisOptions { MetallicityScatterDex = 0.3 };
        var synthesizer = new SpectrumSynthesizer(synthesis.OnStudyGrid, synthesis.Grid, options);
        var galaxy = synthesis.Binned([0.1, 0.2, 0, -0.1, 0.2, 0.5], 0.5, -0.25) with { Dust1 = 0.3, Dust2 = 0.4 };
        var shares = new double[synthesis.Library.Stars.MetallicityCount];
        MetallicityDistribution.Shares(synthesis.Library.Stars.LogZ, galaxy.LogZStar, 0.3, shares);
        var expected = new double[synthesis.Grid.Count];
        for (var z = 0; z < shares.Length; z++)
        {
            var one = synthesis.Spectrum(synthesis.Full, galaxy with { LogZStar = synthesis.Library.Stars.LogZ[z] });
            for (var i = 0; i < expected.Length; i++)
            {
                expected[i] += shares[z] * one[i];
            }
        }
        var spectrum = synthesis.Spectrum(synthesizer, galaxy);
        Assert.All(spectrum.Zip(expected), p => Assert.Equal(1, p.First / p.Second, 3e-6));
        Assert.True(shares.Count(s => s > 0.01) >= 3);
        var detailed = new DetailedSpectrum(synthesis.OnStudyGrid, synthesis.Grid, options);
        var lnu = detailed.Attenuated(detailed.Emitted(galaxy), detailed.Dust(galaxy));
        Assert.All(spectrum.Zip(lnu), p => Assert.Equal(1, p.First / p.Second, 1e-5));
    }

    [Fact]
    public void The_spectrum_changes_with_the_mean_as_its_derivative_says()
    {
        var detailed = new DetailedSpectrum(synthesis.OnStudyGrid, synthesis.Grid, new SynthesisOptions { MetallicityScatterDex = 0.3 });
        var galaxy = synthesis.Binned([0, 0, 0, 0, 0, 0], 0.5, -0.25);
        const double h = 1e-4;
        var after = detailed.Emitted(galaxy with { LogZStar = -0.25 + h }).Old;
        var before = detailed.Emitted(galaxy with { LogZStar = -0.25 - h }).Old;
        var slope = detailed.SlopeInStellarMetallicity(galaxy).Old;
        for (var i = 0; i < slope.Length; i++)
        {
            Assert.Equal(slope[i], (after[i] - before[i]) / (2 * h), 1e-6 * after[i]);
        }
    }
}
