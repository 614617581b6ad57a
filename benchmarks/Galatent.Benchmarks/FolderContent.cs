using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Galatent.Benchmarks;

/// <summary>What a folder of results holds, but for what a clock has written: two runs of one command leave the same.</summary>
internal static partial class FolderContent
{
    // The state and TensorBoard's events hold seconds among their numbers; the figures of the page are compared one by one.
    private static readonly string[] Timed = ["state.safetensors", "events.out.tfevents.galatent", "report.html"];

    /// <summary>Relative path and hash of every file, hidden ones too.</summary>
    public static SortedDictionary<string, string> Of(string folder) =>
        new(
            Directory
                .EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
                .ToDictionary(file => Path.GetRelativePath(folder, file), Hash),
            StringComparer.Ordinal
        );

    /// <summary>The first difference, null when there is none.</summary>
    public static string? Difference(SortedDictionary<string, string> expected, SortedDictionary<string, string> found) =>
        expected.Keys.Except(found.Keys).FirstOrDefault() is { } missing ? $"{missing} is missing"
        : found.Keys.Except(expected.Keys).FirstOrDefault() is { } left ? $"{left} was left"
        : expected.Keys.FirstOrDefault(name => expected[name] != found[name]) is { } other ? $"{other} differs"
        : null;

    private static string Hash(string file)
    {
        var name = Path.GetFileName(file);
        if (Timed.Contains(name))
        {
            return "";
        }
        var bytes = name switch
        {
            // Columns 9 and 10 are seconds and spectra per second.
            "history.csv" => Lines(file, line => string.Join(',', line.Split(',').Where((_, column) => column is not (8 or 9)))),
            "run.json" => Lines(file, line => Seconds().Replace(line, "")),
            _ => File.ReadAllBytes(file),
        };
        return Convert.ToHexString(SHA256.HashData(bytes));
    }

    private static byte[] Lines(string file, Func<string, string> change) =>
        Encoding.UTF8.GetBytes(string.Join('\n', File.ReadLines(file).Select(change)));

    [GeneratedRegex("\"seconds\": .*")]
    private static partial Regex Seconds();
}
