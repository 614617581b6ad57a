using Galatent.Numerics;

namespace Galatent.Files;

/// <summary>
/// A folder that results go to, made and tried before the work that fills it: hours of computation must not end at a path that cannot be
/// written.
/// It is held against a second run until this is disposed of. Folders that were made for it go again when nothing came to stand in them.
/// </summary>
public sealed class ResultFolder : IDisposable
{
    private const string OutputPath = "the output path";
    private const string LockName = ".galatent.lock";

    private readonly string[] _made;
    private OutputLock? _lock;

    private ResultFolder(string[] made) => _made = made;

    /// <summary>Makes a folder, with those above it, tries whether files can be made in it, and removes what a killed run left half
    /// written.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="setting">What names it, for the message.</param>
    /// <exception cref="InputException">It cannot be made or written, or another run writes into it; nothing is left
    /// behind.</exception>
    public static ResultFolder Prepare(string path, string setting = OutputPath)
    {
        var folder = Prepare(path, path, string.IsNullOrEmpty(path) ? "" : Path.Combine(path, LockName), setting);
        AtomicFile.RemoveLeftOvers(path);
        return folder;
    }

    /// <summary>Prepares the folder of a file that is to be written; the file is held, not the folder.</summary>
    /// <param name="file">The file; it need not exist.</param>
    /// <exception cref="InputException">The path is no regular file, its folder cannot be made or written, or another run writes the
    /// file.</exception>
    public static ResultFolder PrepareFor(string file)
    {
        var target = AtomicFile.Target(file);
        return Prepare(Path.GetDirectoryName(target)!, file, AtomicFile.LockOf(target), OutputPath);
    }

    private static ResultFolder Prepare(string path, string place, string lockPath, string setting)
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
            made._lock = Lock(path, place, lockPath, setting);
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

    /// <summary>Makes a folder, with those above it, or says in one sentence why that cannot be.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="setting">What names it, for the message.</param>
    /// <exception cref="InputException">It cannot be made.</exception>
    public static void Make(string path, string setting = OutputPath)
    {
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var obstacle = Upwards(path).FirstOrDefault(File.Exists);
            var reason =
                obstacle is null ? e.Message.TrimEnd('.')
                : new FileInfo(obstacle).LinkTarget is null ? $"'{obstacle}' is a file"
                : $"'{obstacle}' is a symbolic link to a file, or leads round in a circle";
            throw new InputException($"Cannot make the folder '{path}': {reason}; choose another place with {setting}.", e);
        }
    }

    /// <summary>Gives the place free, and removes the folders that were made, as long as they are empty.</summary>
    public void Dispose()
    {
        _lock?.Dispose();
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

    // The file of the lock asks the disk itself: rights, read-only mounts and folders like /proc differ too much to be looked up.
    private static OutputLock Lock(string path, string place, string lockPath, string setting)
    {
        try
        {
            return OutputLock.Take(lockPath, place, setting);
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
