using System.Diagnostics;

namespace Galatent.Tests.App;

/// <summary>Runs the app as a stranger would: its own process, its exit code, its two outputs.</summary>
internal static class CommandLine
{
    /// <summary>The program, for <c>dotnet</c>.</summary>
    public static string App => Path.Combine(AppContext.BaseDirectory, "Galatent.App.dll");

    public static (int ExitCode, string Output, string Error) Galatent(params IEnumerable<string> arguments) =>
        Run("dotnet", [App, .. arguments]);

    public static (int ExitCode, string Output, string Error) Run(string program, IEnumerable<string> arguments)
    {
        using var process = Start(program, arguments);
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.GetAwaiter().GetResult());
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
}
