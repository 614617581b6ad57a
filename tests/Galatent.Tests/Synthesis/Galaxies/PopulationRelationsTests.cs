using CsCheck;
using Galatent.Numerics;
using Galatent.Synthesis.Galaxies;

namespace Galatent.Tests.Synthesis.Galaxies;

/// <summary>The published relations that the population is made of, each against numbers printed elsewhere or a closed form.</summary>
public class PopulationRelationsTests
{
    [Theory]
    [InlineData(10, 1, 4.591e-3)]
    [InlineData(11, 0.5, 2.388e-3)]
    [InlineData(9, 2, 7.783e-3)]
    public void Mass_function_has_the_known_values(double logMass, double z, double expected) =>
        Assert.Equal(1, StellarMassFunction.PerMpc3PerDex(logMass, z) / expected, 2.1e-4); // four digits are printed

    [Theory]
    [InlineData(0.2, -2.44, -2.89, 10.79)]
    [InlineData(1.6, -3.08, -3.29, 10.88)]
    [InlineData(3, -4.14, -3.51, 10.84)]
    public void Mass_function_passes_the_anchors_of_Leja_2020(double z, double logPhi1, double logPhi2, double logMassStar)
    {
        // Far below M* the second Schechter function is left, at x = 10^-4: ln10 10^phi2 x^-0.48, the first being 10^(1.2 x 4) times less.
        var x = Math.Pow(10, -4);
        var expected =
            Math.Log(10) * Math.Exp(-x) * ((Math.Pow(10, logPhi1) * Math.Pow(x, 0.72)) + (Math.Pow(10, logPhi2) * Math.Pow(x, -0.48)));
        Assert.Equal(1, StellarMassFunction.PerMpc3PerDex(logMassStar - 4, z) / expected, 5e-4);
        var atStar = Math.Log(10) / Math.E * (Math.Pow(10, logPhi1) + Math.Pow(10, logPhi2));
        Assert.Equal(1, StellarMassFunction.PerMpc3PerDex(logMassStar, z) / atStar, 5e-4);
    }

    [Fact]
    public void Mass_function_is_held_below_and_declines_beyond_its_redshifts()
    {
        Assert.Equal(StellarMassFunction.PerMpc3PerDex(10, 0.2), StellarMassFunction.PerMpc3PerDex(10, 0.05));
        Assert.Equal(1, StellarMassFunction.PerMpc3PerDex(10, 5) / StellarMassFunction.PerMpc3PerDex(10, 3) * Math.Pow(10, 0.86), 1e-12);
    }

    [Theory]
    [InlineData(0.5, 0.20, 0.23, 0.45)]
    [InlineData(1, 0.09, 0.13, 0.41)]
    [InlineData(2, 0.02, 0.07, 0.32)]
    [InlineData(3, 0.02, 0.07, 0.24)]
    public void Quiescent_fraction_has_the_known_values(double z, double at9, double at10, double at11)
    {
        // Printed to two digits; 0.4046 at (11, 1) is printed as 0.41.
        Assert.Equal(at9, QuiescentFraction.At(9, z), 0.0055);
        Assert.Equal(at10, QuiescentFraction.At(10, z), 0.0055);
        Assert.Equal(at11, QuiescentFraction.At(11, z), 0.0055);
    }

    // Ratios of the quiescent and star-forming Schechter functions of Schreiber et al. (2017) at these masses; the three-parameter fit is
    // 0.085 low at z = 0.5.
    [Theory]
    [InlineData(0.5, 0.76)]
    [InlineData(0.95, 0.56)]
    [InlineData(2.2, 0.34)]
    public void Quiescent_fraction_by_colours_is_higher(double z, double at11) =>
        Assert.Equal(at11, QuiescentFraction.At(11, z, QuiescentFractionVariant.UvjColours), 0.09);

    [Theory]
    [InlineData(0.5, -0.41, 0.40, 0.67)]
    [InlineData(1, -0.02, 0.74, 1.09)]
    [InlineData(2, 0.54, 1.19, 1.64)]
    public void Ridge_has_the_known_values(double z, double at9, double at10, double at11)
    {
        Assert.Equal(at9, StarFormingSequence.LogRidgeSfr(9, z), 0.0051);
        Assert.Equal(at10, StarFormingSequence.LogRidgeSfr(10, z), 0.0051);
        Assert.Equal(at11, StarFormingSequence.LogRidgeSfr(11, z), 0.0051);
    }

    [Fact]
    public void Rates_keep_to_their_branch_and_caps() =>
        Gen.Select(Gen.Double[1e-9, 1 - 1e-9], Gen.Double[7, 12], Gen.Double[0.02, 6], Gen.Bool)
            .Sample(
                (u, logMass, z, isQuiescent) =>
                {
                    var logSfr = StarFormingSequence.DrawLogSfr(u, logMass, z, isQuiescent);
                    Assert.InRange(logSfr - logMass, -14 - 1e-12, -8.15 + 1e-12);
                    if (logSfr - logMass is > -13.9 and < -8.2)
                    {
                        var residual = logSfr - StarFormingSequence.LogRidgeSfr(logMass, z);
                        Assert.InRange(residual, (isQuiescent ? -4 : -0.9) - 1e-9, (isQuiescent ? -0.6 : 1.2) + 1e-9);
                    }
                }
            );

    [Fact]
    public void Mass_limits_are_smooth_and_pass_their_knots()
    {
        Assert.Equal(8.5429, MassLimits.LogMassCompleteness(0.7404), 1e-12);
        Assert.Equal(9.6966, MassLimits.LogMassCompleteness(6), 1e-12);
        Assert.Equal(11.6535, MassLimits.LogMassMaximum(0.7948), 1e-12);
        const double h = 1e-6;
        double Slope(double z) => (MassLimits.LogMassCompleteness(z + h) - MassLimits.LogMassCompleteness(z)) / h;
        Assert.Equal(0.5549, Slope(0.7404 - (2 * h)), 1e-4);
        Assert.Equal(0.5549, Slope(0.7404 + h), 1e-4);
        Assert.Throws<ArgumentOutOfRangeException>(() => MassLimits.LogMassMaximum(6.01));
    }

    [Fact]
    public void Oxygen_abundance_has_the_limits_of_Curti_2020()
    {
        // Saturation at 8.779, half-way point log10(2)/2.1 x 0.31 below it, slope 0.31 at low mass, invariance along m = 0.56 log SFR.
        Assert.Equal(8.779, MetallicityRelations.OxygenAbundance(14, 0), 1e-5);
        Assert.Equal(8.779 - (0.31 / 2.1 * Math.Log10(2)), MetallicityRelations.OxygenAbundance(10.11, 0), 1e-12);
        Assert.Equal(0.31, MetallicityRelations.OxygenAbundance(8, 0) - MetallicityRelations.OxygenAbundance(7, 0), 1e-4);
        Assert.Equal(MetallicityRelations.OxygenAbundance(9, 0), MetallicityRelations.OxygenAbundance(9.56, 1), 1e-12);
        Assert.Equal(MetallicityRelations.OxygenAbundance(11, -1), MetallicityRelations.OxygenAbundance(11, -3), 1e-12);
    }

    // Gallazzi et al. (2005), table 2: log mass, median, 16th and 84th percentile of log Z. The tanh forms follow them to 0.05 dex.
    [Theory]
    [InlineData(9.27, -0.65, -1.10, -0.05)]
    [InlineData(9.68, -0.52, -0.97, 0.05)]
    [InlineData(10.27, -0.11, -0.65, 0.17)]
    [InlineData(10.68, 0.04, -0.24, 0.22)]
    [InlineData(11.27, 0.12, -0.06, 0.26)]
    [InlineData(11.87, 0.15, -0.03, 0.30)]
    public void Stellar_metallicity_follows_Gallazzi_2005(double logMass, double median, double p16, double p84)
    {
        var (mean, width) = MetallicityRelations.StellarRelation(logMass);
        Assert.Equal(median, mean, 0.06);
        Assert.Equal(p84 - p16, width, 0.06);
    }

    [Fact]
    public void Stellar_metallicity_follows_the_gas_only_in_the_observed_variant()
    {
        Assert.True(MetallicityRelations.DrawLogZStar(0.3, 1, 9.5) > MetallicityRelations.DrawLogZStar(0.3, -1, 9.5) + 0.2);
        var doubled = StellarMetallicityVariant.DoubledWidth;
        Assert.Equal(MetallicityRelations.DrawLogZStar(0.3, 1, 9.5, doubled), MetallicityRelations.DrawLogZStar(0.3, -1, 9.5, doubled));
    }

    [Theory]
    [InlineData(10, 0.91)]
    [InlineData(11, 1.70)]
    [InlineData(7, 0.299)] // held at 8.8: 0.91 - 0.924 + 0.1584 + 0.15552
    public void Halpha_attenuation_is_that_of_Garn_and_Best(double logMass, double expectedMag) =>
        Assert.Equal(expectedMag, DustPriors.HalphaAttenuationMag(logMass), 1e-3);

    [Theory]
    [InlineData(DustDepthVariant.Combined, false, 0.5 * 0.7 + 0.5 * 1.70 / 1.8 + 0.5 * 0.25)]
    [InlineData(DustDepthVariant.Combined, true, 0.2)]
    [InlineData(DustDepthVariant.StarFormationRate, true, 0.7)]
    [InlineData(DustDepthVariant.StellarMass, false, 1.70 / 1.8)]
    public void Dust_depth_scatters_about_its_relation(DustDepthVariant variant, bool isQuiescent, double mean)
    {
        // log mass 11, log SFR 1, gas metallicity 0.1. The mean of N(mean, sd) cut at 0 exceeds it by sd phi(mean/sd)/Phi(mean/sd); the cut
        // at 4 is far away.
        var sd = variant == DustDepthVariant.StellarMass ? 0.28 / 1.8 : 0.2;
        var a = mean / sd;
        var expected = mean + (sd * Math.Exp(-0.5 * a * a) / Math.Sqrt(2 * Math.PI) / NormalDistribution.Cdf(a));
        Assert.Equal(expected, new GaussLegendre(64).Integrate(u => DustPriors.DrawDust2(u, 11, 1, 0.1, isQuiescent, variant), 0, 1), 2e-4);
    }

    [Theory]
    [InlineData(DustSlopeVariant.Weak, 0, -0.095)]
    [InlineData(DustSlopeVariant.Weak, 1, 0.0094)]
    [InlineData(DustSlopeVariant.Steep, 0, -0.95)]
    [InlineData(DustSlopeVariant.Steep, 0.92081, -0.031)]
    [InlineData(DustSlopeVariant.Steep, 4, 0.35)]
    public void Dust_slope_has_the_published_mean(DustSlopeVariant variant, double dust2, double mean)
    {
        // At the u where the truncated normal passes its untruncated mean, the slope is that mean.
        var sd = variant == DustSlopeVariant.Weak ? 0.4 : 0.2;
        var below = NormalDistribution.Cdf((-1 - mean) / sd);
        var u = (0.5 - below) / (NormalDistribution.Cdf((0.4 - mean) / sd) - below);
        Assert.Equal(mean, DustPriors.DrawDustIndex(u, dust2, variant), 1e-5);
    }

    [Fact]
    public void Ionisation_has_the_coefficients_of_Kashino_and_Inoue()
    {
        // At m = 10, log sSFR = -9 and 12 + log O/H = 8 only the constants are left: -2.316 - 0.292 x 2.066.
        const double gasAt8 = 8 - MetallicityRelations.SolarOxygenAbundance;
        Assert.Equal(-2.919272, IonizationParameterRelation.MeanLogU(10, 1, gasAt8), 1e-9);
        Assert.Equal(-0.36, IonizationParameterRelation.MeanLogU(10, 1, gasAt8 + 1) + 2.919272, 1e-9);
        Assert.Equal(0.428 - (0.292 * 0.492), IonizationParameterRelation.MeanLogU(10, 2, gasAt8) + 2.919272, 1e-9);
        // Density held at 1 and 3, specific rate at -11.
        Assert.Equal(-2.316 - 0.292 - (2 * 0.428), IonizationParameterRelation.MeanLogU(10, -4, gasAt8), 1e-9);
        Assert.Equal(-2.316 - (3 * 0.292) + 0.428, IonizationParameterRelation.MeanLogU(12, 4, gasAt8), 1e-9);
    }
}
