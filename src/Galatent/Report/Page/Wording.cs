using System.Globalization;
using Galatent.Latents;
using Galatent.Report.Drawing;

namespace Galatent.Report.Page;

/// <summary>Formats numbers and lists inside sentences.</summary>
internal static class Wording
{
    private const int MostNames = 12;

    /// <summary>A number with some significant digits, a decimal point and no exponent between 0.001 and a million; "undefined" for
    /// NaN.</summary>
    public static string Number(double value, int significant = 3)
    {
        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? "undefined" : "–";
        }
        if (value == 0)
        {
            return "0";
        }
        var exponent = (int)Math.Floor(Math.Log10(Math.Abs(value)));
        if (exponent is < -4 or > 6)
        {
            var mantissa = FigureAxes.Number(value / Math.Pow(10, exponent), significant - 1);
            return $"{mantissa} × {FigureAxes.PowerOfTenAlways(exponent)}";
        }
        var decimals = Math.Max(0, significant - 1 - exponent);
        return FigureAxes.Number(value, decimals);
    }

    /// <summary>A value with its standard error, to the second digit of the error; the value alone where there is none.</summary>
    public static string Estimate(double value, double? error)
    {
        if (error is not > 0 || !double.IsFinite(error.Value))
        {
            return Number(value);
        }
        var decimals = Math.Clamp(1 - (int)Math.Floor(Math.Log10(error.Value)), 0, 6);
        return $"{FigureAxes.Number(value, decimals)}\u00a0±\u00a0{FigureAxes.Number(error.Value, decimals)}";
    }

    /// <summary>A whole number with thin spaces between thousands.</summary>
    public static string Count(long value) =>
        value.ToString("#,0", CultureInfo.InvariantCulture).Replace(",", "\u202F", StringComparison.Ordinal);

    /// <summary>"a", "a and b", "a, b and c"; "none" for an empty list.</summary>
    public static string List(IReadOnlyList<string> items) =>
        items.Count switch
        {
            0 => "none",
            1 => items[0],
            _ => string.Join(", ", items.Take(items.Count - 1)) + " and " + items[^1],
        };

    /// <summary>Names of dimensions, e.g. "z02, z06 and z13". Of more than a dozen, the first ones and how many more there are.</summary>
    public static string Dimensions(IReadOnlyList<int> dimensions) =>
        dimensions.Count <= MostNames
            ? List([.. dimensions.Select(AnalysisResults.DimensionName)])
            : List([.. dimensions.Take(6).Select(AnalysisResults.DimensionName), $"{dimensions.Count - 6} more"]);

    /// <summary>"7" where both ends are the same, "6 or 7", "5 to 7".</summary>
    public static string Range((int Low, int High) range) =>
        range.High == range.Low ? $"{range.Low}"
        : range.High == range.Low + 1 ? $"{range.Low} or {range.High}"
        : $"{range.Low} to {range.High}";

    /// <summary>A beta as the user gave it, e.g. "0.3".</summary>
    public static string Beta(double beta) => beta.ToString("0.######", CultureInfo.InvariantCulture);
}
