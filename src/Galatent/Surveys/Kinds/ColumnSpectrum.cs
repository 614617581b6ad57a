using Galatent.Files;
using Galatent.Numerics;

namespace Galatent.Surveys.Kinds;

/// <summary>
/// One spectrum as columns of text (CSV, ECSV, blanks), HDF5 or Parquet. Evidence: one column of wavelengths and one of flux, by the names
/// that surveys use or as the user says; or two to four columns of numbers without names: wavelength, flux, error, mask.
/// </summary>
internal sealed class ColumnSpectrum : ISurveyKind
{
    private static readonly string[] Bare = ["c1", "c2", "c3", "c4"];

    public string Name => "columns";

    public string Description => "columns of wavelength and flux (text, HDF5 or Parquet)";

    public string? Evidence(SurveyFile file, SurveyOptions options)
    {
        // An HDF5 file may be large, and is read only when it has such columns.
        if (file.Fits is not null || (file.IsHdf5 && !ColumnRoles.Fit([.. Hdf5Columns.Describe(file.Path).Select(c => c.Name)], options)))
        {
            return null;
        }
        var columns = file.Columns;
        return IsBare(columns, options) ? $"it has {columns.Names.Count} columns of numbers without names"
            : ColumnRoles.Fit(columns.Names, options) ? "it has columns of wavelength and flux"
            : null;
    }

    public IEnumerable<ObservedSpectrum> Read(SurveyFile file, SurveyOptions options)
    {
        var columns = file.Columns;
        var roles = IsBare(columns, options)
            ? new ColumnRoles(
                "c1",
                "c2",
                columns.Names.Count > 2 ? "c3" : null,
                columns.Names.Count > 2 ? NoiseKind.Error : NoiseKind.None,
                columns.Names.Count > 3 ? "c4" : null
            )
            : ColumnRoles.Of(file.Path, columns.Names, options);
        var units = file.IsColumns && columns.IsOfText ? EcsvUnits.Read(file.Path) : new Dictionary<string, string>();
        var spectrum = TableSpectrum.Of(file.Path, roles, columns.Numbers, name =>
            units.TryGetValue(name, out var unit) ? unit : columns.Column(name).Unit
        );
        TableSpectrum.AssumeAir(spectrum, file.Path, options);
        spectrum.ObjectId = Path.GetFileNameWithoutExtension(file.Path);
        spectrum.Aliases = [Path.GetFileName(file.Path)];
        spectrum.Remarks.InsertRange(0, columns.Remarks);
        if (ColumnRoles.Told(file.Path, columns.Names, options, "id") is { } id)
        {
            string?[] texts = [.. columns.Classes(id).Distinct().Take(2)];
            spectrum.ObjectId = texts is [{ } only]
                ? only
                : throw new InputException(
                    $"'{file.Path}': {id} has different values in the pixels of one spectrum; leave it out of SurveyOptions.Columns."
                );
        }
        if (ColumnRoles.Told(file.Path, columns.Names, options, "redshift") is { } redshift)
        {
            var values = columns.Numbers(redshift);
            if (values.Distinct().Count() > 1)
            {
                throw new InputException(
                    $"'{file.Path}': {redshift} has different values in the pixels of one spectrum; give its redshift."
                );
            }
            spectrum.SetRedshift(values[0]);
        }
        yield return spectrum;
    }

    private static bool IsBare(ColumnFile columns, SurveyOptions options) =>
        options.Columns.Count == 0
        && columns.Names.Count is >= 2 and <= 4
        && columns.Names.SequenceEqual(Bare.Take(columns.Names.Count))
        && columns.NumericNames.Count() == columns.Names.Count;
}
