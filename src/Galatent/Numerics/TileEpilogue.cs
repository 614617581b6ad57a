using System.Runtime.CompilerServices;

namespace Galatent.Numerics;

/// <summary>What happens to a sum on its way from the register to the result: add to C, add the bias, LeakyReLU or its derivative.</summary>
internal static unsafe class TileEpilogue<TLanes, TVector>
    where TLanes : struct, IVectorLanes<TVector>
    where TVector : struct
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Apply(ProductTile* tile, nint rowOffset, int column, TVector value)
    {
        var target = tile->C + rowOffset + column;
        if (tile->Accumulate)
        {
            value = TLanes.Add(value, TLanes.Load(target));
        }
        if (tile->Bias != null)
        {
            value = TLanes.Add(value, TLanes.Load(tile->Bias + column));
        }
        if (tile->NegativeSlope != 1)
        {
            var sign = tile->SignOf == null ? value : TLanes.Load(tile->SignOf + rowOffset + column);
            value = TLanes.SelectByPositive(sign, value, TLanes.Multiply(value, TLanes.Fill(tile->NegativeSlope)));
        }
        TLanes.Store(value, target);
    }
}
