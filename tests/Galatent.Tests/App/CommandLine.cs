using System.Diagnostics;

namespace Galatent.Tests.App;

/// <summary>Runs the app as a stranger would: its own process, its exit code, its two outputs.</summary>
internal static class CommandLine
{
    // No limit on speed, but an end for what hangs; the longest, a small `reproduce`, takes half a minute.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    /// <summary>The program, for <c>dotnet</c>.</summary>
    public static string App => Path.Combine(AppContext.BaseDirectory, "Galatent.App.dll");

    public static (int ExitCode, string Output, string Error) Galatent(params IEnumerable<string> arguments) =>
        Run("dotnet", [App, .. arguments]);

    /// <summary>Runs a program to its end. One that does not end is killed with all that it started, and the test fails.</summary>
    public static (int ExitCode, string Output, string Error) Run(string program, params IEnumerable<string> arguments) =>
        Run(Start(program, arguments));

    /// <summary>Runs a line of the shell in a folder. What it says on standard output goes where the tests' own goes.</summary>
    public static (int ExitCode, string Error) Shell(string line, string? folder = null)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", line]) { RedirectStandardError = true, WorkingDirectory = folder ?? "" };
        var (code, _, error) = Run(Process.Start(start)!);
        return (code, error);
    }

    private static (int ExitCode, string Output, string Error) Run(Process process)
    {
        using var ended = process;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StartInfo.RedirectStandardOutput ? process.StandardOutput.ReadToEndAsync() : Task.FromResult("");
        // Both outputs end with the last process that holds them, which may be a child that was left behind.
        var isWhole = process.WaitForExit(Longest) && Task.WaitAll([output, error], Longest);
        if (!isWhole)
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"'{process.StartInfo.FileName} {string.Join(' ', process.StartInfo.ArgumentList)}' did not end.");
        }
        return (process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }

    public static Process Start(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        // Containers of continuous integration run as root, which Open MPI refuses by default, and a test must not ask for its busy-waiting
        // either.
        foreach (
            var (name, value) in new[]
            {
                ("OMPI_ALLOW_RUN_AS_ROOT", "1"),
                ("OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1"),
                ("OMPI_MCA_mpi_yield_when_idle", "1"),
                ("OMPI_MCA_hwloc_base_binding_policy", "none"),
            }
        )
        {
            start.Environment[name] = value;
        }
        return Process.Start(start)!;
    }

    /// <summary>Ends a process, and all that it started, when the test ends, however it ends.</summary>
    public static IDisposable Ending(Process process) => new ProcessEnd(process);

    /// <summary>Cancelled when the test is, or after a time in which every process has long ended.</summary>
    public static CancellationTokenSource Patience()
    {
        var source = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        source.CancelAfter(Longest);
        return source;
    }

    private sealed class ProcessEnd(Process process) : IDisposable
    {
        public void Dispose()
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
