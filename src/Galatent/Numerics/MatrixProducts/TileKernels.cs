using System.Numerics;
using System.Runtime.Intrinsics;

namespace Galatent.Numerics.MatrixProducts;

/// <summary>The tile kernels of one register width, chosen by rows, registers of columns, and order of A.</summary>
internal sealed unsafe class TileKernels
{
    /// <summary>Kernels for AVX-512; only usable where the machine has it.</summary>
    public static readonly TileKernels Width512 = Create<Register512, Vector512<float>>(12);

    /// <summary>Kernels for the machine's native vector: 4 or 8 floats. Eight rows and more would spill AVX2's sixteen registers; NEON has
    /// 32.</summary>
    public static readonly TileKernels Native = Create<RegisterNative, Vector<float>>(Vector<float>.Count > 4 ? 6 : 12);

    /// <summary>The fastest of them on this machine.</summary>
    public static readonly TileKernels Best = Vector512.IsHardwareAccelerated ? Width512 : Native;

    /// <summary>Rows of the tallest tile of any width; a scratch tile has this many.</summary>
    public const int MaxRows = 12;

    private readonly nint[] _kernels;

    private TileKernels(int lanes, int tallest, nint[] kernels) => (Lanes, Tallest, _kernels) = (lanes, tallest, kernels);

    /// <summary>Floats per register.</summary>
    public int Lanes { get; }

    /// <summary>Columns of a full tile: two registers.</summary>
    public int PanelColumns => 2 * Lanes;

    /// <summary>Rows of the tallest tile of this width.</summary>
    public int Tallest { get; }

    /// <summary>The kernel for a tile of <paramref name="rows"/> in [1, <see cref="Tallest"/>] and <paramref name="registers"/> in [1,
    /// 2].</summary>
    public delegate* <ProductTile*, void> this[int rows, int registers, bool transposed] =>
        (delegate* <ProductTile*, void>)_kernels[(((transposed ? 2 : 0) + registers - 1) * MaxRows) + rows - 1];

    private static TileKernels Create<TRegister, TVector>(int tallest)
        where TRegister : struct, IVectorRegister<TVector>
        where TVector : struct =>
        new(
            TRegister.Count,
            tallest,
            [
                .. ByRows<TRegister, TVector, N1, N0>(),
                .. ByRows<TRegister, TVector, N2, N0>(),
                .. ByRows<TRegister, TVector, N1, N1>(),
                .. ByRows<TRegister, TVector, N2, N1>(),
            ]
        );

    private static nint[] ByRows<TRegister, TVector, TColumns, TTransposed>()
        where TRegister : struct, IVectorRegister<TVector>
        where TVector : struct
        where TColumns : struct, ITileConstant
        where TTransposed : struct, ITileConstant =>
        [
            (nint)(delegate* <ProductTile*, void>)&TileKernel<TRegister, TVector, N1, TColumns, TTransposed>.Run,
            (nint)(delegate* <ProductTile*, void>)&TileKernel<TRegister, TVector, N2, TColumns, TTransposed>.Run,
            (nint)(delegate* <ProductTile*, void>)&TileKernel<TRegister, TVector, N3, TColumns, TTransposed>.Run,
            (nint)(delegate* <ProductTile*, void>)&TileKernel<TRegister, TVector, N4, TColumns, TTransposed>.Run,
            (nint)(delegate* <ProductTile*, void>)&TileKernel<TRegister, TVector, N5, TColumns, TTransposed>.Run,
            (nint)(delegate* <ProductTile*, void>)&TileKernel<TRegister, TVector, N6, TColumns, TTransposed>.Run,
            (nint)(delegate* <ProductTile*, void>)&TileKernel<TRegister, TVector, N7, TColumns, TTransposed>.Run,
            (nint)(delegate* <ProductTile*, void>)&TileKernel<TRegister, TVector, N8, TColumns, TTransposed>.Run,
            (nint)(delegate* <ProductTile*, void>)&TileKernel<TRegister, TVector, N9, TColumns, TTransposed>.Run,
            (nint)(delegate* <ProductTile*, void>)&TileKernel<TRegister, TVector, N10, TColumns, TTransposed>.Run,
            (nint)(delegate* <ProductTile*, void>)&TileKernel<TRegister, TVector, N11, TColumns, TTransposed>.Run,
            (nint)(delegate* <ProductTile*, void>)&TileKernel<TRegister, TVector, N12, TColumns, TTransposed>.Run,
        ];
}

file readonly struct N0 : ITileConstant
{
    public static int Value => 0;
}

file readonly struct N1 : ITileConstant
{
    public static int Value => 1;
}

file readonly struct N2 : ITileConstant
{
    public static int Value => 2;
}

file readonly struct N3 : ITileConstant
{
    public static int Value => 3;
}

file readonly struct N4 : ITileConstant
{
    public static int Value => 4;
}

file readonly struct N5 : ITileConstant
{
    public static int Value => 5;
}

file readonly struct N6 : ITileConstant
{
    public static int Value => 6;
}

file readonly struct N7 : ITileConstant
{
    public static int Value => 7;
}

file readonly struct N8 : ITileConstant
{
    public static int Value => 8;
}

file readonly struct N9 : ITileConstant
{
    public static int Value => 9;
}

file readonly struct N10 : ITileConstant
{
    public static int Value => 10;
}

file readonly struct N11 : ITileConstant
{
    public static int Value => 11;
}

file readonly struct N12 : ITileConstant
{
    public static int Value => 12;
}
