using System.Diagnostics;
using Galatent.Files;
using Galatent.Numerics;

namespace Galatent.App.Terminal;

/// <summary>Prints a page to PDF by a browser that is on this machine: Chromium or one of its kin, without a window.</summary>
internal sealed class PagePrinter
{
    private static readonly string[] Names =
    [
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
        "chrome",
        "microsoft-edge",
        "msedge",
    ];

    // macOS and Windows keep applications outside the PATH.
    private static readonly string[] Places =
    [
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
        @"C:\Program Files\Google\Chrome\Application\chrome.exe",
        @"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    ];

    // A report of 24 figures takes five seconds on idle cores; beside thirty other processes on two cores three minutes were measured.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(15);

    // Two seconds in all.
    private const int Attempts = 10;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly string _program;

    private PagePrinter(string program) => _program = program;

    /// <summary>Finds a browser.</summary>
    /// <param name="path">Folders to look in, as in the variable PATH.</param>
    /// <exception cref="InputException">There is none.</exception>
    public static PagePrinter Find(string path)
    {
        var endings = OperatingSystem.IsWindows() ? new[] { ".exe" } : [""];
        var candidates = path.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => Names.SelectMany(name => endings.Select(ending => Path.Combine(folder, name + ending))))
            .Concat(Places);
        return candidates.FirstOrDefault(File.Exists) is { } program
            ? new PagePrinter(program)
            : throw new InputException(
                "--pdf needs Chromium, Chrome or Edge, and none is on the PATH; install one (Debian: apt-get install chromium), or leave "
                    + "--pdf out and print report.html from any browser."
            );
    }

    /// <summary>Prints a page. The PDF appears only when it is complete.</summary>
    /// <exception cref="InputException">The browser failed, or the file cannot be written.</exception>
    public void Print(string page, string pdf) => AtomicFile.Write(pdf, temporary =>
        {
            var profile = Directory.CreateTempSubdirectory("galatent-print-");
            try
            {
                Run(page, temporary, profile.FullName);
            }
            finally
            {
                Remove(profile);
            }
            if (new FileInfo(temporary) is not { Exists: true, Length: > 0 })
            {
                throw new InputException($"{_program} printed nothing to '{pdf}'; print {page} from any browser instead.");
            }
        });

    // Children of the browser may write there for a moment after it has ended. What they keep open is the system's to clear away: the page
    // is printed, and a folder of temporary files is no reason to fail.
    private static void Remove(DirectoryInfo profile)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            try
            {
                profile.Delete(recursive: true);
                return;
            }
            catch (DirectoryNotFoundException)
            {
                return;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Thread.Sleep(Pause);
            }
        }
    }

    private void Run(string page, string pdf, string profile)
    {
        string[] arguments =
        [
            "--headless",
            "--disable-gpu",
            "--no-first-run",
            "--no-pdf-header-footer",
            $"--user-data-dir={profile}",
            $"--print-to-pdf={Path.GetFullPath(pdf)}",
            // Root has no sandbox. The page is our own and loads nothing.
            .. Environment.IsPrivilegedProcess && !OperatingSystem.IsWindows() ? ["--no-sandbox"] : Array.Empty<string>(),
            new Uri(Path.GetFullPath(page)).AbsoluteUri,
        ];
        var start = new ProcessStartInfo(_program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        // Both are read to the end, so that the browser never waits for a full pipe. What it writes there is of no use to the reader.
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
            throw new InputException(
                $"{_program} did not print {page} in {Limit.TotalMinutes} minutes; print it from any browser instead."
            );
        }
        if (process.ExitCode != 0)
        {
            throw new InputException($"{_program} ended with code {process.ExitCode}; print {page} from any browser instead.");
        }
    }
}
