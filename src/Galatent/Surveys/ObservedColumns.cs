using System.Globalization;
using System.Text.Json;
using Galatent.Files;

namespace Galatent.Surveys;

/// <summary>What <c>/parameters</c> of a file of observed spectra holds, and how the import was asked for.</summary>
internal static class ObservedColumns
{
    /// <summary>The columns.</summary>
    public static IReadOnlyList<ParameterColumn> Of(IReadOnlyList<ImportedSpectrum> spectra)
    {
        ParameterColumn Column(string name, string unit, string description, Func<ImportedSpectrum, double> value) =>
            new(name, unit, description, [.. spectra.Select(value)]);
        return
        [
            Column("redshift", "", "redshift", s => s.Redshift),
            Column("redshift_error", "", "error of the redshift; NaN where it is not known", s => s.RedshiftError),
            Column("redshift_warning", "", "warning flags of the survey; NaN where there are none", s => s.RedshiftWarning),
            Column("ra", "deg", "right ascension; NaN where it is not known", s => s.RightAscensionDegrees),
            Column("dec", "deg", "declination; NaN where it is not known", s => s.DeclinationDegrees),
            Column("ebv", "mag", "Galactic E(B-V) that was corrected for; NaN where it is not known", s => s.Ebv),
            Column("sn_median", "", "median signal-to-noise for each observed angstrom", s => s.SignalToNoise),
            Column("coverage", "", "good share of the pixels", s => s.Coverage),
            Column("norm_kind", "", "normalised at 5000-5500 angstrom (0), 4150-4300 (1) or everywhere (2)", s => s.NormKind),
            Column("lsf_fwhm_rest", "angstrom", "full width of a line at rest 5250 angstrom; NaN where unknown", s =>
                s.LsfFwhmRestAngstrom
            ),
            Column("chi2_expected", "", "chi squared per pixel of a perfect model: pixels share data", s => s.ExpectedChiSquare),
        ];
    }

    /// <summary>The options as JSON, for the file's attribute. Threads and folders do not matter for the result and are left out.</summary>
    public static string Describe(SurveyOptions o)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("kind", o.Kind ?? "by content");
            json.WriteString("columns", string.Join(',', o.Columns.OrderBy(p => p.Key).Select(p => $"{p.Key}={p.Value}")));
            json.WriteString("rows", string.Join(',', o.Rows.OrderBy(p => p.Key).Select(p => $"{p.Key}={p.Value}")));
            json.WriteString("hdus", string.Join(',', o.Hdus.OrderBy(p => p.Key).Select(p => $"{p.Key}={p.Value}")));
            json.WriteString("redshifts", o.Redshifts ?? "");
            json.WriteString("medium", o.Medium?.ToString().ToLowerInvariant() ?? "as the file says");
            json.WriteBoolean("rest_frame", o.IsRest);
            json.WriteBoolean("dereddened", o.Deredden);
            json.WriteBoolean("plate_ebv", o.UsePlateEbv);
            json.WriteNumber("mask_bits", o.MaskBits);
            json.WriteString("sky_mask", o.Sky.ToString().ToLowerInvariant());
            json.WriteString("telluric", o.Telluric?.ToString().ToLowerInvariant() ?? "by kind");
            json.WriteString(
                "mask_ranges",
                string.Join(',', o.MaskRanges.Select(r => string.Create(CultureInfo.InvariantCulture, $"{r.LowAngstrom}:{r.HighAngstrom}")))
            );
            json.WriteBoolean("fallback", o.UseFallbackWindow);
            json.WriteString("reference", o.Reference ?? "");
            json.WriteBoolean("select_all", o.SelectAll);
            json.WriteString("classes", string.Join(',', o.Classes));
            json.WriteNumber("least_sn", o.LeastSignalToNoise);
            json.WriteNumber("least_coverage", o.LeastCoverage);
            json.WriteNumber("least_redshift", o.LeastRedshift);
            json.WriteNumber("least_delta_chi2", o.LeastDeltaChiSquare);
            json.WriteNumber("resolution_fwhm_angstrom", o.ResolutionFwhmAngstrom ?? 0);
            json.WriteBoolean("good_plates", o.OnlyGoodPlates);
            json.WriteBoolean("uncalibrated", o.AllowUncalibrated);
            json.WriteBoolean("repeats", o.KeepRepeats);
            json.WriteBoolean("exposures", o.KeepExposures);
            json.WriteBoolean("strict", o.IsStrict);
            json.WriteEndObject();
        }
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }
}
