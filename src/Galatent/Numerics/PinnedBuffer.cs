using System.Runtime.CompilerServices;

namespace Galatent.Numerics;

/// <summary>
/// Floats that do not move, zero at first, starting on a cache line (a register that straddles two lines costs two loads). The address is valid as long as
/// the object is reachable; the garbage collector frees it.
/// </summary>
internal sealed unsafe class PinnedBuffer
{
    // A kernel may read a whole tile's width past the last column of the last row; what it reads there is not used.
    private const int ReadableBeyondEnd = 32;
    private const int CacheLineBytes = 64;
    private readonly float[] _values;

    /// <summary>Allocates <paramref name="count"/> floats.</summary>
    public PinnedBuffer(long count)
    {
        Count = checked((int)count);
        _values = GC.AllocateArray<float>(checked((int)(count + ReadableBeyondEnd + (CacheLineBytes / sizeof(float)))), pinned: true);
        Pointer = (float*)(((nint)Unsafe.AsPointer(ref _values[0]) + CacheLineBytes - 1) & -CacheLineBytes);
    }

    /// <summary>Number of floats.</summary>
    public int Count { get; }

    /// <summary>The first of them.</summary>
    public float* Pointer { get; }

    /// <summary>All of them.</summary>
    public Span<float> Span => new(Pointer, Count);
}
