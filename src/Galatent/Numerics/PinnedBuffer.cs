using System.Runtime.CompilerServices;

namespace Galatent.Numerics;

/// <summary>
/// Floats that do not move, zero at first, starting on a cache line (a register that straddles two lines costs two loads). The address is valid as long as
/// the object is reachable; the garbage collector frees it. Who passes the address on and does not use the object afterwards needs <see cref="GC.KeepAlive"/>:
/// optimised code forgets a local after its last use.
/// </summary>
internal sealed unsafe class PinnedBuffer
{
    // A kernel may read a whole tile's width past the last column of the last row; what it reads there is not used.
    private const int ReadableBeyondEnd = 32;
    private const int CacheLineBytes = 64;
    private readonly float[] _values;
    private readonly int _start;

    /// <summary>Allocates <paramref name="count"/> floats.</summary>
    public PinnedBuffer(long count)
    {
        Count = checked((int)count);
        _values = GC.AllocateArray<float>(checked((int)(count + ReadableBeyondEnd + (CacheLineBytes / sizeof(float)))), pinned: true);
        var first = (float*)Unsafe.AsPointer(ref _values[0]);
        Pointer = (float*)(((nint)first + CacheLineBytes - 1) & -CacheLineBytes);
        _start = (int)(Pointer - first);
    }

    /// <summary>Number of floats.</summary>
    public int Count { get; }

    /// <summary>The first of them.</summary>
    public float* Pointer { get; }

    /// <summary>All of them; unlike the address, the span keeps them alive.</summary>
    public Span<float> Span => _values.AsSpan(_start, Count);
}
