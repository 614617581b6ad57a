using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Galatent.Latents.Mixtures;

/// <summary>
/// A vector of doubles that the processor handles at once. With it, one kernel can be compiled for 512-bit and for 256-bit (or emulated)
/// vectors.
/// </summary>
/// <remarks>
/// The matrix product has its own interface, for floats: <see cref="Galatent.Numerics.MatrixProducts.IVectorRegister{TVector}"/>. One
/// interface for both gave the same bits but was slower: with this kind (a struct with operators) the product took 15 to 20 % longer, with
/// the other kind (bare registers) the E-step took 6 % and marginal densities 10 % longer.
/// </remarks>
internal interface ILanes<TSelf>
    : IAdditionOperators<TSelf, TSelf, TSelf>,
        ISubtractionOperators<TSelf, TSelf, TSelf>,
        IMultiplyOperators<TSelf, TSelf, TSelf>
    where TSelf : struct, ILanes<TSelf>
{
    /// <summary>Number of doubles in a vector.</summary>
    static abstract int Width { get; }

    /// <summary>The same value in all lanes.</summary>
    static abstract TSelf Broadcast(double value);

    /// <summary>Reads a vector at an offset counted in doubles.</summary>
    static abstract TSelf Load(ref readonly double origin, int offset);

    /// <summary>Writes a vector at an offset counted in doubles.</summary>
    static abstract void Store(TSelf row, ref double origin, int offset);

    /// <summary>a b + c.</summary>
    static abstract TSelf MultiplyAdd(TSelf a, TSelf b, TSelf c);

    /// <summary>2^t with a relative error below 1e-10. t is limited to at least -1021, so the result is never 0.</summary>
    static abstract TSelf Exp2(TSelf t);

    /// <summary>Sum over the lanes.</summary>
    static abstract double Sum(TSelf row);
}

/// <summary>2^f for |f| at most 1/2: interpolation at the Chebyshev nodes, degree 7, relative error 5.5e-11.</summary>
internal static class Exp2Polynomial
{
    public const double C0 = 0.9999999999595618;
    public const double C1 = 0.6931471805568324;
    public const double C2 = 0.24022651213498092;
    public const double C3 = 0.055504109063258665;
    public const double C4 = 0.009618025613318034;
    public const double C5 = 0.0013333478473685416;
    public const double C6 = 0.00015469729214118296;
    public const double C7 = 1.5303700711365693e-05;

    /// <summary>Adding and subtracting 1.5 2^52 rounds to an integer, which is then in the low bits of the sum.</summary>
    public const double Rounder = 6755399441055744.0;

    public const double Lowest = -1021;
}

/// <summary>Eight doubles (AVX-512).</summary>
internal readonly struct Lanes512(Vector512<double> row) : ILanes<Lanes512>
{
    private readonly Vector512<double> _row = row;

    public static int Width => 8;

    public static Lanes512 Broadcast(double value) => new(Vector512.Create(value));

    public static Lanes512 Load(ref readonly double origin, int offset) => new(Vector512.LoadUnsafe(in origin, (nuint)offset));

    public static void Store(Lanes512 row, ref double origin, int offset) => row._row.StoreUnsafe(ref origin, (nuint)offset);

    public static Lanes512 MultiplyAdd(Lanes512 a, Lanes512 b, Lanes512 c) => new(Vector512.FusedMultiplyAdd(a._row, b._row, c._row));

    public static double Sum(Lanes512 row) => Vector512.Sum(row._row);

    public static Lanes512 operator +(Lanes512 a, Lanes512 b) => new(a._row + b._row);

    public static Lanes512 operator -(Lanes512 a, Lanes512 b) => new(a._row - b._row);

    public static Lanes512 operator *(Lanes512 a, Lanes512 b) => new(a._row * b._row);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Exp2(Lanes512 t)
    {
        var clamped = Vector512.Max(t._row, Vector512.Create(Exp2Polynomial.Lowest));
        var rounded = clamped + Vector512.Create(Exp2Polynomial.Rounder);
        var f = clamped - (rounded - Vector512.Create(Exp2Polynomial.Rounder));
        var p = Vector512.FusedMultiplyAdd(Vector512.Create(Exp2Polynomial.C7), f, Vector512.Create(Exp2Polynomial.C6));
        p = Vector512.FusedMultiplyAdd(p, f, Vector512.Create(Exp2Polynomial.C5));
        p = Vector512.FusedMultiplyAdd(p, f, Vector512.Create(Exp2Polynomial.C4));
        p = Vector512.FusedMultiplyAdd(p, f, Vector512.Create(Exp2Polynomial.C3));
        p = Vector512.FusedMultiplyAdd(p, f, Vector512.Create(Exp2Polynomial.C2));
        p = Vector512.FusedMultiplyAdd(p, f, Vector512.Create(Exp2Polynomial.C1));
        p = Vector512.FusedMultiplyAdd(p, f, Vector512.Create(Exp2Polynomial.C0));
        return new((p.AsInt64() + (rounded.AsInt64() << 52)).AsDouble());
    }
}

/// <summary>Four doubles (AVX2; emulated without it).</summary>
internal readonly struct Lanes256(Vector256<double> row) : ILanes<Lanes256>
{
    private readonly Vector256<double> _row = row;

    public static int Width => 4;

    public static Lanes256 Broadcast(double value) => new(Vector256.Create(value));

    public static Lanes256 Load(ref readonly double origin, int offset) => new(Vector256.LoadUnsafe(in origin, (nuint)offset));

    public static void Store(Lanes256 row, ref double origin, int offset) => row._row.StoreUnsafe(ref origin, (nuint)offset);

    public static Lanes256 MultiplyAdd(Lanes256 a, Lanes256 b, Lanes256 c) => new(Vector256.FusedMultiplyAdd(a._row, b._row, c._row));

    public static double Sum(Lanes256 row) => Vector256.Sum(row._row);

    public static Lanes256 operator +(Lanes256 a, Lanes256 b) => new(a._row + b._row);

    public static Lanes256 operator -(Lanes256 a, Lanes256 b) => new(a._row - b._row);

    public static Lanes256 operator *(Lanes256 a, Lanes256 b) => new(a._row * b._row);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Exp2(Lanes256 t)
    {
        var clamped = Vector256.Max(t._row, Vector256.Create(Exp2Polynomial.Lowest));
        var rounded = clamped + Vector256.Create(Exp2Polynomial.Rounder);
        var f = clamped - (rounded - Vector256.Create(Exp2Polynomial.Rounder));
        var p = Vector256.FusedMultiplyAdd(Vector256.Create(Exp2Polynomial.C7), f, Vector256.Create(Exp2Polynomial.C6));
        p = Vector256.FusedMultiplyAdd(p, f, Vector256.Create(Exp2Polynomial.C5));
        p = Vector256.FusedMultiplyAdd(p, f, Vector256.Create(Exp2Polynomial.C4));
        p = Vector256.FusedMultiplyAdd(p, f, Vector256.Create(Exp2Polynomial.C3));
        p = Vector256.FusedMultiplyAdd(p, f, Vector256.Create(Exp2Polynomial.C2));
        p = Vector256.FusedMultiplyAdd(p, f, Vector256.Create(Exp2Polynomial.C1));
        p = Vector256.FusedMultiplyAdd(p, f, Vector256.Create(Exp2Polynomial.C0));
        return new((p.AsInt64() + (rounded.AsInt64() << 52)).AsDouble());
    }
}
