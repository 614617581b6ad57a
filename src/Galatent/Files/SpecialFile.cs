using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Galatent.Files;

/// <summary>
/// Tells pipes, devices and sockets from files: a result that is written beside its place and renamed would replace them by a file (for
/// root even <c>/dev/null</c>). .NET does not tell them apart, so Linux is asked (statx(2)); elsewhere nothing is told.
/// </summary>
internal static partial class SpecialFile
{
    // statx(2) and inode(7): relative to the working folder, links followed, only the type; its 16 bits stand at byte 28 of the answer.
    private const int WorkingFolder = -100;
    private const int AnswerBytes = 256;
    private const int ModeByte = 28;
    private const uint TypeOnly = 1;
    private const int TypeMask = 0xF000;

    /// <summary>What a path is, links followed: "a pipe", "a device" or "a socket"; null for files, folders, and where there is
    /// nothing.</summary>
    public static string? KindOf(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }
        Span<byte> answer = stackalloc byte[AnswerBytes];
        try
        {
            if (Status(WorkingFolder, path, 0, TypeOnly, ref MemoryMarshal.GetReference(answer)) != 0)
            {
                return null;
            }
        }
        catch (EntryPointNotFoundException)
        {
            // A C library without statx (glibc before 2.28).
            return null;
        }
        return (BinaryPrimitives.ReadUInt16LittleEndian(answer[ModeByte..]) & TypeMask) switch
        {
            0x1000 => "a pipe",
            0x2000 or 0x6000 => "a device",
            0xC000 => "a socket",
            _ => null,
        };
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Status(int folder, string path, int flags, uint mask, ref byte answer);
}
