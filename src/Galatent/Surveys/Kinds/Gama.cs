using Galatent.Files.Fits;

namespace Galatent.Surveys.Kinds;

/// <summary>GAMA. Evidence: GAMANAME and an image of 5 rows: flux (10⁻¹⁷ erg/s/cm²/Å), error, raw flux, raw error, sky. NQ of 3
/// and more is a good redshift. Air.</summary>
internal sealed class Gama : RowImages
{
    private const double LeastQuality = 3;

    public override string Name => "gama";

    public override string Description => "GAMA spectrum";

    protected override bool HasVariance => false;

    protected override FitsUnit? Unit(FitsFile fits) =>
        fits.Units[0].Header.Has("GAMANAME") ? fits.Units.FirstOrDefault(u => u is { IsImage: true, Shape: [>= 2, > 5] }) : null;

    protected override string Why(FitsUnit unit) => "the header has GAMANAME and the image rows of flux and error";

    protected override void Describe(ObservedSpectrum spectrum, FitsHeader header, FitsHeader primary)
    {
        spectrum.Scale = FluxScale.SdssUnit;
        spectrum.ObjectId = Text(header, primary, "CATAID") is { Length: > 0 } id ? id : Text(header, primary, "GAMANAME");
        spectrum.Aliases = [Text(header, primary, "SPECID"), Text(header, primary, "GAMANAME")];
        spectrum.SetRedshift(Number(header, primary, "Z"), double.NaN, double.NaN);
        spectrum.SetPosition(Number(header, primary, "RA"), Number(header, primary, "DEC"));
        var quality = Number(header, primary, "NQ");
        spectrum.Doubt = quality < LeastQuality ? FormattableString.Invariant($"NQ {quality}") : null;
    }
}
