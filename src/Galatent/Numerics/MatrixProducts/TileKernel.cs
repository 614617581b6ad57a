using System.Runtime.CompilerServices;

namespace Galatent.Numerics.MatrixProducts;

/// <summary>Number of rows or of column registers, or the order of A, as a type: the compiler makes one kernel per combination and drops
/// what it does not use.</summary>
internal interface ITileConstant
{
    static abstract int Value { get; }
}

/// <summary>
/// The innermost loop of the matrix product: a tile of up to 12 rows by two registers of columns stays in registers while the depth is
/// walked once.
/// 12 x 2 sums, two columns of B and one broadcast of A take 27 of AVX-512's 32 registers; 24 independent sums hide the latency (4 cycles)
/// of a fused multiply-add. Each element is one chain of fused multiply-adds in ascending depth, whatever the tile: the bits do not depend
/// on the tiling.
/// </summary>
internal static unsafe class TileKernel<TRegister, TVector, TRows, TColumns, TTransposed>
    where TRegister : struct, IVectorRegister<TVector>
    where TVector : struct
    where TRows : struct, ITileConstant
    where TColumns : struct, ITileConstant
    where TTransposed : struct, ITileConstant
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(ProductTile* tile)
    {
        var zero = TRegister.Fill(0);
        TVector c0 = zero;
        TVector d0 = zero;
        TVector c1 = zero;
        TVector d1 = zero;
        TVector c2 = zero;
        TVector d2 = zero;
        TVector c3 = zero;
        TVector d3 = zero;
        TVector c4 = zero;
        TVector d4 = zero;
        TVector c5 = zero;
        TVector d5 = zero;
        TVector c6 = zero;
        TVector d6 = zero;
        TVector c7 = zero;
        TVector d7 = zero;
        TVector c8 = zero;
        TVector d8 = zero;
        TVector c9 = zero;
        TVector d9 = zero;
        TVector c10 = zero;
        TVector d10 = zero;
        TVector c11 = zero;
        TVector d11 = zero;
        var a0 = tile->A;
        var row = tile->RowStrideA;
        var a3 = a0 + (3 * row);
        var a6 = a0 + (6 * row);
        var a9 = a0 + (9 * row);
        var twoRows = 2 * row;
        var stepA = TTransposed.Value == 1 ? tile->DepthStrideA : 1;
        var b = tile->B;
        var stepB = tile->DepthStrideB;
        for (var depth = tile->Depth; depth > 0; depth--)
        {
            var b0 = TRegister.Load(b);
            var b1 = TColumns.Value > 1 ? TRegister.Load(b + TRegister.Count) : zero;
            b += stepB;
            if (TTransposed.Value == 1)
            {
                Step(0, a0 + 0, b0, b1, ref c0, ref d0);
                Step(1, a0 + 1, b0, b1, ref c1, ref d1);
                Step(2, a0 + 2, b0, b1, ref c2, ref d2);
                Step(3, a0 + 3, b0, b1, ref c3, ref d3);
                Step(4, a0 + 4, b0, b1, ref c4, ref d4);
                Step(5, a0 + 5, b0, b1, ref c5, ref d5);
                Step(6, a0 + 6, b0, b1, ref c6, ref d6);
                Step(7, a0 + 7, b0, b1, ref c7, ref d7);
                Step(8, a0 + 8, b0, b1, ref c8, ref d8);
                Step(9, a0 + 9, b0, b1, ref c9, ref d9);
                Step(10, a0 + 10, b0, b1, ref c10, ref d10);
                Step(11, a0 + 11, b0, b1, ref c11, ref d11);
            }
            else
            {
                Step(0, a0, b0, b1, ref c0, ref d0);
                Step(1, a0 + row, b0, b1, ref c1, ref d1);
                Step(2, a0 + twoRows, b0, b1, ref c2, ref d2);
                Step(3, a3, b0, b1, ref c3, ref d3);
                Step(4, a3 + row, b0, b1, ref c4, ref d4);
                Step(5, a3 + twoRows, b0, b1, ref c5, ref d5);
                Step(6, a6, b0, b1, ref c6, ref d6);
                Step(7, a6 + row, b0, b1, ref c7, ref d7);
                Step(8, a6 + twoRows, b0, b1, ref c8, ref d8);
                Step(9, a9, b0, b1, ref c9, ref d9);
                Step(10, a9 + row, b0, b1, ref c10, ref d10);
                Step(11, a9 + twoRows, b0, b1, ref c11, ref d11);
                a3 += 1;
                a6 += 1;
                a9 += 1;
            }
            a0 += stepA;
        }
        var end = new TileEpilogue<TRegister, TVector>(tile);
        Finish(0, ref end, c0, d0);
        Finish(1, ref end, c1, d1);
        Finish(2, ref end, c2, d2);
        Finish(3, ref end, c3, d3);
        Finish(4, ref end, c4, d4);
        Finish(5, ref end, c5, d5);
        Finish(6, ref end, c6, d6);
        Finish(7, ref end, c7, d7);
        Finish(8, ref end, c8, d8);
        Finish(9, ref end, c9, d9);
        Finish(10, ref end, c10, d10);
        Finish(11, ref end, c11, d11);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step(int index, float* a, TVector b0, TVector b1, ref TVector c, ref TVector d)
    {
        if (index < TRows.Value)
        {
            var value = TRegister.Fill(*a);
            c = TRegister.MultiplyAdd(value, b0, c);
            if (TColumns.Value > 1)
            {
                d = TRegister.MultiplyAdd(value, b1, d);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish(int index, ref TileEpilogue<TRegister, TVector> end, TVector c, TVector d)
    {
        if (index < TRows.Value)
        {
            end.Apply(0, c);
            if (TColumns.Value > 1)
            {
                end.Apply(TRegister.Count, d);
            }
            end.NextRow();
        }
    }
}
