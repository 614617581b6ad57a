using CsCheck;
using Galatent.Synthesis;
using Galatent.Synthesis.Dust;

namespace Galatent.Tests.Synthesis.Dust;

/// <summary>The attenuation curves alone.</summary>
public class DustTests
{
    private static readonly double[] Wavelengths = [1000, 1216, 1500, 2175, 2800, 3650, 4400, 4862.71, 5500, 6300, 6564.6, 8000, 10000];

    // attn_curve.f90 of FSPS, evaluated in double precision.
    [Theory]
    [InlineData(
        -1.0,
        20.454745,
        13.421506,
        9.458616,
        7.008187,
        3.641658,
        2.237887,
        1.569727,
        1.288577,
        1.002199,
        .750784,
        .688886,
        .436344,
        .254858
    )]
    [InlineData(
        -0.7,
        12.26145,
        8.527574,
        6.390417,
        5.036168,
        2.953577,
        1.974813,
        1.466282,
        1.240607,
        1.001402,
        .781496,
        .725998,
        .488015,
        .304798
    )]
    [InlineData(
        -0.3,
        6.197342,
        4.657906,
        3.788444,
        3.226999,
        2.233821,
        1.671503,
        1.338877,
        1.179411,
        1.000341,
        .824407,
        .778608,
        .566549,
        .386928
    )]
    [InlineData(
        0.0,
        3.714951,
        2.959473,
        2.559510,
        2.302283,
        1.811544,
        1.474996,
        1.250640,
        1.135501,
        .999544,
        .858130,
        .820553,
        .633638,
        .462746
    )]
    [InlineData(
        0.4,
        1.877658,
        1.616511,
        1.517334,
        1.459059,
        1.369881,
        1.248435,
        1.141967,
        1.079486,
        .998482,
        .905248,
        .880014,
        .735607,
        .587436
    )]
    public void Kriek_and_Conroy_is_that_of_FSPS(double index, params double[] expected)
    {
        var single = new float[Wavelengths.Length];
        new KriekConroyDust(Wavelengths).Curve(index, single);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], KriekConroyDust.Curve(Wavelengths[i], index), 5e-6);
            Assert.Equal(1, single[i] / KriekConroyDust.Curve(Wavelengths[i], index), 1e-6);
        }
    }

    [Fact]
    public void Power_law_is_one_at_5500_and_has_its_exponent() =>
        Gen.Select(Gen.Double[-2, 0.5], Gen.Double[1000, 10000])
            .Sample(
                (index, w) =>
                {
                    var single = new float[1];
                    new PowerLawDust([w]).Curve(index, single);
                    Assert.Equal(1, single[0] / PowerLawDust.Curve(w, index), 1e-6);
                    Assert.Equal(1, PowerLawDust.Curve(5500, index), 1e-15);
                    Assert.Equal(index * Math.Log(w / 5500), Math.Log(PowerLawDust.Curve(w, index)), 1e-12);
                }
            );

    // Slope of ln L_lambda against ln lambda at 200 wavelengths, uniform from 1250 to 2600 Å; with 1350 of them the slopes are 0.3 % less.
    [Theory]
    [InlineData(0.0, 1.087)]
    [InlineData(-0.3, 2.341)]
    [InlineData(-0.7, 5.460)]
    [InlineData(0.4, 0.215)]
    public void Diffuse_dust_reddens_the_ultraviolet_by_the_known_slope(double index, double expected) =>
        Assert.Equal(expected, Slope(w => Math.Exp(-KriekConroyDust.Curve(w, index))), 1e-3);

    [Fact]
    public void Birth_clouds_redden_the_ultraviolet_by_the_known_slope() =>
        Assert.Equal(3.039, Slope(w => Math.Exp(-PowerLawDust.Curve(w, -1))), 1e-3);

    [Theory]
    [InlineData(0.0, 0.748)]
    [InlineData(-0.3, 1.555)]
    [InlineData(-0.7, 3.437)]
    [InlineData(0.4, 0.147)]
    public void Light_of_1500_fades_against_2800_by_the_known_amount(double index, double expected) =>
        Assert.Equal(expected, KriekConroyDust.Curve(1500, index) - KriekConroyDust.Curve(2800, index), 1e-3);

    [Fact]
    public void Birth_clouds_fade_1500_against_2800_by_the_known_amount() =>
        Assert.Equal(1.702, PowerLawDust.Curve(1500, -1) - PowerLawDust.Curve(2800, -1), 1e-3);

    [Fact]
    public void Birth_clouds_follow_their_own_exponent_or_the_diffuse_curve()
    {
        double[] wavelengths = [2000, 5500, 9000];
        var diffuse = new float[3];
        var own = new TwoComponentDust(wavelengths, new SynthesisOptions { Dust = DustLaw.PowerLaw });
        own.Curve(-0.7, 0, diffuse);
        Assert.Equal([2.75f, 1, 5500f / 9000], own.BirthCloud(0, diffuse).ToArray());
        Assert.Equal([1, 5500f / 9000], own.BirthCloud(1, diffuse.AsSpan(1)).ToArray());
        var shared = new TwoComponentDust(wavelengths, new SynthesisOptions { Dust = DustLaw.PowerLaw, BirthCloudIndex = null });
        Assert.Equal(diffuse, shared.BirthCloud(0, diffuse).ToArray());
    }

    private static double Slope(Func<double, double> transmission) =>
        SpectrumMeasures.LogLogSlope(SpectrumMeasures.UltravioletWavelengths.Select(w => (w, transmission(w))));
}
