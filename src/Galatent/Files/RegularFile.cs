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

    /// <summary>The file itself where the path is a symbolic link, which has a length and a time of its own.</summary>
    /// <param name="path">A file, or a link to one.</param>
    public static FileInfo Behind(string path)
    {
        var file = new FileInfo(path);
        return file.LinkTarget is not null && file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo target ? target : file;
    }

    /// <summary>The refusal.</summary>
    public static InputException OnlyOnce(string path) =>
        new(
            $"'{path}' is a pipe, which can be read only once and in order, but this kind of file is read at many places; save it as a "
                + $"regular file and give that."
        );
}
