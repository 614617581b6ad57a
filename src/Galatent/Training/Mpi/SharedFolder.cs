using System.Globalization;
using System.IO.MemoryMappedFiles;
using System.Security.Cryptography;
using Galatent.Numerics;

namespace Galatent.Training.Mpi;

/// <summary>
/// Memory that the processes of one machine have in common: files of the system's memory file system, mapped by all and at once removed by name, so that nothing is left
/// even by processes that are killed. MPI has windows for the same purpose; files need no second binary interface.
/// </summary>
internal sealed class SharedFolder
{
    private const string Folder = "/dev/shm";

    // A container's own memory file system may be small (64 MB): the study's network with a batch of 32 takes 30 MB, the wide one 110.
    private const long LeastBytes = 256 << 20;

    private readonly ProcessGroup _processes;
    private readonly string _prefix;
    private int _files;

    private SharedFolder(ProcessGroup processes, string prefix) => (_processes, _prefix) = (processes, prefix);

    /// <summary>The machine's memory file system; null when it has none, or one of them has little room. All call it.</summary>
    public static SharedFolder? Open(ProcessGroup processes)
    {
        var usable = OperatingSystem.IsLinux() && Directory.Exists(Folder) && new DriveInfo(Folder).AvailableFreeSpace > LeastBytes;
        // The first process's number names the files; a double holds 48 bits of it exactly.
        var token = processes.IsFirst ? (double)(BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long))) & 0xFFFF_FFFF_FFFF) : 0;
        var all = new double[2 * processes.Size];
        processes.Gather([usable ? 1 : 0, token], all);
        return all.Where((_, i) => i % 2 == 0).All(vote => vote == 1)
            ? new SharedFolder(processes, Path.Combine(Folder, string.Create(CultureInfo.InvariantCulture, $"galatent-{(long)all[1]:x}-")))
            : null;
    }

    /// <summary>Zeroed floats that all see; all call it.</summary>
    /// <exception cref="InputException">There is no room.</exception>
    public unsafe PinnedBuffer Allocate(long count)
    {
        var (path, bytes) = ($"{_prefix}{_files++}", PinnedBuffer.BytesFor(count));
        FileStream? file = null;
        try
        {
            // Reserved at once: a page that finds no room when it is written to kills the process.
            file = _processes.IsFirst ? new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite, PreallocationSize = bytes,
            }) : null;
            file?.SetLength(bytes);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            file = null;
        }
        var failed = _processes.Any(_processes.IsFirst && file is null);
        if (failed)
        {
            throw new InputException($"{Folder} has no room for {bytes >> 20} MB that the processes share; enlarge it (docker: --shm-size), or set {MpiGroup.ExchangeVariable}=messages.");
        }
        file ??= new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        var view = MemoryMappedFile.CreateFromFile(file, null, bytes, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: false).CreateViewAccessor(0, bytes);
        _processes.Barrier();
        if (_processes.IsFirst)
        {
            File.Delete(path);
        }
        return new PinnedBuffer((float*)view.SafeMemoryMappedViewHandle.DangerousGetHandle(), count, view);
    }
}
