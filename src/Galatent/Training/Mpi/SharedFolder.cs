using System.Globalization;
using System.IO.MemoryMappedFiles;
using System.Security.Cryptography;
using Galatent.Numerics;
using Galatent.Numerics.MatrixProducts;

namespace Galatent.Training.Mpi;

/// <summary>
/// Memory shared by the processes of one machine: files in /dev/shm that all processes map. Their names are removed at once, so the memory
/// is freed when the processes end. MPI has shared windows for this purpose; files avoid a second binary interface.
/// </summary>
internal sealed class SharedFolder
{
    private const string Folder = "/dev/shm";

    // In a container /dev/shm may be small (64 MB). The study's network with a batch of 32 takes 30 MB, the wide one 110 MB.
    private const long LeastBytes = 256 << 20;

    private readonly ProcessGroup _processes;
    private readonly string _prefix;
    private int _files;

    private SharedFolder(ProcessGroup processes, string prefix) => (_processes, _prefix) = (processes, prefix);

    /// <summary>Opens the shared memory. Null when the machine has no /dev/shm, when a process does not want it or finds too little room,
    /// or when the processes see different ones (containers). All processes must call it.</summary>
    public static SharedFolder? Open(ProcessGroup processes, bool wanted)
    {
        // The first process's random number names the files. A double holds 48 bits of it exactly.
        var token = processes.IsFirst ? (double)(BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long))) & 0xFFFF_FFFF_FFFF) : 0;
        var all = new double[2 * processes.Size];
        processes.AllGather([wanted && HasRoom() ? 1 : 0, token], all);
        if (all.Where((_, i) => i % 2 == 0).Any(vote => vote == 0))
        {
            return null;
        }
        var folder = new SharedFolder(
            processes,
            Path.Combine(Folder, string.Create(CultureInfo.InvariantCulture, $"galatent-{(long)all[1]:x}-"))
        );
        return folder.TryAllocate(1) is null ? null : folder;
    }

    /// <summary>Floats that all processes share, initially zero. All processes must call it.</summary>
    /// <exception cref="InputException">There is no room.</exception>
    public PinnedBuffer Allocate(long count) =>
        TryAllocate(count)
        ?? throw new InputException(
            $"{Folder} has no room for {PinnedBuffer.BytesFor(count) / 1e6:F1} MB that the processes share; enlarge it (docker: "
                + $"--shm-size), or set {MpiGroup.ExchangeVariable}=messages."
        );

    private unsafe PinnedBuffer? TryAllocate(long count)
    {
        var path = $"{_prefix}{_files++}";
        var bytes = PinnedBuffer.BytesFor(count);
        var view = _processes.IsFirst ? Map(path, FileMode.CreateNew, bytes) : null;
        _processes.Barrier();
        view ??= _processes.IsFirst ? null : Map(path, FileMode.Open, bytes);
        var failed = _processes.Any(view is null);
        if (_processes.IsFirst)
        {
            File.Delete(path);
        }
        return failed ? null : new PinnedBuffer((float*)view!.SafeMemoryMappedViewHandle.DangerousGetHandle(), count, view);
    }

    private static MemoryMappedViewAccessor? Map(string path, FileMode mode, long bytes)
    {
        try
        {
            // The space is reserved at once: a process that writes to a page without space is killed.
            using var file = new FileStream(
                path,
                new FileStreamOptions
                {
                    Mode = mode,
                    Access = FileAccess.ReadWrite,
                    Share = FileShare.ReadWrite | FileShare.Delete,
                    PreallocationSize = mode == FileMode.CreateNew ? bytes : 0,
                }
            );
            file.SetLength(bytes);
            using var map = MemoryMappedFile.CreateFromFile(
                file,
                null,
                bytes,
                MemoryMappedFileAccess.ReadWrite,
                HandleInheritability.None,
                leaveOpen: true
            );
            return map.CreateViewAccessor(0, bytes);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static bool HasRoom()
    {
        try
        {
            return OperatingSystem.IsLinux() && Directory.Exists(Folder) && new DriveInfo(Folder).AvailableFreeSpace > LeastBytes;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
