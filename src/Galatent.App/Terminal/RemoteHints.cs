using System.Net;

namespace Galatent.App.Terminal;

/// <summary>How to reach a page that is served on another machine than the one a person sits at.</summary>
internal static class RemoteHints
{
    /// <summary>The ssh command to type at home, with a sentence; nothing where the program runs at home.</summary>
    /// <param name="port">The port of the page.</param>
    /// <param name="always">Whether to say it wherever the program runs.</param>
    /// <param name="variable">Reads a variable of the environment.</param>
    public static IReadOnlyList<string> Of(int port, bool always, Func<string, string?> variable)
    {
        var isSession = variable("SSH_CONNECTION") is { Length: > 0 };
        var isJob = variable("SLURM_JOB_ID") is { Length: > 0 };
        if (!isSession && !isJob && !always)
        {
            return [];
        }
        // Not Environment.UserName: it fails in containers without /etc/passwd.
        var user = variable("USER") ?? variable("USERNAME") ?? variable("LOGNAME") ?? "USER";
        var jump = isJob ? $"-J {user}@{variable("SLURM_SUBMIT_HOST") ?? "LOGIN"} " : "";
        return
        [
            "From another machine: type this there, and open the address above.",
            $"  ssh -N {jump}-L {port}:127.0.0.1:{port} {user}@{Dns.GetHostName()}",
        ];
    }
}
