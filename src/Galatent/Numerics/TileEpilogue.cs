using System.Runtime.CompilerServices;

namespace Galatent.Numerics;

/// <summary>What happens to a sum on its way from the register to the result: add to C, add the bias, LeakyReLU or its derivative.</summary>
internal static unsafe class TileEpilogue<TRegister, TVector>
    where TRegister : struct, IVectorRegister<TVector>
    where TVector : struct
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Apply(ProductTile* tile, nint rowOffset, int column, TVector value)
    {
        var target = tile->C + rowOffset + column;
        if (tile->Accumulate)
        {
            value = TRegister.Add(value, TRegister.Load(target));
        }
        if (tile->Bias != null)
        {
            value = TRegister.Add(value, TRegister.Load(tile->Bias + column));
        }
        if (tile->NegativeSlope != 1)
        {
            var sign = tile->SignOf == null ? value : TRegister.Load(tile->SignOf + rowOffset + column);
            value = TRegister.SelectByPositive(sign, value, TRegister.Multiply(value, TRegister.Fill(tile->NegativeSlope)));
        }
        TRegister.Store(value, target);
    }
}
