using System.Globalization;
using Galatent.Surveys.Preparation;

namespace Galatent.Surveys;

/// <summary>Which spectra are written: the survey's flags first, then what the prepared spectrum shows.</summary>
internal static class SpectrumSelection
{
    /// <summary>Why a spectrum is left out before anything is done to it; null where it is not.</summary>
    public static (string Reason, string Detail)? Before(ObservedSpectrum s, SurveyOptions options)
    {
        if (s.Exclusion is { Reason: Reason.NotTarget } target)
        {
            return target;
        }
        if (!options.SelectAll && s.Class.Length > 0 && !options.Classes.Contains(s.Class, StringComparer.OrdinalIgnoreCase))
        {
            return (Reason.Class, s.Class);
        }
        if (double.IsNaN(s.Redshift))
        {
            return (Reason.NoRedshift, "");
        }
        if (s.Count == 0)
        {
            return (Reason.TooShort, "0 pixels");
        }
        if (options.SelectAll)
        {
            return null;
        }
        return s.Doubt is { } doubt ? (Reason.RedshiftFlag, doubt)
            : s.DeltaChiSquare < options.LeastDeltaChiSquare ? (Reason.RedshiftFlag, $"DELTACHI2 {Text(s.DeltaChiSquare)}")
            : s.Exclusion is { } exclusion ? exclusion
            : !(s.Redshift > options.LeastRedshift) ? (Reason.LowRedshift, Text(s.Redshift))
            : s.IsUncalibrated && !options.AllowUncalibrated ? (Reason.Uncalibrated, "")
            : null;
    }

    /// <summary>Why a prepared spectrum is left out; null where it is not.</summary>
    public static (string Reason, string Detail)? After(PreparedSpectrum p, SurveyOptions options) =>
        p.Outcome != Reason.Written ? (p.Outcome, p.Detail)
        : options.SelectAll ? null
        : !(p.SignalToNoise >= options.LeastSignalToNoise) ? (Reason.LowSignalToNoise, Text(p.SignalToNoise))
        : !(p.Coverage >= options.LeastCoverage) ? (Reason.LowCoverage, Text(p.Coverage))
        : null;

    private static string Text(double value) => value.ToString("G4", CultureInfo.InvariantCulture);
}
