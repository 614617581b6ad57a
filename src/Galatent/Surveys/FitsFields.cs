using Galatent.Files.Fits;

namespace Galatent.Surveys;

/// <summary>Single values of FITS tables and headers, for columns and keywords that may be absent.</summary>
internal static class FitsFields
{
    /// <summary>The first element of a cell; NaN where there is no such column or no number in it.</summary>
    public static double Number(this FitsTable table, int row, params ReadOnlySpan<string> names)
    {
        if (table.FindAny(names) is not { } column || column.Type is 'C' or 'M')
        {
            return double.NaN;
        }
        return column.IsText
            ? double.TryParse(table.Texts(column, row, 1)[0], System.Globalization.CultureInfo.InvariantCulture, out var value)
                ? value
                : double.NaN
            : table.Cell(column, row) is [var first, ..]
                ? first
                : double.NaN;
    }

    /// <summary>A cell as text, whole numbers with all digits; empty where there is no such column.</summary>
    public static string Text(this FitsTable table, int row, params ReadOnlySpan<string> names) =>
        table.FindAny(names) is { } column ? table.Texts(column, row, 1)[0] : "";

    /// <summary>The first of some keywords that holds a number; NaN where none does.</summary>
    public static double First(this FitsHeader header, params ReadOnlySpan<string> keywords)
    {
        foreach (var keyword in keywords)
        {
            if (header.Stated(keyword) is var value && double.IsFinite(value))
            {
                return value;
            }
        }
        return double.NaN;
    }

    /// <summary>The redshift that a header states: Z, REDSHIFT, Z_HELIO, ZBEST, or a HIERARCH keyword whose last word is Z or
    /// REDSHIFT; NaN where it states none.</summary>
    public static double Redshift(this FitsHeader header)
    {
        var stated = header.First("Z", "REDSHIFT", "Z_HELIO", "ZBEST");
        if (double.IsFinite(stated))
        {
            return stated;
        }
        foreach (var keyword in header.Keywords)
        {
            if (keyword.Contains(' ') && keyword.Split(' ')[^1] is "Z" or "REDSHIFT" && double.IsFinite(header.Stated(keyword)))
            {
                return header.Stated(keyword);
            }
        }
        return double.NaN;
    }

    /// <summary>1/sigma² from sigma; 0 where sigma is not positive and finite.</summary>
    public static double[] InverseSquares(double[] sigma) =>
        Array.ConvertAll(sigma, s => s > 0 && double.IsFinite(s) ? Finite(1 / (s * s)) : 0);

    /// <summary>1/variance; 0 where the variance is not positive and finite.</summary>
    public static double[] Inverses(double[] variance) => Array.ConvertAll(variance, v => v > 0 && double.IsFinite(v) ? Finite(1 / v) : 0);

    private static double Finite(double value) => double.IsFinite(value) ? value : 0;
}
