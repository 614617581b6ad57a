using System.Runtime.CompilerServices;

namespace Galatent.Numerics.MatrixProducts;

/// <summary>
/// Floats that do not move, zero at first, starting on a cache line (a register that straddles two lines costs two loads). The address is
/// valid as long as the object is reachable; the garbage collector frees it. Code that passes the address on and does not use the object
/// afterwards needs <see cref="GC.KeepAlive"/>:
/// optimised code forgets a local after its last use.
/// </summary>
internal sealed unsafe class PinnedBuffer
{
    /// <summary>Bytes that memory of somebody else must have to hold so many floats.</summary>
    public static long BytesFor(long count) => (count + ReadableBeyondEnd) * sizeof(float);

    // A kernel may read a whole tile's width past the last column of the last row; what it reads there is not used.
    private const int ReadableBeyondEnd = 32;
    private const int CacheLineBytes = 64;
    private readonly float[]? _values;
    private readonly object? _owner;
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

    /// <summary>Wraps memory that somebody else owns.</summary>
    /// <param name="memory">Zeros, beginning on a cache line, of <see cref="BytesFor"/> bytes.</param>
    /// <param name="count">Number of floats.</param>
    /// <param name="owner">The object that keeps the memory alive; this buffer refers to it.</param>
    public PinnedBuffer(float* memory, long count, object owner)
    {
        Pointer = memory;
        (Count, _owner) = (checked((int)count), owner);
    }

    /// <summary>Number of floats.</summary>
    public int Count { get; }

    /// <summary>Address of the first float.</summary>
    public float* Pointer { get; }

    /// <summary>All floats. Unlike the address, the span keeps them alive, unless the memory is somebody else's.</summary>
    public Span<float> Span => _owner is null ? _values.AsSpan(_start, Count) : new Span<float>(Pointer, Count);
}
