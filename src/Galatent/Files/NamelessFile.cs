using Microsoft.Win32.SafeHandles;

namespace Galatent.Files;

/// <summary>Scratch files that go when they are closed, and with the process, however it ends.</summary>
internal static class NamelessFile
{
    // Unix forgets a name at once and the content with the last handle, even of a killed process; Windows forgets both with the handle.
    /// <summary>Opens a new file for reading and writing.</summary>
    /// <param name="folder">Where its content lies; made if it is missing.</param>
    /// <param name="name">What is in it, in a word.</param>
    /// <param name="size">Bytes that are set aside at once, so that a full disk is known at the start; 0 for none.</param>
    /// <exception cref="IOException">It cannot be made, or there is no room.</exception>
    public static SafeFileHandle Create(string folder, string name, long size = 0)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, $".{name}.{Environment.MachineName}.{Environment.ProcessId}.partial");
        var handle = File.OpenHandle(
            path,
            FileMode.Create,
            FileAccess.ReadWrite,
            FileShare.ReadWrite | FileShare.Delete,
            FileOptions.DeleteOnClose,
            size
        );
        if (!OperatingSystem.IsWindows())
        {
            File.Delete(path);
        }
        return handle;
    }
}
