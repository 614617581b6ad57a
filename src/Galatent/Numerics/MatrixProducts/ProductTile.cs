namespace Galatent.Numerics.MatrixProducts;

/// <summary>What one call of a tile kernel works on: up to <see cref="TileKernels.MaxRows"/> rows and two registers of columns of C = A
/// B.</summary>
internal unsafe struct ProductTile
{
    /// <summary>Element (row 0, depth 0) of A.</summary>
    public float* A;

    /// <summary>Floats from one row of A to the next; ignored by the kernels for a transposed A, whose rows are neighbours.</summary>
    public nint RowStrideA;

    /// <summary>Floats from one depth of A to the next; ignored by the kernels for an ordinary A, whose depths are neighbours.</summary>
    public nint DepthStrideA;

    /// <summary>Element (depth 0, column 0) of B; the columns of a depth are neighbours.</summary>
    public float* B;

    /// <summary>Floats from one depth of B to the next.</summary>
    public nint DepthStrideB;

    /// <summary>Element (0, 0) of the result.</summary>
    public float* C;

    /// <summary>Floats from one row of the result to the next.</summary>
    public nint RowStrideC;

    /// <summary>Length of the sums.</summary>
    public nint Depth;

    /// <summary>Adds to C instead of replacing it.</summary>
    public bool Accumulate;

    /// <summary>One number per column to add, or null.</summary>
    public float* Bias;

    /// <summary>Slope of the LeakyReLU for negative values; 1 leaves them as they are.</summary>
    public float NegativeSlope;

    /// <summary>When not null, a matrix laid out like C: where it is not positive, the result is multiplied by <see cref="NegativeSlope"/>
    /// (the derivative of a LeakyReLU, read from the sign of its output).</summary>
    public float* SignOf;
}
