using Galatent.Files.Fits;

namespace Galatent.Surveys.Kinds;

/// <summary>
/// SDSS, BOSS, eBOSS, SEGUE and SDSS-V <c>spec-PLATE-MJD-FIBER.fits</c>, full and lite (DR8 and later). Evidence: a table with the columns
/// flux, loglam and ivar. Vacuum, heliocentric, 10⁻¹⁷ erg/s/cm²/Å. Wavelengths are 10^loglam; COEFF0 of the header belongs to the
/// plate. The catalogue is the first table of one row with a column Z. Later tables hold single exposures.
/// </summary>
internal sealed class SdssSpec : ISurveyKind
{
    // A_u, g, r, i, z / E(B-V) of the catalogue's EXTINCTION (Schlegel et al. 1998 with Schlafly and Finkbeiner 2011).
    private static readonly double[] ExtinctionPerEbv = [4.239, 3.303, 2.285, 1.698, 1.263];

    // The same of the plate's header (Schlegel et al. 1998, table 6).
    private static readonly double[] PlateExtinctionPerEbv = [5.155, 3.793, 2.751, 2.086, 1.479];

    private const double NoQsoDifference = 0.003;

    public string Name => "sdss-spec";

    public string Description => "SDSS, BOSS, eBOSS or SDSS-V spectrum (DR8 and later)";

    public string? Evidence(SurveyFile file, SurveyOptions options) =>
        Coadd(file) is { } unit ? $"HDU {unit.Index} ({unit.Title}) is a table with flux, loglam and ivar" : null;

    public IEnumerable<ObservedSpectrum> Read(SurveyFile file, SurveyOptions options)
    {
        var unit = Coadd(file)!;
        var table = unit.Table;
        var spectrum = new ObservedSpectrum
        {
            Scale = FluxScale.SdssUnit,
            Place = $"HDU {unit.Index}",
            WavelengthAngstrom = Array.ConvertAll(Column(table, "loglam"), l => Math.Pow(10, l)),
            Flux = Column(table, "flux"),
            InverseVariance = Column(table, "ivar"),
        };
        if (table.Find("and_mask") is { } mask)
        {
            spectrum.IsBad = SdssMask.Bad(table.Wholes(mask, 0, table.RowCount), options);
        }
        else
        {
            spectrum.Remarks.Add($"'{file.Path}' has no column and_mask; only pixels without inverse variance are bad.");
        }
        if (table.Find("wdisp") is { } width)
        {
            spectrum.SetDispersion(table.Numbers(width, 0, table.RowCount));
        }
        if (file.Fits!.Units.FirstOrDefault(u => u.IsTable && u.Table is { RowCount: 1 } t && t.Find("Z") is not null) is { } catalogue)
        {
            Describe(spectrum, catalogue.Table, file, options);
        }
        if (spectrum.ObjectId.Length == 0)
        {
            var header = file.Fits.Units[0].Header;
            spectrum.ObjectId = Join(header.Text("PLATEID"), header.Text("MJD"), header.Text("FIBERID"));
        }
        if (options.UsePlateEbv && double.IsNaN(spectrum.Ebv))
        {
            spectrum.Ebv = PlateEbv(file.Fits.Units[0].Header);
        }
        yield return spectrum;
    }

    private static void Describe(ObservedSpectrum spectrum, FitsTable t, SurveyFile file, SurveyOptions options)
    {
        spectrum.SetRedshift(t.Number(0, "Z"), t.Number(0, "Z_ERR"), t.Number(0, "ZWARNING"));
        spectrum.Doubt = SdssMask.Doubt(spectrum.RedshiftWarning);
        spectrum.Class = t.Text(0, "CLASS").ToUpperInvariant();
        var noQso = t.Number(0, "Z_NOQSO");
        if (
            noQso > 0
            && spectrum.Class == "GALAXY"
            && spectrum.Doubt is null
            && Math.Abs(noQso - spectrum.Redshift) > NoQsoDifference * (1 + spectrum.Redshift)
        )
        {
            spectrum.Doubt = FormattableString.Invariant($"Z_NOQSO {noQso} differs from Z {spectrum.Redshift}");
        }
        spectrum.SetPosition(t.Number(0, "PLUG_RA", "RACAT", "RA"), t.Number(0, "PLUG_DEC", "DECCAT", "DEC"));
        var specObjId = t.Text(0, "SPECOBJID");
        var plate = Join(t.Text(0, "PLATE", "FIELD"), t.Text(0, "MJD"), t.Text(0, "FIBERID", "CATALOGID"));
        spectrum.ObjectId = specObjId.Length > 0 && specObjId != "0" ? specObjId : plate;
        spectrum.Aliases = [plate];
        if (t.Text(0, "PLATEQUALITY", "FIELDQUALITY").Trim().Equals("bad", StringComparison.OrdinalIgnoreCase))
        {
            if (options.OnlyGoodPlates)
            {
                spectrum.Exclusion = (Reason.Plate, "PLATEQUALITY bad");
            }
            else
            {
                spectrum.Remarks.Add(
                    $"'{file.Path}': SDSS calls its plate bad (PLATEQUALITY); it is judged like all others. "
                        + "SurveyOptions.OnlyGoodPlates leaves it out."
                );
            }
        }
        if (t.Find("EXTINCTION") is { } extinction && t.Cell(extinction, 0) is { Length: 5 } magnitudes)
        {
            spectrum.Ebv = Ebv(magnitudes, ExtinctionPerEbv);
        }
    }

    private static double Ebv(double[] magnitudes, double[] perEbv)
    {
        var all = magnitudes.Zip(perEbv, (m, p) => m / p).Where(e => e is > 0 and < 10).ToArray();
        return all.Length == 0 ? double.NaN : all.Average();
    }

    private static double PlateEbv(FitsHeader header) =>
        Ebv([.. Enumerable.Range(1, 5).Select(n => header.Stated($"REDDEN0{n}"))], PlateExtinctionPerEbv);

    private static string Join(params string[] parts) => parts.All(p => p.Length > 0) ? string.Join('-', parts) : "";

    private static double[] Column(FitsTable table, string name) => table.Numbers(table.Require(name), 0, table.RowCount);

    private static FitsUnit? Coadd(SurveyFile file) =>
        file.Fits?.Units.FirstOrDefault(u =>
            u.IsTable
            && u.Table is { RowCount: > 1 } t
            && t.Find("flux") is { Repeat: 1 }
            && t.Find("loglam") is { Repeat: 1 }
            && t.Find("ivar") is { Repeat: 1 }
        );
}
