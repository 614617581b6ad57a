using System.CommandLine;
using Galatent.Numerics;

namespace Galatent.App;

/// <summary>The command line: parses, runs, and turns failures that the user can mend into one sentence and an exit code.</summary>
internal static class Cli
{
    /// <summary>Exit code for input that cannot be used.</summary>
    public const int InputError = 1;

    /// <summary>Exit code of a run that Ctrl-C ended (128 + SIGINT).</summary>
    public const int Cancelled = 130;

    public static int Run(string[] args)
    {
        var parsed = Root().Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                Console.Error.WriteLine($"galatent: {error.Message.TrimEnd('.')}; see 'galatent {string.Join(' ', args.TakeWhile(a => !a.StartsWith('-')).Take(1))} --help'.");
            }
            return InputError;
        }
        try
        {
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (InputException e)
        {
            Console.Error.WriteLine($"galatent: {e.Message}");
            return InputError;
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("galatent: stopped; run the same command again to go on from here.");
            return Cancelled;
        }
    }

    private static RootCommand Root() => new("Galatent learns, without labels, what a large set of galaxy spectra contains, and shows what it learnt.")
    {
    };
}
