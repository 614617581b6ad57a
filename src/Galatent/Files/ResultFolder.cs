using Galatent.Numerics;

namespace Galatent.Files;

/// <summary>
/// A folder that results go to, made and tried before the work that fills it: hours of computation must not end at a path that cannot be
/// written.
/// Folders that were made for it go again when nothing came to stand in them.
/// </summary>
public sealed class ResultFolder : IDisposable
{
    private readonly string[] _made;

    private ResultFolder(string[] made) => _made = made;

    /// <summary>Makes a folder, with those above it, and tries whether files can be made in it.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="setting">What names it, for the message.</param>
    /// <exception cref="InputException">It cannot be made or written; nothing is left behind.</exception>
    public static ResultFolder Prepare(string path, string setting = "the output path")
    {
        if (string.IsNullOrEmpty(path))
        {
            throw new InputException($"{setting} is empty; give a path.");
        }
        var made = new ResultFolder([.. Missing(path)]);
        var isGood = false;
        try
        {
            Make(path, setting);
            Try(path, setting);
            isGood = true;
            return made;
        }
        finally
        {
            if (!isGood)
            {
                made.Dispose();
            }
        }
    }

    /// <summary>Prepares the folder of a file that is to be written.</summary>
    /// <param name="file">The file; it need not exist.</param>
    /// <exception cref="InputException">The path is a folder, or its folder cannot be made or written.</exception>
    public static ResultFolder PrepareFor(string file)
    {
        AtomicFile.RequireNoFolder(file);
        return Prepare(Path.GetDirectoryName(Path.GetFullPath(file))!);
    }

    /// <summary>Makes a folder, with those above it, or says in one sentence why that cannot be.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="setting">What names it, for the message.</param>
    /// <exception cref="InputException">It cannot be made.</exception>
    public static void Make(string path, string setting = "the output path")
    {
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var obstacle = Upwards(path).FirstOrDefault(File.Exists);
            throw new InputException(
                $"Cannot make the folder '{path}': {(obstacle is null ? e.Message.TrimEnd('.') : $"'{obstacle}' is a file")}; choose "
                    + $"another place with {setting}.",
                e
            );
        }
    }

    /// <summary>Removes the folders that were made, as long as they are empty.</summary>
    public void Dispose()
    {
        foreach (var folder in _made)
        {
            try
            {
                Directory.Delete(folder);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It holds results, or was never made.
            }
        }
    }

    // A file of no bytes asks the disk itself: rights, read-only mounts and folders like /proc differ too much to be looked up.
    private static void Try(string path, string setting)
    {
        try
        {
            var trial = Path.Combine(path, $".galatent.{Environment.ProcessId}.partial");
            new FileStream(trial, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose).Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(
                $"Cannot write into the folder '{path}': {e.Message.TrimEnd('.')}; choose another place with {setting}.",
                e
            );
        }
    }

    // Deepest first, as they can be removed again.
    private static IEnumerable<string> Missing(string path) => Upwards(path).TakeWhile(folder => !Directory.Exists(folder));

    private static IEnumerable<string> Upwards(string path)
    {
        for (
            var folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
            folder is not null;
            folder = Path.GetDirectoryName(folder)
        )
        {
            yield return folder;
        }
    }
}
