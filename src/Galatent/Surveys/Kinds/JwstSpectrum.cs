using Galatent.Files.Fits;
using Galatent.Numerics;

namespace Galatent.Surveys.Kinds;

/// <summary>
/// JWST x1d and c1d files. Evidence: TELESCOP JWST and tables EXTRACT1D or COMBINE1D, each a spectrum. Wavelengths in µm, vacuum,
/// barycentric; FLUX in Jy (flux per hertz) with FLUX_ERROR (or ERROR). Bad: no number, or bit 0 of DQ. For an extended source
/// (SRCTYPE EXTENDED) SURF_BRIGHT is taken, whose unit is a brightness: the flux is relative.
/// </summary>
internal sealed class JwstSpectrum : ISurveyKind
{
    private const double MicrometreAngstrom = 1e4;

    public string Name => "jwst";

    public string Description => "JWST x1d or c1d file";

    public string? Evidence(SurveyFile file, SurveyOptions options) =>
        file.Fits is { } fits && fits.Units[0].Header.Text("TELESCOP").Trim() == "JWST" && Units(fits).FirstOrDefault() is { } unit
            ? $"TELESCOP is JWST and HDU {unit.Index} is {unit.Name}"
            : null;

    public IEnumerable<ObservedSpectrum> Read(SurveyFile file, SurveyOptions options)
    {
        foreach (var unit in Units(file.Fits!))
        {
            var wavelength = unit.Table.Require("WAVELENGTH");
            var isArray = wavelength.Repeat > 1 || wavelength.Descriptor is not null;
            for (var row = 0; row < (isArray ? unit.Table.RowCount : 1); row++)
            {
                yield return Spectrum(file, unit, isArray ? row : -1);
            }
        }
    }

    // Row -1: the rows of the table are pixels.
    private static ObservedSpectrum Spectrum(SurveyFile file, FitsUnit unit, int row)
    {
        var primary = file.Fits!.Units[0].Header;
        var table = unit.Table;
        var isExtended = (unit.Header.Text("SRCTYPE") is { Length: > 0 } own ? own : primary.Text("SRCTYPE")).Trim() == "EXTENDED";
        var flux = table.Require(isExtended && table.Find("SURF_BRIGHT") is not null ? "SURF_BRIGHT" : "FLUX");
        var error = (
            flux.Name.Equals("SURF_BRIGHT", StringComparison.OrdinalIgnoreCase)
                ? table.Find("SB_ERROR")
                : table.FindAny("FLUX_ERROR", "ERROR")
        ) ?? throw new InputException($"'{file.Path}': HDU {unit.Index} ({unit.Name}) has no column of errors; give a newer file.");
        var wavelength = table.Require("WAVELENGTH");
        var factor =
            wavelength.Unit.Length == 0
                ? MicrometreAngstrom
                : SpectralUnit.Length(wavelength.Unit)
                    ?? throw new InputException($"'{file.Path}': the unit of WAVELENGTH is '{wavelength.Unit}', which is no length.");
        double[] Column(FitsColumn column) => row < 0 ? table.Numbers(column, 0, table.RowCount) : table.Cell(column, row);
        var spectrum = new ObservedSpectrum
        {
            Place = row < 0 ? $"HDU {unit.Index}" : $"HDU {unit.Index} row {row}",
            WavelengthAngstrom = Array.ConvertAll(Column(wavelength), l => l * factor),
            Flux = Column(flux),
            InverseVariance = FitsFields.InverseSquares(Column(error)),
            IsBad = table.Find("DQ") is { } quality
                ? Array.ConvertAll(Column(quality), q => !double.IsFinite(q) || ((long)q & 1) != 0)
                : [],
            ObjectId = row >= 0 && table.Text(row, "SOURCE_ID") is { Length: > 0 } id ? id : Id(unit.Header, primary),
            Scale = SpectralUnit.Flux(flux.Unit) ?? new FluxScale(1, true, false),
        };
        if (!spectrum.Scale.IsAbsolute)
        {
            spectrum.Remarks.Add($"'{file.Path}': the unit of {flux.Name} is '{flux.Unit}'; it is taken as a relative flux per hertz.");
        }
        spectrum.SetPosition(
            unit.Header.First("SRCRA", "TARG_RA") is var ra && double.IsFinite(ra) ? ra : primary.First("TARG_RA"),
            unit.Header.First("SRCDEC", "TARG_DEC") is var dec && double.IsFinite(dec) ? dec : primary.First("TARG_DEC")
        );
        DropUnknown(spectrum);
        return spectrum;
    }

    private static string Id(FitsHeader header, FitsHeader primary)
    {
        foreach (var text in new[] { header.Text("SOURCEID"), header.Text("SRCNAME"), primary.Text("TARGNAME"), primary.Text("TARGPROP") })
        {
            if (text.Trim().Length > 0)
            {
                return text.Trim();
            }
        }
        return "";
    }

    // Detectors end before their tables do.
    private static void DropUnknown(ObservedSpectrum s)
    {
        var known = Enumerable
            .Range(0, s.Count)
            .Where(i => s.WavelengthAngstrom[i] > 0 && double.IsFinite(s.WavelengthAngstrom[i]))
            .ToArray();
        if (known.Length == s.Count)
        {
            return;
        }
        s.Flux = Array.ConvertAll(known, i => s.Flux[i]);
        s.InverseVariance = Array.ConvertAll(known, i => s.InverseVariance[i]);
        s.IsBad = s.IsBad.Length > 0 ? Array.ConvertAll(known, i => s.IsBad[i]) : [];
        s.WavelengthAngstrom = Array.ConvertAll(known, i => s.WavelengthAngstrom[i]);
    }

    private static IEnumerable<FitsUnit> Units(FitsFile fits) =>
        fits.Units.Where(u => u.IsTable && u.Name.ToUpperInvariant() is "EXTRACT1D" or "COMBINE1D");
}
