using Galatent.Files;
using Galatent.Files.Fits;
using Galatent.Numerics;

namespace Galatent.Surveys.Kinds;

/// <summary>
/// ESO Phase 3 spectra: VANDELS, LEGA-C, zCOSMOS, VVDS, X-Shooter, MUSE. Evidence: a table of one row with array cells whose columns have
/// TUCD or TUTYP, or VOCLASS SPECTRUM. TUCD <c>em.wl;obs.atmos</c> is air, <c>em.wl</c> vacuum; <c>src.net</c> is the flux (with
/// <c>meta.main</c> if there are several); <c>stat.error</c> is 1 sigma, 0 for bad; a quality other than 0 is bad. NELEM may be below the
/// length of the cells. There is no redshift in the file.
/// </summary>
internal sealed class EsoPhase3 : ISurveyKind
{
    public string Name => "eso-phase3";

    public string Description => "ESO Phase 3 spectrum (VANDELS, LEGA-C, zCOSMOS, X-Shooter, ...)";

    public string? Evidence(SurveyFile file, SurveyOptions options) =>
        Unit(file) is { } unit ? $"HDU {unit.Index} ({unit.Title}) is a table of one row with the meaning of its columns (TUCD)" : null;

    public IEnumerable<ObservedSpectrum> Read(SurveyFile file, SurveyOptions options)
    {
        var unit = Unit(file)!;
        var table = unit.Table;
        var primary = file.Fits!.Units[0].Header;
        if (unit.Header.IsTrue("CONTNORM") || primary.IsTrue("CONTNORM"))
        {
            throw new InputException(
                $"'{file.Path}' was divided by its continuum (CONTNORM is T), so that nothing is left of its shape; give the other version."
            );
        }
        var wavelength = WavelengthColumn(table)!;
        var flux = FluxColumn(table) ?? throw Lacks(file, table, "flux (src.net)");
        // A second flux, without its lines for instance, has errors of its own.
        var error = table
            .Columns.Where(c => c.Ucd.Contains("stat.error", StringComparison.OrdinalIgnoreCase) && c.Number != flux.Number && !c.IsText)
            .OrderByDescending(c => IsMain(c) == IsMain(flux))
            .FirstOrDefault()
            ?? table.FindAny("ERR", "ERR_FLUX", "ERROR")
            ?? throw Lacks(file, table, "error (stat.error)");
        var quality = table.Columns.FirstOrDefault(c => c.Ucd.Contains("meta.code.qual", StringComparison.OrdinalIgnoreCase))
            ?? table.FindAny("QUAL", "QUALITY");
        var cell = table.Cell(wavelength, 0);
        var stated = unit.Header.First("NELEM");
        if (stated > cell.Length)
        {
            throw new InputException($"'{file.Path}': NELEM is {stated}, and {wavelength.Name} has {cell.Length} elements; it is damaged.");
        }
        var count = stated > 0 ? (int)stated : cell.Length;
        var spectrum = new ObservedSpectrum
        {
            Place = $"HDU {unit.Index}",
            Flux = Part(table.Cell(flux, 0), count, file, flux),
            InverseVariance = FitsFields.InverseSquares(Part(table.Cell(error, 0), count, file, error)),
            IsBad = quality is null ? [] : Array.ConvertAll(Part(table.Cell(quality, 0), count, file, quality), q => q != 0),
            Medium = wavelength.Ucd.Contains("obs.atmos", StringComparison.OrdinalIgnoreCase) ? SpectralMedium.Air : SpectralMedium.Vacuum,
            ObjectId = First(unit.Header.Text("OBJECT"), primary.Text("OBJECT"), unit.Header.Text("TITLE")),
            Aliases = [unit.Header.Text("TITLE"), primary.Text("OBJECT")],
            HasTelluric = true,
        };
        var factor = SpectralUnit.Length(wavelength.Unit)
            ?? throw new InputException($"'{file.Path}': the unit of {wavelength.Name} is '{wavelength.Unit}', which is no known length.");
        spectrum.WavelengthAngstrom = Array.ConvertAll(cell[..count], l => l * factor);
        if (SpectralUnit.Flux(flux.Unit) is { } scale)
        {
            spectrum.Scale = scale;
        }
        else
        {
            spectrum.Remarks.Add(
                $"'{file.Path}': the unit of {flux.Name} is '{flux.Unit}'; it is taken as a relative flux per wavelength."
            );
        }
        spectrum.SetRedshift(double.IsNaN(unit.Header.Redshift()) ? primary.Redshift() : unit.Header.Redshift());
        spectrum.SetPosition(First(unit.Header.First("RA"), primary.First("RA")), First(unit.Header.First("DEC"), primary.First("DEC")));
        SetFrame(spectrum, file.Path, First(unit.Header.Text("SPECSYS"), primary.Text("SPECSYS")));
        SetResolution(spectrum, First(unit.Header.First("SPEC_RES"), primary.First("SPEC_RES")));
        yield return spectrum;
    }

    private static void SetFrame(ObservedSpectrum spectrum, string path, string system)
    {
        spectrum.IsRest = system.StartsWith("SOURCE", StringComparison.OrdinalIgnoreCase);
        if (system.StartsWith("TOPOCENT", StringComparison.OrdinalIgnoreCase))
        {
            spectrum.Remarks.Add($"'{path}': SPECSYS is TOPOCENT, so that its velocity is known to 30 km/s only.");
        }
    }

    private static void SetResolution(ObservedSpectrum spectrum, double resolvingPower)
    {
        if (resolvingPower > 1)
        {
            var perFwhm = 1 / (resolvingPower * 2 * Math.Sqrt(2 * Math.Log(2)));
            spectrum.LsfSigmaAngstrom = Array.ConvertAll(spectrum.WavelengthAngstrom, l => l * perFwhm);
        }
    }

    private static InputException Lacks(SurveyFile file, FitsTable table, string what) =>
        new($"'{file.Path}' is an ESO table without a column of {what}; it has {ShownNames.Of(table.Columns.Select(c => c.Name))}.");

    private static double[] Part(double[] cell, int count, SurveyFile file, FitsColumn column) =>
        cell.Length >= count
            ? cell[..count]
            : throw new InputException(
                $"'{file.Path}': {column.Name} has {cell.Length} elements for {count} wavelengths; the file is damaged."
            );

    private static bool IsMain(FitsColumn column) => column.Ucd.Contains("meta.main", StringComparison.OrdinalIgnoreCase);

    private static string First(params string[] texts) => Array.Find(texts, t => t.Trim().Length > 0)?.Trim() ?? "";

    private static double First(double first, double second) => double.IsFinite(first) ? first : second;

    private static FitsColumn? WavelengthColumn(FitsTable table) =>
        table.Columns.FirstOrDefault(c => c.Ucd.StartsWith("em.wl", StringComparison.OrdinalIgnoreCase) && !c.IsText)
        ?? (
            table.Columns.FirstOrDefault(c => c.UType.EndsWith("SpectralAxis.Value", StringComparison.OrdinalIgnoreCase)) is { } axis
            && !axis.IsText
            && SpectralUnit.Length(axis.Unit) is not null
                ? axis
                : null
        );

    private static FitsColumn? FluxColumn(FitsTable table)
    {
        var fluxes = table
            .Columns.Where(c =>
                c.Ucd.Contains("phot.flux", StringComparison.OrdinalIgnoreCase)
                && !c.Ucd.Contains("stat.error", StringComparison.OrdinalIgnoreCase)
                && !c.IsText
            )
            .ToList();
        var net = fluxes.FindAll(c => c.Ucd.Contains("src.net", StringComparison.OrdinalIgnoreCase));
        return net.Find(c => c.Ucd.Contains("meta.main", StringComparison.OrdinalIgnoreCase))
            ?? (net.Count > 0 ? net[0] : null)
            ?? fluxes.FirstOrDefault()
            ?? table.Columns.FirstOrDefault(c => c.UType.EndsWith("FluxAxis.Value", StringComparison.OrdinalIgnoreCase))
            ?? table.Find("FLUX");
    }

    private static FitsUnit? Unit(SurveyFile file) =>
        file.Fits?.Units.FirstOrDefault(u =>
            u.IsTable
            && u.Table.RowCount == 1
            && WavelengthColumn(u.Table) is { } wavelength
            && (wavelength.Repeat > 1 || wavelength.Descriptor is not null)
        );
}
