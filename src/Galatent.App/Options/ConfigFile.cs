using System.CommandLine;
using System.Text.Json;
using Galatent.Numerics;

namespace Galatent.App.Options;

/// <summary>
/// <c>--config FILE.json</c>: an object whose keys are option names without dashes, e.g. <c>{ "count": 20000, "beta": 0.3 }</c>. A setting
/// is used when the command line does not give that option. A key that the command does not know is an error, like a misspelt option.
/// </summary>
internal static class ConfigFile
{
    private const string Option = "--config";
    private static readonly JsonSerializerOptions Lenient = new()
    {
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    /// <summary>The arguments with the file's settings in place of --config, and the names of these settings.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="root">All commands with their options. They decide how a setting is read, e.g. as true or false.</param>
    public static (string[] Arguments, string? Path, IReadOnlyCollection<string> Keys) Expand(string[] args, RootCommand root)
    {
        var (path, rest) = Take(args);
        if (path is null)
        {
            return (args, null, []);
        }
        var read = Read(path);
        var parsed = root.Parse(rest, Cli.Words());
        if (parsed.CommandResult.Command is RootCommand)
        {
            // Without a command no setting has a meaning. The parser will report the missing command.
            return (rest, path, []);
        }
        var settings = read.Where(s => !rest.Any(a => IsOption(a, "--" + s.Key))).ToArray();
        return (
            [.. rest, .. settings.SelectMany(s => Arguments(path, OptionOf(parsed, path, s.Key), s.Value))],
            path,
            [.. settings.Select(s => s.Key)]
        );
    }

    /// <summary>The path after --config or after its '=', and the other arguments.</summary>
    private static (string? Path, string[] Others) Take(string[] args)
    {
        var at = Array.FindIndex(args, a => IsOption(a, Option));
        if (at < 0)
        {
            return (null, args);
        }
        var isJoined = args[at].Length > Option.Length;
        if (!isJoined && at + 1 >= args.Length)
        {
            throw new InputException($"{Option} needs the path of a JSON file.");
        }
        var path = isJoined ? args[at][(Option.Length + 1)..] : args[at + 1];
        string[] rest = [.. args[..at], .. args[(at + (isJoined ? 1 : 2))..]];
        return rest.Any(a => IsOption(a, Option))
            ? throw new InputException($"{Option} is given twice; join the files to one.")
            : (path, rest);
    }

    // The parser accepts --name value, --name=value and --name:value.
    private static bool IsOption(string argument, string name) =>
        argument.StartsWith(name, StringComparison.Ordinal) && (argument.Length == name.Length || argument[name.Length] is '=' or ':');

    private static Option OptionOf(ParseResult parsed, string path, string key) =>
        parsed.CommandResult.Command.Options.FirstOrDefault(o => o.Name == "--" + key)
        ?? throw new InputException(
            $"'{path}': There is no option '--{key}' here; 'galatent {Cli.CommandPath(parsed)}--help' lists what can be given."
        );

    private static Dictionary<string, JsonElement> Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new InputException($"There is no file '{path}' ({Option}); check the path.");
        }
        try
        {
            var text = TextOf(path);
            var file = JsonSerializer.Deserialize<JsonElement>(text, Lenient);
            if (file.ValueKind != JsonValueKind.Object)
            {
                throw new InputException($"'{path}' holds {file.ValueKind}; write an object like {{ \"count\": 20000 }}.");
            }
            var settings = file.EnumerateObject().ToLookup(p => p.Name, p => p.Value);
            return settings.FirstOrDefault(s => s.Count() > 1) is { } twice
                ? throw new InputException($"'{path}' gives '{twice.Key}' {twice.Count()} times; give it once.")
                : settings.ToDictionary(s => s.Key, s => s.First());
        }
        catch (JsonException e)
        {
            throw new InputException(
                $"'{path}' is not a JSON object of options ({e.Message.Split(". Path")[0].TrimEnd('.')}); write it like {{ \"count\": "
                    + $"20000 }}.",
                e
            );
        }
    }

    private static string TextOf(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"Cannot read '{path}' ({Option}): {e.Message.TrimEnd('.')}; check the file and its rights.", e);
        }
    }

    private static IEnumerable<string> Arguments(string path, Option option, JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.True or JsonValueKind.False when option.ValueType == typeof(bool) || option.ValueType == typeof(bool?) =>
            [
                option.Name,
                value.GetRawText(),
            ],
            JsonValueKind.True or JsonValueKind.False => throw new InputException(
                $"'{path}': the setting '{option.Name[2..]}' is {value.GetRawText()}, but {option.Name} takes another value than true or "
                    + $"false; give it or leave the setting out."
            ),
            JsonValueKind.String or JsonValueKind.Number when option.ValueType == typeof(bool) || option.ValueType == typeof(bool?) =>
                throw new InputException(
                    $"'{path}': the setting '{option.Name[2..]}' is {value.GetRawText()}, but {option.Name} is a switch; write true or "
                        + $"false, without quotes."
                ),
            // A value with dashes in front would pass for another option.
            JsonValueKind.String when value.GetString()!.StartsWith('-') => [$"{option.Name}={value.GetString()}"],
            JsonValueKind.String => [option.Name, value.GetString()!],
            JsonValueKind.Number => [option.Name, value.GetRawText()],
            JsonValueKind.Array => value.EnumerateArray().SelectMany(v => Arguments(path, option, v)),
            _ => throw new InputException(
                $"'{path}': the setting '{option.Name[2..]}' is {value.ValueKind}; give a number, text, true, false or a list."
            ),
        };
}
