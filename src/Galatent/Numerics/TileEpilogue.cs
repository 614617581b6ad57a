using System.Runtime.CompilerServices;

namespace Galatent.Numerics;

/// <summary>
/// What happens to a sum on its way from the register to the result: add to C or another matrix, add the bias, LeakyReLU or its derivative. The tile's fields are copied
/// once: a store might change them, so the compiler would read them again for each of 24 sums.
/// </summary>
internal unsafe ref struct TileEpilogue<TRegister, TVector>
    where TRegister : struct, IVectorRegister<TVector>
    where TVector : struct
{
    private readonly nint _strideC, _strideAddend;
    private readonly float* _bias;
    private readonly float _slope;
    private float* _c, _addend, _difference, _signOf;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TileEpilogue(ProductTile* tile)
    {
        (_strideC, _slope) = (tile->RowStrideC, tile->NegativeSlope);
        _c = tile->C;
        _strideAddend = tile->Accumulate ? tile->RowStrideC : tile->RowStrideAddend;
        _addend = tile->Accumulate ? tile->C : tile->Addend;
        _difference = tile->Difference;
        _bias = tile->Bias;
        _signOf = tile->SignOf;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Apply(int column, TVector value)
    {
        if (_addend != null)
        {
            var addend = TRegister.Load(_addend + column);
            if (_difference != null)
            {
                TRegister.Store(TRegister.Subtract(addend, value), _difference + column);
            }
            value = TRegister.Add(value, addend);
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

    // Null stays null, or the checks would fail.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void NextRow()
    {
        _c += _strideC;
        _addend += _addend == null ? 0 : _strideAddend;
        _difference += _difference == null ? 0 : _strideC;
        _signOf += _signOf == null ? 0 : _strideC;
    }
}
