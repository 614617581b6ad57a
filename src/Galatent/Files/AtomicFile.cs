using System.Reflection;
using Galatent.Numerics;

namespace Galatent.Files;

/// <summary>Files appear under their final name only when whole: written beside it under a temporary name, closed, then renamed.</summary>
public static class AtomicFile
{
    private const string Mark = ".partial";

    /// <summary>Runs <paramref name="write"/> on a temporary path in the same folder and renames the result to
    /// <paramref name="path"/>.</summary>
    /// <exception cref="InputException">The folder cannot be written or the disk is full; the temporary file is removed.</exception>
    public static void Write(string path, Action<string> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        var full = Target(path);
        var temporary = Temporary(full);
        var done = false;
        // An end of the process from elsewhere (an impatient Ctrl-C) passes by the clean-up below.
        void Remove(object? sender, EventArgs e) => DeleteIfPossible(temporary);
        AppDomain.CurrentDomain.ProcessExit += Remove;
        try
        {
            ResultFolder.Make(Path.GetDirectoryName(full)!);
            write(temporary);
            File.Move(temporary, full, overwrite: true);
            done = true;
        }
        catch (Exception e) when (DiskFailure(e) is not null)
        {
            throw Refusal(path, e);
        }
        finally
        {
            AppDomain.CurrentDomain.ProcessExit -= Remove;
            if (!done)
            {
                DeleteIfPossible(temporary);
            }
        }
    }

    /// <summary>Writes several files, or none of them. No file gets its final name before all of them are complete.</summary>
    /// <exception cref="InputException">A folder cannot be written or the disk is full.</exception>
    public static void WriteTogether(ReadOnlyMemory<(string Path, byte[] Content)> files)
    {
        if (files.Length > 0)
        {
            var (path, content) = files.Span[0];
            Write(path, temporary =>
            {
                File.WriteAllBytes(temporary, content);
                WriteTogether(files[1..]);
            });
        }
    }

    /// <summary>Writes a text file whole or not at all (UTF-8, no byte-order mark).</summary>
    public static void WriteText(string path, string text) => Write(path, temporary => File.WriteAllText(temporary, text));

    /// <summary>Makes sure, before the work that fills it, that a file may be written or replaced.</summary>
    /// <exception cref="InputException">A folder, a pipe, a device, a socket, a write-protected file, or links in a circle.</exception>
    public static void RequireReplaceable(string path) => _ = Target(path);

    /// <summary>Appends to a file that a reader may follow while it grows.</summary>
    /// <exception cref="InputException">It cannot be written or the disk is full.</exception>
    public static void Append(string path, byte[] content)
    {
        ArgumentNullException.ThrowIfNull(content);
        try
        {
            using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read);
            file.Write(content);
        }
        catch (Exception e) when (DiskFailure(e) is not null)
        {
            throw Refusal(path, e);
        }
    }

    /// <summary>The file that a path stands for, links followed, so that a link stays a link; refuses what must not be replaced by a
    /// file.</summary>
    /// <exception cref="InputException">A folder, a pipe, a device, a socket, a write-protected file, or links in a circle.</exception>
    internal static string Target(string path)
    {
        if (path == "-")
        {
            throw new InputException("Results are not written to standard output; give the path of a file ('./-' for one of that name).");
        }
        var full = Path.GetFullPath(path);
        if (Directory.Exists(full))
        {
            throw new InputException($"Cannot write '{path}': it is a folder; give the path of a file.");
        }
        if (SpecialFile.KindOf(full) is { } kind)
        {
            throw new InputException(
                $"Cannot write '{path}': it is {kind}, which a result would replace; give the path of a regular file."
            );
        }
        try
        {
            var target = File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full;
            return !File.Exists(target) || !IsProtected(target)
                ? target
                : throw new InputException(
                    $"Cannot write '{path}': the file that is there is write-protected; choose another place, or remove it."
                );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // There is nothing yet, in a folder that is made later; or the links go in a circle.
            return new FileInfo(full).LinkTarget is null
                ? full
                : throw new InputException(
                    $"Cannot write '{path}': its symbolic links lead round in a circle; remove the link, or choose another place.",
                    e
                );
        }
    }

    /// <summary>Removes what writes into a folder left behind when they were killed; call while nobody else writes there.</summary>
    internal static void RemoveLeftOvers(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, $".*{Mark}*"))
        {
            // A file of its own name may be written into this folder by another command, which then holds its lock.
            if (!File.Exists(LockOf(Path.Combine(folder, Path.GetFileName(file)[1..].Replace(Mark, "", StringComparison.Ordinal)))))
            {
                DeleteIfPossible(file);
            }
        }
    }

    /// <summary>The lock of a file that a command writes.</summary>
    internal static string LockOf(string file) => Path.Combine(Path.GetDirectoryName(file)!, $".{Path.GetFileName(file)}.lock");

    // The extension stays last, because ScottPlot and others choose the format by it.
    private static string Temporary(string full) =>
        Path.Combine(Path.GetDirectoryName(full)!, $".{Path.GetFileNameWithoutExtension(full)}{Mark}{Path.GetExtension(full)}");

    // Who takes all rights to write from a file means it, also where folder or user (root) would allow a replacement.
    private static bool IsProtected(string file) =>
        OperatingSystem.IsWindows()
            ? File.GetAttributes(file).HasFlag(FileAttributes.ReadOnly)
            : (File.GetUnixFileMode(file) & (UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)) == 0;

    private static InputException Refusal(string path, Exception e) =>
        new($"Cannot write '{path}': {DiskFailure(e)!.Message.TrimEnd('.')}; free some space or choose another place.", e);

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
