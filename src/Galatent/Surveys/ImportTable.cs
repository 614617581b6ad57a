using System.Globalization;
using Galatent.Files;

namespace Galatent.Surveys;

/// <summary>The table beside an imported dataset: one line for each spectrum that was read, written or not.</summary>
internal static class ImportTable
{
    private static readonly string[] Windows = ["5000-5500", "4150-4300", "all"];

    private static readonly (string Name, Func<ImportedSpectrum, string> Field)[] Columns =
    [
        ("file", s => s.File),
        ("place", s => s.Place),
        ("object_id", s => s.ObjectId),
        ("kind", s => s.Kind),
        ("outcome", s => s.Outcome),
        ("detail", s => s.Detail),
        ("class", s => s.Class),
        ("redshift", s => ResultTable.Text(s.Redshift)),
        ("redshift_error", s => ResultTable.Text(s.RedshiftError)),
        ("redshift_warning", s => ResultTable.Text(s.RedshiftWarning)),
        ("redshift_from", s => s.RedshiftFrom),
        ("window", s => s.IsWritten && s.NormKind >= 0 ? Windows[s.NormKind] : ""),
        ("window_pixels", s => Count(s.WindowPixels)),
        ("pixels", s => Count(s.Pixels)),
        ("bad_in_survey", s => Count(s.BadInSurvey)),
        ("at_sky_lines", s => Count(s.AtSkyLines)),
        ("in_telluric_bands", s => Count(s.InTelluricBands)),
        ("absurd", s => Count(s.Absurd)),
        ("ebv", s => ResultTable.Text(s.Ebv, "G6")),
        ("sn_median", s => ResultTable.Text(s.SignalToNoise, "G6")),
        ("coverage", s => ResultTable.Text(s.Coverage, "G6")),
        ("norm", s => ResultTable.Text(s.Norm)),
        ("remarks", s => string.Join(' ', s.Remarks)),
    ];

    /// <summary>The path of the table beside a dataset: <c>observed.import.csv</c> for <c>observed.h5</c>.</summary>
    public static string PathOf(string path) => Path.ChangeExtension(path, null) + ".import.csv";

    /// <summary>The table.</summary>
    public static ResultTable Of(IReadOnlyList<ImportedSpectrum> spectra) =>
        new([.. Columns.Select(c => c.Name)], [.. spectra.Select(s => Columns.Select(c => OneLine(c.Field(s))).ToArray())]);

    private static string Count(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
