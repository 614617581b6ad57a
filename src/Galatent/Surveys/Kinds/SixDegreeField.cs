using Galatent.Files.Fits;

namespace Galatent.Surveys.Kinds;

/// <summary>6dFGS. Evidence: OBSRA and Z_HELIO, with an image of rows flux, variance, sky; of several the last. QUALITY 3 and 4 are good.
/// The flux is not calibrated. Air.</summary>
internal sealed class SixDegreeField : RowImages
{
    public override string Name => "6dfgs";

    public override string Description => "6dFGS spectrum";

    protected override bool HasVariance => true;

    protected override FitsUnit? Unit(FitsFile fits)
    {
        var images = fits.Units.Where(u => u is { IsImage: true, Shape: [3 or 4, > 5] }).ToList();
        return images.Count > 0 && fits.Units.Any(u => u.Header.Has("Z_HELIO") && (u.Header.Has("OBSRA") || u.Header.Has("QUALITY")))
            ? images[^1]
            : null;
    }

    protected override string Why(FitsUnit unit) =>
        $"it has Z_HELIO with OBSRA or QUALITY, and HDU {unit.Index} has rows of flux, variance, sky";

    protected override void Describe(ObservedSpectrum spectrum, FitsHeader header, FitsHeader primary)
    {
        spectrum.IsUncalibrated = true;
        spectrum.HasTelluric = true;
        spectrum.ObjectId = Text(header, primary, "TARGET") is { Length: > 0 } id ? id : Text(header, primary, "OBJECT");
        spectrum.SetRedshift(Number(header, primary, "Z_HELIO"), double.NaN, double.NaN);
        var quality = Number(header, primary, "QUALITY");
        spectrum.Doubt = double.IsFinite(quality) && quality is not (3 or 4) ? FormattableString.Invariant($"QUALITY {quality}") : null;
    }
}
