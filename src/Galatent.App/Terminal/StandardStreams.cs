using System.Runtime.InteropServices;
using System.Text;

namespace Galatent.App.Terminal;

/// <summary>
/// Replaces the standard streams. Standard output reports when it can no longer be written. Standard error never ends the program. With
/// .NET's own streams, a full disk is an unhandled exception in both, and a pipe without a reader counts as success.
/// </summary>
internal static partial class StandardStreams
{
    private const int Input = 0;
    private const int Output = 1;
    private const int Error = 2;

    // fcntl(2) and open(2).
    private const int GetFlags = 1;
    private const int CloseOnExec = 1;
    private const int ReadWrite = 2;

    /// <summary>Replaces both streams. It must be called before anything is written.</summary>
    public static void Take()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }
        var isOutputOpen = IsOpen(Output);
        var isErrorOpen = IsOpen(Error);
        // If a standard stream is closed, the next opened file gets its number, and output for the stream would go into that file. So
        // closed numbers are filled with /dev/null.
        for (var descriptor = Input; descriptor <= Error; descriptor++)
        {
            if (Control(descriptor, GetFlags) < 0)
            {
                _ = Open("/dev/null", ReadWrite);
            }
        }
        Console.SetOut(Writer(new DescriptorStream(isOutputOpen ? Output : DescriptorStream.Closed, throws: true)));
        Console.SetError(Writer(new DescriptorStream(isErrorOpen ? Error : DescriptorStream.Closed, throws: false)));
    }

    private static StreamWriter Writer(Stream stream) =>
        new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true };

    // A stream from outside never has the flag close-on-exec; otherwise it would not have survived the start of the program. A file that
    // .NET opened in its place has the flag.
    private static bool IsOpen(int descriptor) => Control(descriptor, GetFlags) is var flags && flags >= 0 && (flags & CloseOnExec) == 0;

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int Control(int descriptor, int command);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);
}
