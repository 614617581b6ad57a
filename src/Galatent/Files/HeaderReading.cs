using System.Globalization;

namespace Galatent.Files;

/// <summary>What the first rows of a text table are.</summary>
/// <param name="HasHeader">Whether the first row names the columns.</param>
/// <param name="HasUnits">Whether the second row names their units.</param>
/// <param name="Extra">How the rows have one field more than the header, if they do.</param>
/// <param name="Doubt">Why it could be otherwise; empty where it could not.</param>
internal sealed record HeaderReading(bool HasHeader, bool HasUnits, ExtraField Extra, string Doubt)
{
    /// <summary>Names of the columns.</summary>
    /// <param name="header">The first row, or the words of a remark above it.</param>
    /// <param name="width">Fields per row.</param>
    public string[] Names(IReadOnlyList<string> header, int width)
    {
        var count = Extra == ExtraField.EmptyAtEnd ? width - 1 : width;
        var offset = Extra == ExtraField.RowNames ? 1 : 0;
        return
        [
            .. Enumerable
                .Range(0, count)
                .Select(c =>
                    header.Count + offset == count && c >= offset && header[c - offset].Length > 0
                        ? header[c - offset]
                        : string.Create(CultureInfo.InvariantCulture, $"c{c + 1}")
                ),
        ];
    }
}

/// <summary>A field that the rows have and the header has not.</summary>
internal enum ExtraField
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>Every row ends in a separator.</summary>
    EmptyAtEnd,

    /// <summary>Every row begins with its name or number, as R writes it.</summary>
    RowNames,
}
