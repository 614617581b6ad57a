using System.CommandLine;
using Galatent.App.Terminal;
using Galatent.Files;
using Galatent.Networks;
using Galatent.Numerics;
using Galatent.Spectra;

namespace Galatent.App.Options;

/// <summary>Checks the output path of a command before its work starts. It must not be an input, and it must be possible to write
/// there.</summary>
internal static class OutputPath
{
    private static readonly string[] OutputOptions = ["--out", "--onnx", "--html", "--figure", "--export"];

    // A HelpName with this ending means that the value is a path.
    private static readonly string[] PathNames = ["FILE", "DIR", "FOLDER"];

    private static StringComparison PathComparison =>
        OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;

    /// <summary>Refuses an output that is one of the command's inputs, because writing it would destroy the input.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="config">The file of --config, if one was given.</param>
    public static void RequireOwn(ParseResult parsed, string? config)
    {
        foreach (var option in parsed.CommandResult.Command.Options.Where(o => OutputOptions.Contains(o.Name)))
        {
            if (Value(parsed, option) is not { } output)
            {
                continue;
            }
            if (output.Length == 0)
            {
                throw new InputException($"{option.Name} is empty; give a path.");
            }
            if (config is not null && Same(output, config))
            {
                throw Refusal(output, "is also --config");
            }
            RequireNoInput(parsed, output);
        }
    }

    /// <summary>Refuses output files that are also inputs. It is used for file names derived from an output option.</summary>
    public static void RequireNoInput(ParseResult parsed, params IEnumerable<string> outputs)
    {
        var inputs = Inputs(parsed).ToArray();
        foreach (var output in outputs)
        {
            if (inputs.FirstOrDefault(i => Same(output, i.Path)) is { Path: not null } input)
            {
                throw Refusal(output, input.Relation);
            }
        }
    }

    /// <summary>Creates the folder for the results, or throws with the reason why it cannot. The first process does so for all.</summary>
    public static ResultFolder? Folder(string path) => Job.Processes.IsFirst ? ResultFolder.Prepare(path) : null;

    /// <summary>Creates the folder of a result file, or throws with the reason why it cannot. The first process does so for all.</summary>
    public static ResultFolder? ForFile(string path) => Job.Processes.IsFirst ? ResultFolder.PrepareFor(path) : null;

    /// <summary>The full path with all symbolic links resolved, also those of parent folders.</summary>
    internal static string Resolved(string path)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (Path.GetDirectoryName(full) is not { } parent)
        {
            return full;
        }
        var here = Path.Combine(Resolved(parent), Path.GetFileName(full));
        try
        {
            return new FileInfo(here).ResolveLinkTarget(returnFinalTarget: true) is { } target ? Resolved(target.FullName) : here;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Circular links, or links in an unreadable folder, lead to no file that could be lost.
            return here;
        }
    }

    // The parser's own value cannot be used: a request for help has none, and the parser then throws.
    private static string? Value(ParseResult parsed, Option option) =>
        parsed.GetResult(option) is { Tokens: [var token, ..] } ? token.Value
        : option.HasDefaultValue ? option.GetDefaultValue() as string
        : null;

    private static InputException Refusal(string output, string relation) =>
        new($"'{output}' {relation}; give another path for the output.");

    /// <summary>Whether two paths are the same place.</summary>
    public static bool IsSame(string first, string? second) => second is not null && Same(first, second);

    private static bool Same(string first, string second) =>
        first.Length > 0 && second.Length > 0 && string.Equals(Resolved(first), Resolved(second), PathComparison);

    private static IEnumerable<(string Path, string Relation)> Inputs(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        foreach (
            var option in command.Options.Where(o =>
                !OutputOptions.Contains(o.Name) && PathNames.Any(n => o.HelpName?.Contains(n, StringComparison.Ordinal) == true)
            )
        )
        {
            foreach (var path in Paths(parsed.GetResult(option)?.Tokens.Select(t => t.Value)))
            {
                yield return (path, $"is also {option.Name}");
                yield return (Path.Combine(path, VaeModel.WeightsFile), $"belongs to {option.Name}");
                yield return (Path.Combine(path, VaeModel.DescriptionFile), $"belongs to {option.Name}");
                yield return (Path.Combine(path, SplitFile.FileName), $"belongs to {option.Name}");
            }
        }
        foreach (var argument in command.Arguments)
        {
            var relation = $"is also {(argument.Arity.MaximumNumberOfValues > 1 ? "one of the" : "the")} {argument.Name}";
            foreach (var path in Paths(parsed.GetResult(argument)?.Tokens.Select(t => t.Value)))
            {
                yield return (path, relation);
            }
        }
    }

    // Lists of .spec files are separated by commas.
    private static IEnumerable<string> Paths(IEnumerable<string>? values) =>
        (values ?? []).SelectMany(v => v.Split(',').Append(v)).Where(v => v.Length > 0).Distinct();
}
