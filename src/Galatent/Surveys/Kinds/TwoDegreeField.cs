using Galatent.Files.Fits;

namespace Galatent.Surveys.Kinds;

/// <summary>2dFGRS. Evidence: an extension whose keyword IMAGE is SPECTRUM, with rows flux, variance, sky. The flux is not calibrated.
/// Air.</summary>
internal sealed class TwoDegreeField : RowImages
{
    private const double LeastQuality = 3;

    public override string Name => "2dfgrs";

    public override string Description => "2dFGRS spectrum";

    protected override bool HasVariance => true;

    protected override FitsUnit? Unit(FitsFile fits) =>
        fits.Units.FirstOrDefault(u =>
            u is { IsImage: true, Shape: [>= 2, > 5] }
            && (u.Header.Text("IMAGE").Trim().Equals("SPECTRUM", StringComparison.OrdinalIgnoreCase))
        );

    protected override string Why(FitsUnit unit) => $"the keyword IMAGE of HDU {unit.Index} is SPECTRUM";

    protected override void Describe(ObservedSpectrum spectrum, FitsHeader header, FitsHeader primary)
    {
        spectrum.IsUncalibrated = true;
        spectrum.HasTelluric = true;
        spectrum.ObjectId = Text(header, primary, "SEQNUM") is { Length: > 0 } id ? id : Text(header, primary, "OBJECT");
        spectrum.SetRedshift(Number(header, primary, "Z_HELIO", "Z"), double.NaN, double.NaN);
        var quality = Number(header, primary, "QUALITY");
        spectrum.Doubt = quality < LeastQuality ? FormattableString.Invariant($"QUALITY {quality}") : null;
    }
}
