using Galatent.Files.Fits;
using Galatent.Numerics;

namespace Galatent.Surveys.Kinds;

/// <summary>
/// 2dfdr output: AAOmega, OzDES. Evidence: a primary image of spectra, an image VARIANCE of its shape, and a table FIBRES. Targets have
/// TYPE P; RA and DEC are in radians. HDU WAVELENGTH comes before the header, and may hold log10. The flux is not calibrated.
/// </summary>
internal sealed class FiberImages : ISurveyKind
{
    private const double DegreesPerRadian = 180 / Math.PI;

    public string Name => "2dfdr";

    public string Description => "2dfdr output (AAOmega, OzDES)";

    public string? Evidence(SurveyFile file, SurveyOptions options) =>
        file.Fits is { Units: [{ IsImage: true, Shape: [_, > 5] } flux, ..] } fits
        && fits.Find("VARIANCE") is { IsImage: true } variance
        && variance.Shape.SequenceEqual(flux.Shape)
        && Fibres(fits) is not null
            ? "it has an image of spectra, VARIANCE of its shape and FIBRES"
            : null;

    public IEnumerable<ObservedSpectrum> Read(SurveyFile file, SurveyOptions options)
    {
        var fits = file.Fits!;
        var flux = fits.Units[0];
        var fibres = Fibres(fits)!.Table;
        if (fibres.RowCount != flux.Shape[0])
        {
            throw new InputException(
                $"'{file.Path}': the image has {flux.Shape[0]} spectra and FIBRES {fibres.RowCount} rows; the file is damaged."
            );
        }
        var wavelengths = Wavelengths(file, flux);
        for (var row = 0; row < flux.Shape[0]; row++)
        {
            var spectrum = new ObservedSpectrum
            {
                Place = $"row {row}",
                ObjectId = fibres.Text(row, "NAME").Trim(),
                WavelengthAngstrom = [.. wavelengths],
                Flux = flux.Rows(row, 1),
                InverseVariance = FitsFields.Inverses(fits["VARIANCE"].Rows(row, 1)),
                Medium = SpectralMedium.Air,
                HasTelluric = true,
                IsUncalibrated = true,
            };
            spectrum.SetPosition(fibres.Number(row, "RA") * DegreesPerRadian, fibres.Number(row, "DEC") * DegreesPerRadian);
            var type = fibres.Text(row, "TYPE").Trim();
            if (type.Length > 0 && type != "P")
            {
                spectrum.Exclusion = (Reason.NotTarget, $"TYPE {type}");
            }
            yield return spectrum;
        }
    }

    private static double[] Wavelengths(SurveyFile file, FitsUnit flux)
    {
        if (file.Fits!.Find("WAVELENGTH") is not { IsImage: true } unit)
        {
            return PixelScale.Of(file.Path, flux.Header, 1, flux.Shape[1]).Wavelengths;
        }
        var values = unit.Rows(0, unit.Shape.Length > 1 ? 1 : unit.Shape[0]);
        return Array.TrueForAll(values, v => v is > 2.5 and < 5) ? Array.ConvertAll(values, v => Math.Pow(10, v)) : values;
    }

    private static FitsUnit? Fibres(FitsFile fits) =>
        fits.Units.FirstOrDefault(u =>
            u.IsTable
            && u.Name.ToUpperInvariant() is "FIBRES" or "FIBRES_IFU"
            && u.Table.Find("NAME") is not null
            && u.Table.Find("TYPE") is not null
        );
}
