using Galatent.Spectra;
using Galatent.Spectra.Quantities;

namespace Galatent.Tests.Spectra.Quantities;

public class DerivedQuantitiesTests
{
    private static readonly WavelengthGrid Grid = new([.. Enumerable.Range(0, 3500).Select(i => 3600.5 + i)]);

    // Lines of known flux on a flat f_λ: [O III] 40, Hβ 20, Hα 60, [N II] 15, [O II] 80, in units of the continuum times Å.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Line_ratios_and_the_break_are_those_of_the_spectrum(bool isPerHertz)
    {
        (double Center, double Flux)[] lines = [(5008.24, 40), (4862.71, 20), (6564.6, 60), (6585.27, 15), (3728.5, 80)];
        var flux = Array.ConvertAll(Grid.WavelengthAngstrom, w =>
        {
            var flambda = 1 + lines.Sum(l => l.Flux / (2 * Math.Sqrt(2 * Math.PI)) * Math.Exp(-.125 * Math.Pow(w - l.Center, 2)));
            return (float)(isPerHertz ? flambda * Math.Pow(w / 5000, 2) : flambda);
        });
        var spectra = new SpectrumSet(
            Grid,
            flux,
            [1],
            [new("log_mass", "", "", [10.5]), new("log_sfr", "", "", [.5])],
            new SpectrumProvenance("test", 1, isPerHertz ? "Lsun/Hz" : "Lsun/angstrom", 5000, 6000, "", "")
        );
        var derived = DerivedQuantities.Of(spectra, [0]).ToDictionary(c => c.Name, c => c.Values[0]);
        Assert.Equal(-10, derived["log_ssfr"], 1e-12);
        // f_ν ∝ λ² for constant f_λ.
        Assert.Equal(1.078396, derived["d4000_n"], 1e-4);
        Assert.Equal(Math.Log10(2), derived["log_o_iii_h_beta"], .005);
        Assert.Equal(Math.Log10(.25), derived["log_n_ii_h_alpha"], .005);
        Assert.Equal(Math.Log10(.5), derived["log_o_iii_o_ii"], .005);
    }

    [Fact]
    public void What_cannot_be_had_is_left_out_or_undefined()
    {
        var flat = Enumerable.Repeat(1f, Grid.Count).ToArray();
        var provenance = new SpectrumProvenance("test", 1, "counts", 5000, 6000, "", "");
        Assert.Empty(DerivedQuantities.Of(new SpectrumSet(Grid, flat, [1], [], provenance), [0]));
        var known = new SpectrumSet(Grid, flat, [1], [], provenance with { FluxUnit = "Lsun/Hz" });
        var derived = DerivedQuantities.Of(known, [0]);
        Assert.DoesNotContain(derived, c => c.Name == "log_ssfr");
        Assert.Equal(1, derived.Single(c => c.Name == "d4000_n").Values[0], 1e-6);
        Assert.True(double.IsNaN(derived.Single(c => c.Name == "log_o_iii_h_beta").Values[0]));
    }

    [Fact]
    public void Names_of_further_quantities_are_names_of_the_vocabulary() =>
        Assert.All(GalaxyQuantities.FurtherCompared, q => Assert.Same(q, GalaxyQuantities.Named(q.Name)));
}
