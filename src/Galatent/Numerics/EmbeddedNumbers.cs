using System.Globalization;

namespace Galatent.Numerics;

/// <summary>Lists of numbers inside the library: one a line, lines that begin with # are comments.</summary>
internal static class EmbeddedNumbers
{
    /// <summary>Reads a list.</summary>
    /// <param name="name">Name of the resource.</param>
    public static double[] Read(string name)
    {
        using var stream = typeof(EmbeddedNumbers).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return
        [
            .. reader
                .ReadToEnd()
                .Split('\n')
                .Where(l => l.Length > 0 && l[0] != '#')
                .Select(l => double.Parse(l, CultureInfo.InvariantCulture)),
        ];
    }
}
