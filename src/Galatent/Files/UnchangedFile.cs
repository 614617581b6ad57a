using Galatent.Numerics;
using Microsoft.Win32.SafeHandles;

namespace Galatent.Files;

/// <summary>A file that must not change while it is read: half of one state and half of another are no valid content. Length and time of
/// the last change tell. To ask the system for both costs a microsecond.</summary>
internal sealed class UnchangedFile
{
    private readonly string _path;
    private readonly (long Length, DateTime Changed) _state;

    private UnchangedFile(string path, (long, DateTime) state) => (_path, _state) = (path, state);

    /// <summary>Remembers the state of an open file; one that takes its name later is another file, and does no harm.</summary>
    public static UnchangedFile Of(string path, SafeFileHandle handle) => new(path, State(handle));

    /// <summary>Reads a file and makes sure that it did not change meanwhile.</summary>
    /// <exception cref="InputException">It changed, or what <paramref name="read"/> finds.</exception>
    public static T Read<T>(string path, Func<T> read)
    {
        var before = State(path);
        try
        {
            var result = read();
            return State(path) == before ? result : throw Changed(path);
        }
        catch (Exception e) when (e is not OperationCanceledException && State(path) != before)
        {
            throw Changed(path);
        }
    }

    /// <summary>Looks again.</summary>
    /// <exception cref="InputException">It has changed.</exception>
    public void Require(SafeFileHandle handle)
    {
        if (State(handle) != _state)
        {
            throw Changed(_path);
        }
    }

    private static (long, DateTime) State(string path) =>
        RegularFile.Behind(path) is { Exists: true } file ? (file.Length, file.LastWriteTimeUtc) : (-1, default);

    private static (long, DateTime) State(SafeFileHandle handle) => (RandomAccess.GetLength(handle), File.GetLastWriteTimeUtc(handle));

    private static InputException Changed(string path) =>
        new($"'{path}' has changed while it was read; let what writes it finish, and run the same command again.");
}
