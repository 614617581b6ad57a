using System.Globalization;
using System.Text.Json;
using Galatent.Numerics;

namespace Galatent.App;

/// <summary>
/// <c>--config FILE.json</c>: an object whose keys are option names without dashes, e.g. <c>{ "count": 20000, "beta": 0.3 }</c>.
/// Its settings stand in for options that the command line does not give; a key that the command does not know is an error like a misspelt option.
/// </summary>
internal static class ConfigFile
{
    private const string Option = "--config";
    private static readonly JsonSerializerOptions Lenient = new() { ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>The arguments with the file's settings in place of --config, and the settings that came from the file.</summary>
    public static (string[] Arguments, string? Path, IReadOnlyCollection<string> Keys) Expand(string[] args)
    {
        var at = Array.IndexOf(args, Option);
        if (at < 0)
        {
            return (args, null, []);
        }
        if (at + 1 >= args.Length)
        {
            throw new InputException($"{Option} needs the path of a JSON file.");
        }
        var path = args[at + 1];
        string[] rest = [.. args[..at], .. args[(at + 2)..]];
        var settings = Read(path).Where(s => !rest.Contains("--" + s.Key)).ToArray();
        return ([.. rest, .. settings.SelectMany(s => Arguments(path, s.Key, s.Value))], path, [.. settings.Select(s => s.Key)]);
    }

    private static Dictionary<string, JsonElement> Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new InputException($"There is no file '{path}' ({Option}); check the path.");
        }
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(File.ReadAllText(path), Lenient)
                ?? throw new InputException($"'{path}' holds null; write an object like {{ \"count\": 20000 }}.");
        }
        catch (JsonException e)
        {
            throw new InputException($"'{path}' is not a JSON object of options ({e.Message.Split(". Path")[0].TrimEnd('.')}); write it like {{ \"count\": 20000 }}.", e);
        }
    }

    private static IEnumerable<string> Arguments(string path, string key, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => ["--" + key],
        JsonValueKind.False => [],
        JsonValueKind.String => ["--" + key, value.GetString()!],
        JsonValueKind.Number => ["--" + key, value.GetRawText().ToString(CultureInfo.InvariantCulture)],
        JsonValueKind.Array => value.EnumerateArray().SelectMany(v => Arguments(path, key, v)),
        _ => throw new InputException($"'{path}': the setting '{key}' is {value.ValueKind}; give a number, text, true, false or a list."),
    };
}
