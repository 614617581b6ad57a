using System.Runtime.InteropServices;
using System.Text;

namespace Galatent.App.Terminal;

/// <summary>
/// Standard output that tells when it takes no more, and standard error that never ends the program. The runtime's own streams do neither:
/// a full disk is an unhandled exception in both, a pipe without a reader is success.
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

    /// <summary>Takes both over; call before anything is written.</summary>
    public static void Take()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }
        var isOutputOpen = IsOpen(Output);
        var isErrorOpen = IsOpen(Error);
        // The next file that is opened would get the number of a closed stream, and what is meant for the stream.
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

    // A stream from outside is not closed on exec, or it would not be here; what the runtime has opened in its place is.
    private static bool IsOpen(int descriptor) => Control(descriptor, GetFlags) is var flags && flags >= 0 && (flags & CloseOnExec) == 0;

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int Control(int descriptor, int command);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);
}
