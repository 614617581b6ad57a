using System.CommandLine;
using System.CommandLine.Parsing;
using System.Reflection;
using Galatent.App.Commands;
using Galatent.App.Options;
using Galatent.App.Terminal;
using Galatent.Numerics;

namespace Galatent.App;

/// <summary>The command line: parses, runs, and reports errors that the user can correct in one sentence with an exit code.</summary>
internal static class Cli
{
    /// <summary>Exit code for invalid input.</summary>
    public const int InputError = 1;

    /// <summary>Exit code after Ctrl-C (128 + SIGINT).</summary>
    public const int Cancelled = 130;

    /// <summary>Commands that several processes can share. With the others, every process would do the same work.</summary>
    private static readonly string[] Shared = ["simulate", "import", "train", "encode", "analyze"];

    /// <summary>The program's version, with the commit that it was built from.</summary>
    private static string Version => typeof(Cli).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    public static int Run(string[] args)
    {
        Interruption.Listen();
        StandardStreams.Take();
        try
        {
            // Scripts ask for it, and wait: no command is made for the answer.
            if (args is ["--version"])
            {
                Console.Out.WriteLine(Version);
                return 0;
            }
            return Execute(args);
        }
        catch (InputException e)
        {
            return Job.End(SettingNames.InOptions(e.Message), InputError);
        }
        catch (OperationCanceledException)
        {
            return Interruption.End();
        }
        catch (LostOutputException e)
        {
            return Job.End(e.Message, e.ExitCode);
        }
    }

    /// <summary>Parses and runs.</summary>
    /// <exception cref="InputException">The user's input cannot be used.</exception>
    internal static int Execute(string[] args)
    {
        Job.Join();
        var root = Root();
        var (arguments, config, keys) = ConfigFile.Expand(args, root);
        var parsed = root.Parse(arguments, Words());
        string Source(string message) => keys.Any(k => message.Contains($"--{k}", StringComparison.Ordinal)) ? $"'{config}': " : "";
        // A shell that asks what could follow gives half a command line.
        if (parsed.Tokens is [{ Type: TokenType.Directive }, ..])
        {
            return parsed.Invoke();
        }
        if (Fault(parsed) is { } message)
        {
            throw new InputException($"{Source(message)}{message}; 'galatent {CommandPath(parsed)}--help' lists what can be given.");
        }
        // A request for help is answered even if its options do not fit together.
        if (parsed.Action == parsed.CommandResult.Command.Action && OptionUse.Fault(parsed) is { } idle)
        {
            throw new InputException(Source(idle) + idle);
        }
        if (Job.Processes.Size > 1 && parsed.CommandResult.Command is not RootCommand && !Shared.Contains(CommandPath(parsed).Trim()))
        {
            throw new InputException(
                $"'galatent {CommandPath(parsed).Trim()}' runs in one process, but {Job.Processes.Size} were started; mpirun and "
                    + $"srun are for {string.Join(", ", Shared)}."
            );
        }
        OutputPath.RequireOwn(parsed, config);
        // A training saves its state at the next safe point, and processes that work together end together.
        if (CommandPath(parsed).Trim() is "train" or "reproduce" || Job.Processes.Size > 1)
        {
            Interruption.WaitForSafePoint();
        }
        var code = parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        Job.Leave();
        return code;
    }

    /// <summary>Parser settings: an argument that begins with @ is a name, not a file of arguments. Options from a file come with
    /// --config.</summary>
    internal static ParserConfiguration Words() => new() { ResponseFileTokenReplacer = null };

    /// <summary>All commands. Each has its own file in Commands/.</summary>
    internal static RootCommand Root()
    {
        var root = new RootCommand(
            "Galatent learns, without labels, what a large set of galaxy spectra contains, and shows what it learnt."
        );
        root.Subcommands.Add(ReproduceCommand.Create());
        root.Subcommands.Add(SimulateCommand.Create());
        root.Subcommands.Add(MergeCommand.Create());
        root.Subcommands.Add(ImportCommand.Create());
        root.Subcommands.Add(InspectCommand.Create());
        root.Subcommands.Add(TrainCommand.Create());
        root.Subcommands.Add(AnalyzeCommand.Create());
        root.Subcommands.Add(TraverseCommand.Create());
        root.Subcommands.Add(CompareCommand.Create());
        root.Subcommands.Add(OutliersCommand.Create());
        root.Subcommands.Add(EstimateCommand.Create());
        root.Subcommands.Add(ReportCommand.Create());
        root.Subcommands.Add(ExploreCommand.Create());
        root.Subcommands.Add(EncodeCommand.Create());
        root.Subcommands.Add(ExportCommand.Create());
        root.Subcommands.Add(MutualInformationCommand.Create());
        root.Subcommands.Add(SspCommand.Create());
        root.Subcommands.Add(CompletionCommand.Create());
        root.Options.Add(
            new Option<string>("--config")
            {
                Description = "A JSON file of options, e.g. { \"count\": 20000 }; options on the command line take precedence.",
                Recursive = true,
                HelpName = "FILE.json",
            }
        );
        NumberParsing.AddTo(root);
        return root;
    }

    // Only the first error is reported, because later ones often follow from it. A misspelt option must not be taken as an argument.
    private static string? Fault(ParseResult parsed) =>
        parsed.CommandResult.Command is RootCommand && parsed.UnmatchedTokens.Count > 0
            ? $"There is no command '{parsed.UnmatchedTokens[0]}'"
        : parsed.Tokens.FirstOrDefault(t => t.Type == TokenType.Argument && t.Value.StartsWith("--", StringComparison.Ordinal))
            is { } option
            ? $"There is no option '{option.Value}' here"
        : parsed
            .Errors.Select(e => e.Message.TrimEnd('.'))
            .OrderBy(m => m.StartsWith("Required command", StringComparison.Ordinal))
            .FirstOrDefault();

    /// <summary>The names of the command and of its parents, each followed by a space.</summary>
    internal static string CommandPath(ParseResult parsed)
    {
        var names = new List<string>();
        for (
            var command = parsed.CommandResult;
            command is not null && command.Command is not RootCommand;
            command = command.Parent as CommandResult
        )
        {
            names.Insert(0, command.Command.Name);
        }
        return string.Concat(names.Select(n => n + " "));
    }
}
