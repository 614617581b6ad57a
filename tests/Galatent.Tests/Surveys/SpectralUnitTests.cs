using Galatent.Surveys;

namespace Galatent.Tests.Surveys;

public class SpectralUnitTests
{
    [Theory]
    [InlineData("10**(-19) erg s**(-1) cm**(-2) angstrom**(-1)", 1e-19, false)]
    [InlineData("10**-17 erg/(s cm2 Angstrom)", 1e-17, false)]
    [InlineData("1E-17 erg/cm^2/s/Ang", 1e-17, false)]
    [InlineData("erg s-1 cm-2 A-1", 1, false)]
    [InlineData("erg/s/cm2/AA", 1, false)]
    [InlineData("erg cm**-2 s**-1 nm**-1", 0.1, false)]
    [InlineData("W m-2 um-1", 0.1, false)]
    [InlineData("W/m^2/nm", 100, false)]
    [InlineData("erg/s/cm^2/Hz", 1, true)]
    [InlineData("Jy", 1e-23, true)]
    [InlineData("mJy", 1e-26, true)]
    [InlineData("uJy", 1e-29, true)]
    [InlineData("nJy", 1e-32, true)]
    [InlineData("MJy", 1e-17, true)]
    public void A_unit_of_flux_is_understood(string text, double factor, bool isPerHertz)
    {
        var scale = SpectralUnit.Flux(text);
        Assert.NotNull(scale);
        Assert.Equal(1, scale.Value.Factor / factor, 1e-12);
        Assert.Equal(isPerHertz, scale.Value.IsPerHertz);
    }

    [Theory]
    [InlineData("")]
    [InlineData("counts")]
    [InlineData("1.0E-17 erg/cm/s/Ang")]
    [InlineData("erg/s/cm2")]
    [InlineData("MJy/sr")]
    [InlineData("erg/s/cm2/A/")]
    [InlineData("((((((((((((((((((((((((((((")]
    [InlineData("erg/s/cm2/A^99999999999")]
    public void Another_text_is_no_unit_of_flux(string text) => Assert.Null(SpectralUnit.Flux(text));

    [Theory]
    [InlineData("Angstrom", 1)]
    [InlineData("Angstroms", 1)]
    [InlineData("A", 1)]
    [InlineData("nm", 10)]
    [InlineData("nanometers", 10)]
    [InlineData("um", 1e4)]
    [InlineData("microns", 1e4)]
    [InlineData("m", 1e10)]
    [InlineData("0.1 nm", 1)]
    public void A_length_is_understood(string text, double angstrom) => Assert.Equal(1, SpectralUnit.Length(text)!.Value / angstrom, 1e-12);

    [Theory]
    [InlineData("Hz")]
    [InlineData("pixel")]
    [InlineData("km/s")]
    public void Another_text_is_no_length(string text) => Assert.Null(SpectralUnit.Length(text));
}
