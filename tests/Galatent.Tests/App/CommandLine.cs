using System.Diagnostics;

namespace Galatent.Tests.App;

/// <summary>Runs the app as a stranger would: its own process, its exit code, its two outputs.</summary>
internal static class CommandLine
{
    public static (int ExitCode, string Output, string Error) Galatent(params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Galatent.App.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.GetAwaiter().GetResult());
    }
}
