using Galatent.Files.Fits;
using Galatent.Numerics;

namespace Galatent.Surveys.Kinds;

/// <summary>
/// Any FITS table with spectra. Evidence: a table with one column of wavelengths and one of flux, by the names that surveys use or as the
/// user says. Rows are pixels, or spectra where the cells are arrays. Nothing is known of the survey: wavelengths count in air unless the
/// header says otherwise.
/// </summary>
internal sealed class FitsTableSpectra : ISurveyKind
{
    public string Name => "fits-table";

    public string Description => "FITS table with columns of wavelength and flux";

    public string? Evidence(SurveyFile file, SurveyOptions options) =>
        Unit(file, options) is { } unit ? $"HDU {unit.Index} ({unit.Title}) has columns of wavelength and flux" : null;

    public IEnumerable<ObservedSpectrum> Read(SurveyFile file, SurveyOptions options)
    {
        var unit = Unit(file, options)!;
        var table = unit.Table;
        string[] names = [.. table.Columns.Select(c => c.Name)];
        var roles = ColumnRoles.Of(file.Path, names, options);
        string UnitOf(string name) => table.Require(name).Unit;
        var idTold = ColumnRoles.Told(file.Path, names, options, "id");
        var redshiftTold = ColumnRoles.Told(file.Path, names, options, "redshift");
        var wavelength = table.Require(roles.Wavelength);
        if (wavelength.Repeat == 1 && wavelength.Descriptor is null)
        {
            if ((idTold ?? redshiftTold) is { } idle)
            {
                throw new InputException(
                    $"'{file.Path}' has a row for each pixel, so its column {idle} is neither a redshift nor an identifier of spectra; "
                        + "leave it out of SurveyOptions.Columns, and give a catalogue."
                );
            }
            var spectrum = TableSpectrum.Of(file.Path, roles, n => table.Numbers(table.Require(n), 0, table.RowCount), UnitOf);
            spectrum.Place = $"HDU {unit.Index}";
            Describe(spectrum, file, unit, options);
            yield return spectrum;
            yield break;
        }
        var idColumn = idTold is { } id ? table.Find(id) : table.FindAny(RedshiftTable.Ids);
        var redshiftColumn = redshiftTold is { } z ? table.Find(z) : table.FindAny(RedshiftTable.Redshifts);
        for (var row = 0; row < table.RowCount; row++)
        {
            var spectrum = TableSpectrum.Of(file.Path, roles, n => table.Cell(table.Require(n), row), UnitOf);
            spectrum.Place = $"HDU {unit.Index} row {row}";
            Describe(spectrum, file, unit, options);
            spectrum.ObjectId = idColumn is null ? $"{spectrum.ObjectId}:{row}" : table.Texts(idColumn, row, 1)[0];
            if (redshiftColumn is { IsText: false })
            {
                spectrum.SetRedshift(
                    table.Number(row, redshiftColumn.Name),
                    table.Number(row, RedshiftTable.Errors),
                    table.Number(row, RedshiftTable.Warnings)
                );
                spectrum.Doubt = SdssMask.Doubt(spectrum.RedshiftWarning);
            }
            spectrum.Class = table.Text(row, RedshiftTable.Classes).ToUpperInvariant();
            spectrum.SetPosition(table.Number(row, "RA", "TARGET_RA"), table.Number(row, "DEC", "TARGET_DEC"));
            yield return spectrum;
        }
    }

    /// <summary>What the headers of a table or image say about its spectrum.</summary>
    internal static void Describe(ObservedSpectrum spectrum, SurveyFile file, FitsUnit unit, SurveyOptions options)
    {
        var primary = file.Fits!.Units[0].Header;
        string Text(string keyword) => unit.Header.Text(keyword) is { Length: > 0 } own ? own : primary.Text(keyword);
        double Number(params string[] keywords) =>
            unit.Header.First(keywords) is var own && double.IsFinite(own) ? own : primary.First(keywords);
        var redshift = unit.Header.Redshift();
        spectrum.SetRedshift(double.IsFinite(redshift) ? redshift : primary.Redshift(), Number("Z_ERR", "ZERR"));
        spectrum.SetPosition(Number("RA", "RA_TARG", "OBJRA"), Number("DEC", "DEC_TARG", "OBJDEC"));
        spectrum.ObjectId = Text("OBJECT").Trim() is { Length: > 0 } name ? name : Path.GetFileNameWithoutExtension(file.Path);
        spectrum.Aliases = [Path.GetFileName(file.Path), Path.GetFileNameWithoutExtension(file.Path)];
        spectrum.IsRest = Text("SPECSYS").StartsWith("SOURCE", StringComparison.OrdinalIgnoreCase);
        var stated = Text("VACUUM") is { Length: > 0 } vacuum ? vacuum : Text("AIRORVAC");
        if (stated.Trim().ToUpperInvariant() is "T" or "TRUE" or "1" or "VAC" or "VACUUM")
        {
            spectrum.Medium = SpectralMedium.Vacuum;
        }
        else if (stated.Trim().ToUpperInvariant() is not ("F" or "FALSE" or "0" or "AIR"))
        {
            TableSpectrum.AssumeAir(spectrum, file.Path, options);
        }
    }

    private static FitsUnit? Unit(SurveyFile file, SurveyOptions options) =>
        file.Fits?.Units.FirstOrDefault(u => u.IsTable && u.Table.RowCount > 0 && ColumnRoles.Fit(u.ColumnNames, options));
}
