namespace Galatent.Networks.Fused;

/// <summary>Rows of numbers with a stride; the stride is not a multiple of a power of two, so that rows spread over the cache.</summary>
internal readonly unsafe struct RowBlock
{
    // One cache line more than the width: rows 2 or 4 kB apart would share a few cache sets.
    private const int Skew = 16;

    /// <summary>Describes rows that exist.</summary>
    public RowBlock(float* first, int rows, int width, int stride)
    {
        First = first;
        (Rows, Width, Stride) = (rows, width, stride);
    }

    /// <summary>The first number.</summary>
    public float* First { get; }

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>Numbers in a row.</summary>
    public int Width { get; }

    /// <summary>Floats from one row to the next.</summary>
    public int Stride { get; }

    /// <summary>The stride for rows of a width.</summary>
    public static int StrideFor(int width) => width + Skew;

    /// <summary>One row.</summary>
    public float* Row(int index) => First + ((nint)index * Stride);

    /// <summary>The first rows.</summary>
    public RowBlock Take(int rows) => new(First, rows, Width, Stride);
}
