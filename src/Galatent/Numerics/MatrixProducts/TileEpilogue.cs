using System.Runtime.CompilerServices;

namespace Galatent.Numerics.MatrixProducts;

/// <summary>
/// What happens to a sum on its way from the register to the result: add to C, add the bias, LeakyReLU or its derivative. The tile's fields
/// are copied once: a store might change them, so the compiler would read them again for each of 24 sums.
/// </summary>
internal unsafe ref struct TileEpilogue<TRegister, TVector>
    where TRegister : struct, IVectorRegister<TVector>
    where TVector : struct
{
    private readonly nint _strideC;
    private readonly bool _accumulate;
    private readonly float* _bias;
    private readonly float _slope;
    private float* _c;
    private float* _signOf;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TileEpilogue(ProductTile* tile)
    {
        (_strideC, _slope) = (tile->RowStrideC, tile->NegativeSlope);
        _c = tile->C;
        _accumulate = tile->Accumulate;
        _bias = tile->Bias;
        _signOf = tile->SignOf;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Apply(int column, TVector value)
    {
        if (_accumulate)
        {
            value = TRegister.Add(value, TRegister.Load(_c + column));
        }
        if (_bias != null)
        {
            value = TRegister.Add(value, TRegister.Load(_bias + column));
        }
        if (_slope != 1)
        {
            var sign = _signOf == null ? value : TRegister.Load(_signOf + column);
            value = TRegister.SelectByPositive(sign, value, TRegister.Multiply(value, TRegister.Fill(_slope)));
        }
        TRegister.Store(value, _c + column);
    }

    // A null pointer must stay null, because the kernels check for it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void NextRow()
    {
        _c += _strideC;
        _signOf += _signOf == null ? 0 : _strideC;
    }
}
