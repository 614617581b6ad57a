namespace Galatent.Latents.Information;

/// <summary>A column of a table and its name, which labels the results.</summary>
/// <param name="Name">E.g. <c>z13</c> or <c>log_mass</c>.</param>
/// <param name="Values">One value per row; values that are not finite are left out pair by pair.</param>
public sealed record NamedColumn(string Name, double[] Values)
{
    /// <summary>Whether the values are codes of classes (galaxy type, survey, flag). Then their order and distances mean nothing.</summary>
    public bool IsClass { get; init; }

    /// <summary>A column of classes. Each class becomes its number in alphabetical order; a missing class becomes NaN.</summary>
    /// <param name="name">Name of the column.</param>
    /// <param name="classes">The class of every row, as any text; null when it is missing.</param>
    public static NamedColumn OfClasses(string name, IReadOnlyList<string?> classes)
    {
        var codes = classes
            .OfType<string>()
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .Select((label, code) => (label, code))
            .ToDictionary(pair => pair.label, pair => (double)pair.code, StringComparer.Ordinal);
        return new NamedColumn(name, [.. classes.Select(c => c is null ? double.NaN : codes[c])]) { IsClass = true };
    }

    /// <summary>The same column with only the given rows.</summary>
    internal NamedColumn Take(int[] rows) => this with { Values = Array.ConvertAll(rows, row => Values[row]) };
}
