using System.Runtime.InteropServices;
using Galatent.Numerics.MatrixProducts;

namespace Galatent.Training.Mpi;

/// <summary>
/// The few functions of an MPI library that are needed. The library is found at run time: there is no package, and nothing is loaded unless
/// a launcher started several processes.
/// There are two binary interfaces. In Open MPI a handle is the address of an object that the library exports. In MPICH and its relatives
/// (Intel MPI, MVAPICH, Cray) it is a 32-bit number from <c>mpi.h</c>. Both fit into a register, so the same function pointers serve both.
/// </summary>
internal sealed unsafe class MpiLibrary
{
    // Only one thread calls at a time, but not always the thread that initialised the library.
    private const int ThreadSerialized = 2;

    private readonly nint _handle;
    private readonly nint _world;
    private readonly nint _float;
    private readonly nint _double;
    private readonly nint _inPlace;

    private MpiLibrary(nint handle, string name)
    {
        (_handle, Name) = (handle, name);
        IsOpenMpi = NativeLibrary.TryGetExport(handle, "ompi_mpi_comm_world", out _world);
        if (IsOpenMpi)
        {
            (_float, _double, _inPlace) = (
                NativeLibrary.GetExport(handle, "ompi_mpi_float"),
                NativeLibrary.GetExport(handle, "ompi_mpi_double"),
                1
            );
        }
        else
        {
            // MPI_COMM_WORLD, MPI_FLOAT, MPI_DOUBLE, MPI_IN_PLACE of the common ABI of MPICH 3.1 and later.
            (_world, _float, _double, _inPlace) = (0x44000000, 0x4c00040a, 0x4c00080b, -1);
        }
    }

    /// <summary>File name of the library that was found.</summary>
    public string Name { get; }

    /// <summary>Whether it has Open MPI's binary interface instead of MPICH's.</summary>
    public bool IsOpenMpi { get; }

    /// <summary>Loads the first library of the list that exists; null when none does.</summary>
    public static MpiLibrary? Load(IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            if (NativeLibrary.TryLoad(name, out var handle) && NativeLibrary.TryGetExport(handle, "MPI_Init_thread", out _))
            {
                return new MpiLibrary(handle, name);
            }
        }
        return null;
    }

    /// <summary>Calls MPI_Init_thread. Returns this process's rank and the number of processes.</summary>
    public (int Rank, int Size) Initialize()
    {
        int provided;
        int rank;
        int size;
        var init = (delegate* unmanaged[Cdecl]<int*, byte***, int, int*, int>)Function("MPI_Init_thread");
        Check(init(null, null, ThreadSerialized, &provided), "MPI_Init_thread");
        Check(((delegate* unmanaged[Cdecl]<nint, int*, int>)Function("MPI_Comm_rank"))(_world, &rank), "MPI_Comm_rank");
        Check(((delegate* unmanaged[Cdecl]<nint, int*, int>)Function("MPI_Comm_size"))(_world, &size), "MPI_Comm_size");
        return (rank, size);
    }

    /// <summary>MPI_Barrier.</summary>
    public void Barrier() => Check(((delegate* unmanaged[Cdecl]<nint, int>)Function("MPI_Barrier"))(_world), "MPI_Barrier");

    /// <summary>MPI_Allgather of doubles.</summary>
    public void AllGather(ReadOnlySpan<double> part, Span<double> all)
    {
        fixed (
            double* send = part,
                receive = all
        )
        {
            var function = (delegate* unmanaged[Cdecl]<void*, int, nint, void*, int, nint, nint, int>)Function("MPI_Allgather");
            Check(function(send, part.Length, _double, receive, part.Length, _double, _world), "MPI_Allgather");
        }
    }

    /// <summary>MPI_Allgatherv in place.</summary>
    public void AllGather<T>(Span<T> values, ReadOnlySpan<int> counts, ReadOnlySpan<int> starts)
        where T : unmanaged
    {
        fixed (T* receive = values)
        fixed (
            int* count = counts,
                start = starts
        )
        {
            var function = (delegate* unmanaged[Cdecl]<void*, int, nint, void*, int*, int*, nint, nint, int>)Function("MPI_Allgatherv");
            Check(function((void*)_inPlace, 0, TypeOf<T>(), receive, count, start, TypeOf<T>(), _world), "MPI_Allgatherv");
        }
    }

    /// <summary>MPI_Iallgatherv of several arrays in place, all at the same time.</summary>
    public void AllGather(IReadOnlyList<(PinnedBuffer Values, int[] Starts)> arrays, int[][] counts)
    {
        var start = (delegate* unmanaged[Cdecl]<void*, int, nint, void*, int*, int*, nint, nint, void*, int>)Function("MPI_Iallgatherv");
        var wait = (delegate* unmanaged[Cdecl]<int, void*, nint, int>)Function("MPI_Waitall");
        // A request is an address in Open MPI and a 32-bit number in MPICH. The constant MPI_STATUSES_IGNORE differs too: 0 and 1.
        var requestBytes = IsOpenMpi ? sizeof(nint) : sizeof(int);
        // The library reads counts and starts until the wait returns, so they must not move.
        var numbers = GC.AllocateUninitializedArray<int>(2 * counts.Sum(c => c.Length), pinned: true);
        fixed (byte* requests = new byte[arrays.Count * requestBytes])
        fixed (int* first = numbers)
        {
            var next = first;
            for (var i = 0; i < arrays.Count; i++)
            {
                var size = counts[i].Length;
                var values = arrays[i].Values;
                counts[i].CopyTo(new Span<int>(next, size));
                arrays[i].Starts.AsSpan(0, size).CopyTo(new Span<int>(next + size, size));
                Check(
                    start((void*)_inPlace, 0, _float, values.Pointer, next, next + size, _float, _world, requests + (i * requestBytes)),
                    "MPI_Iallgatherv"
                );
                next += 2 * size;
            }
            Check(wait(arrays.Count, requests, IsOpenMpi ? 0 : 1), "MPI_Waitall");
        }
    }

    /// <summary>MPI_Alltoallv of floats: sends every process its part, and receives every process's version of this one's part.</summary>
    public void AllToAll(ReadOnlySpan<float> values, ReadOnlySpan<int> counts, ReadOnlySpan<int> starts, Span<float> received, int ownCount)
    {
        Span<int> receiveCounts = new int[counts.Length];
        Span<int> receiveStarts = new int[counts.Length];
        receiveCounts.Fill(ownCount);
        for (var i = 0; i < receiveStarts.Length; i++)
        {
            receiveStarts[i] = i * ownCount;
        }
        fixed (
            float* send = values,
                receive = received
        )
        fixed (
            int* sendCount = counts,
                sendStart = starts,
                receiveCount = receiveCounts,
                receiveStart = receiveStarts
        )
        {
            var function = (delegate* unmanaged[Cdecl]<void*, int*, int*, nint, void*, int*, int*, nint, nint, int>)Function(
                "MPI_Alltoallv"
            );
            Check(function(send, sendCount, sendStart, _float, receive, receiveCount, receiveStart, _float, _world), "MPI_Alltoallv");
        }
    }

    /// <summary>Calls MPI_Finalize. All processes must call it.</summary>
    public void Finish() => Check(((delegate* unmanaged[Cdecl]<int>)Function("MPI_Finalize"))(), "MPI_Finalize");

    /// <summary>Calls MPI_Abort: ends all processes.</summary>
    public void Abort(int exitCode) => _ = ((delegate* unmanaged[Cdecl]<nint, int, int>)Function("MPI_Abort"))(_world, exitCode);

    private nint TypeOf<T>() =>
        typeof(T) == typeof(float) ? _float
        : typeof(T) == typeof(double) ? _double
        : throw new ArgumentException($"Arrays of {typeof(T)} are not sent.");

    private void* Function(string name) => (void*)NativeLibrary.GetExport(_handle, name);

    // By default the libraries end the job with their own message. This check is for libraries that were told to return errors.
    private static void Check(int code, string function)
    {
        if (code != 0)
        {
            throw new InvalidOperationException($"{function} failed with the code {code}.");
        }
    }
}
