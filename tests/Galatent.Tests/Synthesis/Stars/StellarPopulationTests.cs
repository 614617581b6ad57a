using Galatent.Synthesis;
using Galatent.Synthesis.Stars;

namespace Galatent.Tests.Synthesis.Stars;

/// <summary>
/// Colours, breaks and equivalent widths of model populations. The figures are those that an independent program finds in the same table
/// (Bruzual and Charlot 2003, update of 2016, MILES, Kroupa IMF); where the release of 2003 differs by more than its own tolerance, the
/// test says by how much.
/// </summary>
[Collection(typeof(SynthesisCollection))]
public class StellarPopulationTests(SynthesisFixture synthesis)
{
    // The release of 2003: 1139, 620, 377, 245, 153, 102, 71 without and 923, 550, 350, 233, 148, 100, 70 with gas continuum (+-15 %). The
    // update is 25 to 39 % higher, as its ionising output is (0.13 dex), which no tolerance should hide.
    [Theory]
    [InlineData(1e7, 1513.6, 1158.3)]
    [InlineData(3e7, 837.0, 715.7)]
    [InlineData(1e8, 505.7, 458.8)]
    [InlineData(3e8, 324.3, 304.3)]
    [InlineData(1e9, 201.9, 194.0)]
    [InlineData(3e9, 138.4, 134.6)]
    [InlineData(1e10, 98.8, 96.9)]
    public void Halpha_equivalent_width_falls_with_the_duration_of_star_formation(double years, double without, double with)
    {
        var galaxy = synthesis.ConstantRate(years, 0.02);
        Assert.Equal(1, Width(synthesis.WithoutContinuum, galaxy) / without, 0.002);
        Assert.Equal(1, Width(synthesis.Full, galaxy) / with, 0.002);
    }

    // The release of 2003 (STELIB's stars in the optical, Chabrier) has the second row, from which 0.08 are promised; 22 of the 24 keep
    // that. Its breaks are stronger, by a twentieth of D4000n - 1 for the old and a quarter for
    // the young, so that solar ones of 10 and 13 Gyr differ by 0.086 and 0.103. Not the wavelength scale: air windows laid on vacuum
    // wavelengths add 0.013 at most. Not the program: an independent one has the first row.
    [Theory]
    [InlineData(
        0.02,
        new[] { 1.018, 1.094, 1.190, 1.479, 1.796, 1.909, 2.124, 2.187 },
        new[] { 1.02, 1.11, 1.25, 1.54, 1.84, 1.97, 2.21, 2.29 }
    )]
    [InlineData(
        0.008,
        new[] { 1.010, 1.113, 1.200, 1.425, 1.651, 1.689, 1.861, 1.934 },
        new[] { 1.01, 1.12, 1.22, 1.45, 1.66, 1.70, 1.88, 1.97 }
    )]
    [InlineData(
        0.004,
        new[] { 1.036, 1.112, 1.196, 1.326, 1.529, 1.562, 1.655, 1.694 },
        new[] { 1.03, 1.12, 1.21, 1.37, 1.55, 1.58, 1.69, 1.72 }
    )]
    public void Break_at_4000_grows_with_age(double z, double[] expected, double[] release2003)
    {
        double[] gyr = [.01, .1, .3, 1, 3, 5, 10, 13];
        for (var i = 0; i < gyr.Length; i++)
        {
            var found = D4000(synthesis.Stars, synthesis.Simple(gyr[i] * 1e9, z));
            Assert.Equal(expected[i], found, 0.005);
            Assert.Equal(release2003[i], found, z == 0.02 && gyr[i] >= 10 ? 0.105 : 0.08);
        }
    }

    [Theory]
    [InlineData(1e8, 1.023)]
    [InlineData(1e9, 1.115)]
    [InlineData(1e10, 1.218)]
    public void Break_at_4000_of_constant_star_formation(double years, double expected) =>
        Assert.Equal(expected, D4000(synthesis.Stars, synthesis.ConstantRate(years, 0.02)), 0.005);

    [Fact]
    public void Break_at_4000_rises_with_age_and_with_metallicity()
    {
        double[] metallicities = [0.0004, 0.004, 0.008, 0.02, 0.05];
        // Steps of 0.2 dex from 10 Myr to 16 Gyr: on finer ones isochrones jump.
        var ages = Enumerable.Range(0, 17).Select(i => Math.Pow(10, 7 + (0.2 * i))).ToArray();
        foreach (var z in new[] { 0.004, 0.008, 0.02 })
        {
            var breaks = ages.Where(a => a >= 1e8).Select(a => D4000(synthesis.Stars, synthesis.Simple(a, z))).ToArray();
            Assert.Equal(breaks.Order(), breaks);
        }
        foreach (var age in ages.Where(a => a > 1e9))
        {
            var breaks = metallicities.Select(z => D4000(synthesis.Stars, synthesis.Simple(age, z))).ToArray();
            Assert.Equal(breaks.Order(), breaks);
        }
    }

    // 2003: -2.52, -2.33, -2.18, -2.59 (+-0.1).
    [Theory]
    [InlineData(0.02, 1e7, -2.460)]
    [InlineData(0.02, 1e8, -2.350)]
    [InlineData(0.02, 1e9, -2.192)]
    [InlineData(0.004, 1e8, -2.556)]
    public void Ultraviolet_slope(double z, double years, double expected)
    {
        var lnu = synthesis.Spectrum(synthesis.Stars, synthesis.ConstantRate(years, z));
        Assert.Equal(
            expected,
            SpectrumMeasures.LogLogSlope(SpectrumMeasures.UltravioletWavelengths.Select(w => (w, synthesis.PerAngstromAt(lnu, w)))),
            0.01
        );
    }

    // 2003: 17.0, 8.0, 4.6 (10 %).
    [Theory]
    [InlineData(1e8, 17.30)]
    [InlineData(1e9, 8.28)]
    [InlineData(1e10, 4.89)]
    public void Ultraviolet_to_optical_of_constant_star_formation(double years, double expected)
    {
        var lnu = synthesis.Spectrum(synthesis.Stars, synthesis.ConstantRate(years, 0.02));
        Assert.Equal(1, synthesis.PerAngstromAt(lnu, 1500) / synthesis.PerAngstromAt(lnu, 5250) / expected, 0.01);
    }

    // 2003: 0.49, 0.33, 0.51, 0.97.
    [Theory]
    [InlineData(1e7, .459)]
    [InlineData(1e8, .338)]
    [InlineData(1e9, .542)]
    [InlineData(1e10, .997)]
    public void Near_infrared_to_optical_of_a_simple_population(double years, double expected)
    {
        var lnu = synthesis.Spectrum(synthesis.Stars, synthesis.Simple(years, 0.02));
        Assert.Equal(1, synthesis.PerAngstromAt(lnu, 9500) / synthesis.PerAngstromAt(lnu, 5250) / expected, 0.01);
    }

    // The upturn of old populations depends on the library by a factor 3.
    [Fact]
    public void Old_populations_are_faint_in_the_ultraviolet()
    {
        double Ratio(double years)
        {
            var lnu = synthesis.Spectrum(synthesis.Stars, synthesis.Simple(years, 0.02));
            return synthesis.PerAngstromAt(lnu, 1500) / synthesis.PerAngstromAt(lnu, 5250);
        }
        Assert.InRange(Ratio(1e9), 0.004 / 3, 0.004 * 3);
        Assert.InRange(Ratio(1e10), 0.03 / 3, 0.03 * 3);
    }

    private double D4000(SpectrumSynthesizer synthesizer, CompositeStellarPopulation galaxy) =>
        SpectrumMeasures.D4000(synthesis.Grid, synthesis.Spectrum(synthesizer, galaxy));

    private double Width(SpectrumSynthesizer synthesizer, CompositeStellarPopulation galaxy)
    {
        var lnu = new float[synthesis.Grid.Count];
        var lines = new double[synthesizer.LineWavelengthAngstrom.Length];
        synthesizer.Synthesize([galaxy], lnu, lines);
        return SpectrumMeasures.HalphaWidth(synthesis.Grid, synthesis.PerAngstrom(lnu), lines[synthesis.Line(6564.6)]);
    }
}
