using Galatent.Files.Fits;
using Galatent.Numerics;

namespace Galatent.Surveys.Kinds;

/// <summary>
/// SDSS <c>spPlate-PLATE-MJD.fits</c>: all spectra of a plate. Evidence: a primary image of more than 5 rows with DC-FLAG = 1, an image of
/// its shape in HDU 1, and a table with FIBERID and one row a spectrum. HDU 1 is the inverse variance, 2 and_mask, 4 the dispersion.
/// Vacuum, heliocentric, 10⁻¹⁷ erg/s/cm²/Å. Redshifts stand in spZbest of the same name, joined by FIBERID.
/// </summary>
internal sealed class SdssPlate : ISurveyKind
{
    public string Name => "sdss-spplate";

    public string Description => "SDSS spPlate file";

    public string? Evidence(SurveyFile file, SurveyOptions options) =>
        file.Fits is { Units: [{ IsImage: true, Shape: [> 5, var pixels] } flux, { IsImage: true } ivar, ..] } fits
        && pixels > 5
        && ivar.Shape.SequenceEqual(flux.Shape)
        && flux.Header.First("DC-FLAG") == 1
        && Map(fits, flux.Shape[0]) is { } map
            ? $"{flux.Shape[0]} spectra in the primary image, HDU 1 of the same shape, and FIBERID in HDU {map.Index}"
            : null;

    public IEnumerable<ObservedSpectrum> Read(SurveyFile file, SurveyOptions options)
    {
        var fits = file.Fits!;
        var flux = fits.Units[0];
        var count = flux.Shape[0];
        var map = Map(fits, count)!.Table;
        var mask = Same(fits, 2, flux) ?? throw new InputException($"'{file.Path}' has no and_mask in HDU 2; the file is damaged.");
        var width = Same(fits, 4, flux);
        var wavelengths = PixelScale.Of(file.Path, flux.Header, 1, flux.Shape[1]).Wavelengths;
        var redshifts = Companion(file.Path, options.ScratchFolder);
        for (var row = 0; row < count; row++)
        {
            var fiber = map.Text(row, "FIBERID");
            var spectrum = new ObservedSpectrum
            {
                Scale = FluxScale.SdssUnit,
                Place = $"row {row}",
                WavelengthAngstrom = [.. wavelengths],
                Flux = flux.Rows(row, 1),
                InverseVariance = fits.Units[1].Rows(row, 1),
                IsBad = SdssMask.Bad(mask.WholeRows(row, 1), options),
                ObjectId = string.Join('-', flux.Header.Text("PLATEID"), flux.Header.Text("MJD"), fiber),
            };
            if (width?.Rows(row, 1) is { } pixels)
            {
                spectrum.SetDispersion(pixels);
            }
            spectrum.SetPosition(map.Number(row, "RA"), map.Number(row, "DEC"));
            if (map.Text(row, "OBJTYPE") is { Length: > 0 } type && type.Trim() is "SKY" or "SPECTROPHOTO_STD" or "REDDEN_STD" or "HOT_STD")
            {
                spectrum.Exclusion = (Reason.NotTarget, $"OBJTYPE {type}");
            }
            if (redshifts?.Find([fiber], null) is { } entry)
            {
                entry.GiveTo(spectrum, this, "companion");
            }
            yield return spectrum;
        }
    }

    private static FitsUnit? Same(FitsFile fits, int hdu, FitsUnit flux) =>
        fits.Units.Count > hdu && fits.Units[hdu] is { IsImage: true } unit && unit.Shape.SequenceEqual(flux.Shape) ? unit : null;

    private static FitsUnit? Map(FitsFile fits, int rows) =>
        fits.Units.FirstOrDefault(u => u.IsTable && u.Table.RowCount == rows && u.Table.Find("FIBERID") is not null);

    private static RedshiftTable? Companion(string path, string? scratchFolder)
    {
        var name = Path.GetFileName(path);
        var companion = Path.Combine(
            Path.GetDirectoryName(Path.GetFullPath(path))!,
            name.Replace("spPlate-", "spZbest-", StringComparison.Ordinal)
        );
        return name.StartsWith("spPlate-", StringComparison.Ordinal) && File.Exists(companion)
            ? RedshiftTable.Read(companion, scratchFolder, "fiberid")
            : null;
    }
}
