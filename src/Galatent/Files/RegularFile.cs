using Galatent.Numerics;

namespace Galatent.Files;

/// <summary>Refuses pipes where a reader must be able to go back: a byte of a pipe can be read only once.</summary>
internal static class RegularFile
{
    /// <summary>Refuses a path that can be read only once.</summary>
    /// <param name="path">An existing file.</param>
    /// <exception cref="InputException">It is a pipe or the like, or cannot be read.</exception>
    public static void Require(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            if (!stream.CanSeek)
            {
                throw OnlyOnce(path);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"Cannot read '{path}': {e.Message.TrimEnd('.')}; check the file and its permissions.", e);
        }
    }

    /// <summary>The refusal.</summary>
    public static InputException OnlyOnce(string path) =>
        new(
            $"'{path}' is a pipe, which can be read only once and in order, but this kind of file is read at many places; save it as a "
                + $"regular file and give that."
        );
}
