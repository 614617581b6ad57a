using Microsoft.Win32.SafeHandles;

namespace Galatent.Files;

/// <summary>A file for what does not go into memory. It goes with the process that uses it, also after kill -9: on Unix its name is removed
/// at once, and Windows removes it when its last handle is closed.</summary>
internal static class ScratchFile
{
    private const int MostFiles = 10000;

    // EEXIST on Unix, ERROR_FILE_EXISTS on Windows.
    private const int ExistsOnUnix = 17;
    private const int ExistsOnWindows = unchecked((int)0x80070050);

    /// <summary>Makes an empty file. Files of equal names, and several processes, may be at work in one folder.</summary>
    /// <param name="folder">The folder; made if it is missing.</param>
    /// <param name="name">What it is for; part of its name.</param>
    /// <param name="size">Bytes that are set aside at once, so that a full disk is known at the start; 0 for none.</param>
    /// <exception cref="IOException">The folder cannot be written, or there is no room.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be written.</exception>
    public static SafeFileHandle Open(string folder, string name, long size = 0)
    {
        Directory.CreateDirectory(folder);
        for (var number = 0; ; number++)
        {
            var path = Path.Combine(folder, $".{name}.{number}.scratch");
            if (number == MostFiles || !File.Exists(path))
            {
                try
                {
                    return New(path, size);
                }
                catch (IOException e) when (number < MostFiles && (e.HResult is ExistsOnUnix or ExistsOnWindows))
                {
                    // Another took the name in the meantime. Its file may be nameless by now, so only the error tells.
                }
            }
        }
    }

    private static SafeFileHandle New(string path, long size)
    {
        var isOfWindows = OperatingSystem.IsWindows();
        var file = File.OpenHandle(
            path,
            FileMode.CreateNew,
            FileAccess.ReadWrite,
            FileShare.Read | FileShare.Delete,
            isOfWindows ? FileOptions.DeleteOnClose : FileOptions.None,
            size
        );
        if (!isOfWindows)
        {
            File.Delete(path);
        }
        return file;
    }
}
