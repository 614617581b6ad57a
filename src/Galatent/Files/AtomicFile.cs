using System.Reflection;
using Galatent.Numerics;

namespace Galatent.Files;

/// <summary>Files appear under their final name only when whole: written beside it under a temporary name, flushed, then renamed.</summary>
public static class AtomicFile
{
    /// <summary>Runs <paramref name="write"/> on a temporary path in the same folder and renames the result to
    /// <paramref name="path"/>.</summary>
    /// <exception cref="InputException">The folder cannot be written or the disk is full; the temporary file is removed.</exception>
    public static void Write(string path, Action<string> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        var full = Path.GetFullPath(path);
        RequireNoFolder(path);
        // The extension stays last, because ScottPlot and others choose the format by it.
        var temporary = Path.Combine(
            Path.GetDirectoryName(full)!,
            $".{Path.GetFileNameWithoutExtension(full)}.partial{Path.GetExtension(full)}"
        );
        var done = false;
        try
        {
            ResultFolder.Make(Path.GetDirectoryName(full)!);
            write(temporary);
            File.Move(temporary, full, overwrite: true);
            done = true;
        }
        catch (Exception e) when (DiskFailure(e) is not null)
        {
            throw new InputException(
                $"Cannot write '{path}': {DiskFailure(e)!.Message.TrimEnd('.')}; free some space or choose another place.",
                e
            );
        }
        finally
        {
            if (!done)
            {
                DeleteIfPossible(temporary);
            }
        }
    }

    /// <summary>Writes a text file whole or not at all (UTF-8, no byte-order mark).</summary>
    public static void WriteText(string path, string text) => Write(path, temporary => File.WriteAllText(temporary, text));

    /// <summary>Refuses the path of a folder where a file is to be written.</summary>
    internal static void RequireNoFolder(string path)
    {
        if (Directory.Exists(path))
        {
            throw new InputException($"Cannot write '{path}': it is a folder; give the path of a file.");
        }
    }

    // PureHDF writes through reflection, which wraps what the disk said.
    private static Exception? DiskFailure(Exception e) =>
        e is IOException or UnauthorizedAccessException ? e
        : e is TargetInvocationException { InnerException: { } inner } ? DiskFailure(inner)
        : null;

    private static void DeleteIfPossible(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The first failure is the one to report; a left-over has a name that nothing reads.
        }
    }
}
