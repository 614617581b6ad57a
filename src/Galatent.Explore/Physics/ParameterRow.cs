using Galatent.Files;

namespace Galatent.Explore.Physics;

/// <summary>The parameters of one galaxy by their names in files.</summary>
internal static class ParameterRow
{
    /// <summary>Reads a galaxy.</summary>
    public static Dictionary<string, double> Read(IReadOnlyList<ParameterColumn> parameters, int row) =>
        parameters.ToDictionary(p => p.Name, p => p.Values[row], StringComparer.Ordinal);

    /// <summary>Columns of several galaxies with the same parameters.</summary>
    public static ParameterColumn[] Columns(IReadOnlyList<Dictionary<string, double>> galaxies) =>
        [.. galaxies[0].Keys.Select(name => new ParameterColumn(name, "", "", [.. galaxies.Select(g => g[name])]))];
}
