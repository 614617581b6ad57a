namespace Galatent.App.Terminal;

/// <summary>Standard output takes no more: the disk behind it is full, or nobody reads it.</summary>
/// <param name="message">One sentence.</param>
/// <param name="exitCode">What the process ends with.</param>
internal sealed class LostOutputException(string message, int exitCode) : Exception(message)
{
    /// <summary>What the process ends with.</summary>
    public int ExitCode => exitCode;
}
