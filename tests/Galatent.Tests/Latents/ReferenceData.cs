using System.Globalization;
using System.Text.Json;

namespace Galatent.Tests.Latents;

/// <summary>Stored samples and fits of the reference package GMM-MI 0.8.2 (scikit-learn 1.2.1); tests skip where they are absent.</summary>
internal static class ReferenceData
{
    public static (double[] X, double[] Y) Sample(string file)
    {
        var rows = File.ReadLines(SharedData.Path("mi", file)).Select(line => line.Split(',')).ToArray();
        double[] Column(int c) => [.. rows.Select(r => double.Parse(r[c], CultureInfo.InvariantCulture))];
        return (Column(0), Column(1));
    }

    public static JsonElement Fit(string file) => Read("reference_fits.json").GetProperty(file);

    public static JsonElement Manifest(string file) =>
        Read("manifest.json").EnumerateArray().First(e => e.GetProperty("file").GetString() == file);

    /// <summary>All numbers of a nested JSON array, in order.</summary>
    public static double[] Numbers(JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? [.. element.EnumerateArray().SelectMany(Numbers)] : [element.GetDouble()];

    private static JsonElement Read(string file) => JsonDocument.Parse(File.ReadAllText(SharedData.Path("mi", file))).RootElement;
}
