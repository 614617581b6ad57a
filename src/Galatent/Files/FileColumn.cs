namespace Galatent.Files;

/// <summary>One column as a reader of <see cref="ColumnFile"/> hands it over: numbers, or the texts of a column in which at least one field
/// is no number.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Numbers">One value per row, NaN where the file has none; empty for a column of texts.</param>
/// <param name="Texts">One text per row; null for a column of numbers.</param>
/// <param name="Unit">Unit, where the file gives one.</param>
/// <param name="Description">One line, where the file gives one.</param>
/// <param name="Whole">The same numbers to the last digit, for a column of 64-bit whole numbers; null for any other.</param>
/// <param name="Digits">The fields as they stand in the file, if some numbers differ only in digits that neither a double nor 64 bits
/// hold; else null.</param>
/// <param name="FirstText">Where the first field stands that is no number, and what it is, e.g. <c>line 7: 'abc'</c>.</param>
internal sealed record FileColumn(
    string Name,
    double[] Numbers,
    string[]? Texts = null,
    string Unit = "",
    string Description = "",
    WholeNumbers? Whole = null,
    string[]? Digits = null,
    string FirstText = ""
)
{
    /// <summary>A column of 64-bit whole numbers.</summary>
    public static FileColumn OfWhole(string name, WholeNumbers whole, string unit = "", string description = "") =>
        new(name, whole.ToDoubles(), null, unit, description, whole);

    /// <summary>A column that the file stores as texts.</summary>
    public static FileColumn OfTexts(string name, string[] texts)
    {
        var row = Math.Max(0, Array.FindIndex(texts, t => !TextColumns.TryNumber(t, out _)));
        return new FileColumn(name, [], texts, FirstText: texts.Length > 0 ? $"row {row}: '{texts[row]}'" : "");
    }

    /// <summary>Number of rows.</summary>
    public int Count => Texts?.Length ?? Numbers.Length;

    /// <summary>The column with no value where one is missing.</summary>
    /// <param name="missing">True where a row has none.</param>
    public FileColumn Without(bool[] missing) =>
        this with
        {
            Numbers = [.. Numbers.Select((v, i) => missing[i] ? double.NaN : v)],
            Texts = Texts?.Select((t, i) => missing[i] ? "" : t).ToArray(),
            Whole = Whole?.Without(missing),
            Digits = Digits?.Select((t, i) => missing[i] ? "" : t).ToArray(),
        };

    /// <summary>Only the first rows.</summary>
    public FileColumn First(int count) =>
        this with
        {
            Numbers = Texts is null ? Numbers[..count] : [],
            Texts = Texts?[..count],
            Whole = Whole?.Slice(0, count),
            Digits = Digits?[..count],
        };
}
