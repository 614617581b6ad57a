namespace Galatent.App.Terminal;

/// <summary>Standard output can no longer be written: its disk is full, or its reader has gone.</summary>
/// <param name="message">One sentence.</param>
/// <param name="exitCode">Exit code of the process.</param>
internal sealed class LostOutputException(string message, int exitCode) : Exception(message)
{
    /// <summary>Exit code of the process.</summary>
    public int ExitCode => exitCode;
}
