using Galatent.Files.Fits;

namespace Galatent.Surveys.Kinds;

/// <summary>
/// SDSS <c>spSpec</c> (DR1 to DR7). Evidence: a primary image of 4 or 5 rows with COEFF0 and SPEC_CLN or ARRAY1. Rows: flux, flux without
/// continuum, error (0 is bad), mask, sky. Vacuum, heliocentric; BUNIT <c>1.0E-17 erg/cm/s/Ang</c> means 10⁻¹⁷ erg/s/cm²/Å. The
/// mask is andMask of the table with one row a pixel: row 3 of the image repeats it with bit 30 on every emission line.
/// </summary>
internal sealed class SdssSpSpec : ISurveyKind
{
    private const double SameStart = 1e-5;

    // SPEC_CLN.
    private static readonly string[] Classes = ["UNKNOWN", "STAR", "GALAXY", "QSO", "QSO", "SKY", "STAR", "GALAXY"];

    public string Name => "sdss-spspec";

    public string Description => "SDSS spSpec spectrum (DR1 to DR7)";

    public string? Evidence(SurveyFile file, SurveyOptions options) =>
        file.Fits?.Units[0] is { IsImage: true, Shape: [4 or 5, > 5] } unit
        && unit.Header.Has("COEFF0")
        && (unit.Header.Has("SPEC_CLN") || unit.Header.Has("ARRAY1"))
            ? "the primary image has 4 or 5 rows, COEFF0 and SPEC_CLN or ARRAY1"
            : null;

    public IEnumerable<ObservedSpectrum> Read(SurveyFile file, SurveyOptions options)
    {
        var unit = file.Fits!.Units[0];
        var header = unit.Header;
        var count = unit.Shape[1];
        var spectrum = new ObservedSpectrum
        {
            Scale = FluxScale.SdssUnit,
            Place = "HDU 0",
            WavelengthAngstrom = Wavelengths(header, count, file),
            Flux = unit.Rows(0, 1),
            InverseVariance = FitsFields.InverseSquares(unit.Rows(2, 1)),
            Class = Classes.ElementAtOrDefault((int)Math.Clamp(header.First("SPEC_CLN"), 0, 99)) ?? "UNKNOWN",
            ObjectId = string.Join('-', header.Text("PLATEID"), header.Text("MJD"), header.Text("FIBERID")),
            Ebv = header.First("SFD_EBV") is >= 0 and < 10 ? header.First("SFD_EBV") : double.NaN,
        };
        spectrum.SetRedshift(header.First("Z"), header.First("Z_ERR"), header.First("Z_WARNIN"));
        spectrum.Doubt = SdssMask.Doubt(spectrum.RedshiftWarning);
        spectrum.SetPosition(header.First("RAOBJ"), header.First("DECOBJ"));
        var pixels = file.Fits.Units.FirstOrDefault(u => u.IsTable && u.Table.RowCount == count && u.Table.Find("andMask") is not null);
        if (pixels is null)
        {
            spectrum.Remarks.Add($"'{file.Path}' has no table with andMask; only pixels without an error are bad.");
        }
        else
        {
            spectrum.IsBad = SdssMask.Bad(pixels.Table.Wholes(pixels.Table.Require("andMask"), 0, count), options);
            if (pixels.Table.Find("dispersion") is { Repeat: 1 } width)
            {
                spectrum.SetDispersion(pixels.Table.Numbers(width, 0, count));
            }
        }
        yield return spectrum;
    }

    // Copies on another grid keep the old COEFF0 and COEFF1.
    private static double[] Wavelengths(FitsHeader header, int count, SurveyFile file)
    {
        var start = header.Number("COEFF0");
        var isOwn =
            header.First("DC-FLAG") == 1
            && header.Has("COEFF1")
            && (!header.Has("CRVAL1") || Math.Abs(header.Number("CRVAL1") - start) < SameStart);
        if (!isOwn)
        {
            return PixelScale.Of(file.Path, header, 1, count).Wavelengths;
        }
        var step = header.Number("COEFF1");
        return [.. Enumerable.Range(0, count).Select(i => Math.Pow(10, start + (step * i)))];
    }
}
