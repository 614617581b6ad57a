using System.Text.RegularExpressions;

namespace Galatent.Surveys;

/// <summary>The units that a table of ECSV (astropy) states in the remarks above it: lines like
/// <c># - {name: wave, unit: nm, datatype: float64}</c>.</summary>
internal static partial class EcsvUnits
{
    private const int MostLines = 2000;

    /// <summary>Units by column; empty for any other text.</summary>
    public static IReadOnlyDictionary<string, string> Read(string path)
    {
        var units = new Dictionary<string, string>();
        using var reader = File.OpenText(path);
        if (reader.ReadLine()?.StartsWith("# %ECSV", StringComparison.Ordinal) != true)
        {
            return units;
        }
        for (var line = reader.ReadLine(); line is ['#', ..] && units.Count < MostLines; line = reader.ReadLine())
        {
            if (Column().Match(line) is { Success: true } column && Unit().Match(line) is { Success: true } unit)
            {
                units[column.Groups[1].Value.Trim('\'', '"')] = unit.Groups[1].Value.Trim().Trim('\'', '"');
            }
        }
        return units;
    }

    [GeneratedRegex(@"\bname: *([^,}]+)")]
    private static partial Regex Column();

    [GeneratedRegex(@"^.*\bunit: *([^,}]+)")]
    private static partial Regex Unit();
}
