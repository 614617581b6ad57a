using Galatent.Numerics;

namespace Galatent.Files;

/// <summary>
/// Keeps a second run out of a place of results. The system's lock on an open file decides, not whether the file exists. The lock ends with
/// its process, also after kill -9. The next run takes over a file that was left.
/// </summary>
internal sealed class OutputLock : IDisposable
{
    // How systems say that another process holds the lock: EAGAIN on Linux and on macOS, ERROR_SHARING_VIOLATION on Windows.
    private static readonly int[] Held = [11, 35, unchecked((int)0x80070020)];

    private readonly string _path;
    private readonly FileStream _file;

    private OutputLock(string path, FileStream file)
    {
        (_path, _file) = (path, file);
        AppDomain.CurrentDomain.ProcessExit += Remove;
    }

    /// <summary>Takes the lock. This also shows whether the folder can be written.</summary>
    /// <param name="path">The lock's file.</param>
    /// <param name="place">What is held, for the message.</param>
    /// <param name="option">The option that names it, for the message.</param>
    /// <exception cref="InputException">Another run holds it.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static OutputLock Take(string path, string place, string option)
    {
        while (true)
        {
            var file = Open(path, place, option);
            // The run before may have removed the file between our opening and our locking it: then the name is of another file, or of
            // none, which the time of the last change tells.
            if (File.GetLastWriteTimeUtc(path) == File.GetLastWriteTimeUtc(file.SafeFileHandle))
            {
                return new OutputLock(path, file);
            }
            file.Dispose();
        }
    }

    /// <summary>Removes the file and gives the lock up, in this order: nobody may lock a file that is about to go.</summary>
    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= Remove;
        Remove(this, EventArgs.Empty);
        _file.Dispose();
    }

    private void Remove(object? sender, EventArgs arguments)
    {
        try
        {
            File.Delete(_path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // On Windows an open file stays; an empty lock that nobody holds does no harm.
        }
    }

    private static FileStream Open(string path, string place, string option)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
        }
        catch (IOException e) when (Held.Contains(e.HResult))
        {
            throw new InputException(
                $"'{place}' is in use by another run; wait until that has ended, or choose another place with {option}.",
                e
            );
        }
    }
}
