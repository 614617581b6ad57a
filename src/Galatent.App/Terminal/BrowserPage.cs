using System.ComponentModel;
using System.Diagnostics;
using System.Net;

namespace Galatent.App.Terminal;

/// <summary>
/// Opens an address in the person's browser. What a program is called with can be read by all users of a machine, and the address holds a
/// secret: so the browser gets a file that only this user can read, and which leads on.
/// </summary>
internal sealed class BrowserPage : IDisposable
{
    private readonly DirectoryInfo _folder;

    private BrowserPage(DirectoryInfo folder) => _folder = folder;

    /// <summary>Opens the address; null where there is no browser, or a session without a screen.</summary>
    /// <param name="address">The address.</param>
    /// <param name="variable">Reads a variable of the environment.</param>
    public static BrowserPage? Open(string address, Func<string, string?> variable)
    {
        if (Opener(variable) is not { } program)
        {
            return null;
        }
        var page = new BrowserPage(Directory.CreateTempSubdirectory("galatent-explore-"));
        var file = Path.Combine(page._folder.FullName, "open.html");
        File.WriteAllText(file, Leading(address));
        try
        {
            var start = new ProcessStartInfo(program.Name, [.. program.Arguments, file])
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            };
            Process.Start(start)?.Dispose();
            return page;
        }
        catch (Win32Exception)
        {
            // The address is printed all the same.
            page.Dispose();
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>A page that leads to an address.</summary>
    internal static string Leading(string address) =>
        $"<!DOCTYPE html>\n<meta charset=\"utf-8\">\n<title>Galatent</title>\n"
        + $"<meta http-equiv=\"refresh\" content=\"0;url={WebUtility.HtmlEncode(address)}\">\n"
        + $"<p><a href=\"{WebUtility.HtmlEncode(address)}\">Open the explorer</a></p>\n";

    private static (string Name, string[] Arguments)? Opener(Func<string, string?> variable)
    {
        if (variable("SSH_CONNECTION") is { Length: > 0 } || variable("SLURM_JOB_ID") is { Length: > 0 })
        {
            return null;
        }
        if (OperatingSystem.IsMacOS())
        {
            return ("open", []);
        }
        if (OperatingSystem.IsWindows())
        {
            return ("explorer.exe", []);
        }
        return variable("DISPLAY") is { Length: > 0 } || variable("WAYLAND_DISPLAY") is { Length: > 0 } ? ("xdg-open", []) : null;
    }
}
