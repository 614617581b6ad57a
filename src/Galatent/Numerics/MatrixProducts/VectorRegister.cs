using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Galatent.Numerics.MatrixProducts;

/// <summary>The few vector operations that the tile kernels need, so that one kernel body serves every register width without a virtual
/// call.</summary>
/// <typeparam name="TVector">The register: <c>Vector512&lt;float&gt;</c> or <c>Vector&lt;float&gt;</c>.</typeparam>
internal unsafe interface IVectorRegister<TVector>
    where TVector : struct
{
    static abstract int Count { get; }

    static abstract TVector Load(float* source);

    static abstract void Store(TVector value, float* target);

    static abstract TVector Fill(float value);

    static abstract TVector Add(TVector a, TVector b);

    static abstract TVector Multiply(TVector a, TVector b);

    static abstract TVector MultiplyAdd(TVector a, TVector b, TVector c);

    /// <summary><paramref name="positive"/> where the sign vector is above zero, else <paramref name="other"/>.</summary>
    static abstract TVector SelectByPositive(TVector sign, TVector positive, TVector other);
}

/// <summary>Sixteen floats: AVX-512.</summary>
internal readonly unsafe struct Register512 : IVectorRegister<Vector512<float>>
{
    public static int Count => 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(float* source) => Vector512.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<float> value, float* target) => value.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Fill(float value) => Vector512.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Add(Vector512<float> a, Vector512<float> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Multiply(Vector512<float> a, Vector512<float> b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> MultiplyAdd(Vector512<float> a, Vector512<float> b, Vector512<float> c) =>
        Vector512.FusedMultiplyAdd(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> SelectByPositive(Vector512<float> sign, Vector512<float> positive, Vector512<float> other) =>
        Vector512.ConditionalSelect(Vector512.GreaterThan(sign, Vector512<float>.Zero), positive, other);
}

/// <summary>Whatever the machine has: eight floats with AVX2, four with SSE or NEON, and a scalar loop where there is nothing.</summary>
internal readonly unsafe struct RegisterNative : IVectorRegister<Vector<float>>
{
    public static int Count => Vector<float>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Load(float* source) => Unsafe.ReadUnaligned<Vector<float>>(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector<float> value, float* target) => Unsafe.WriteUnaligned(target, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Fill(float value) => new(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Add(Vector<float> a, Vector<float> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Multiply(Vector<float> a, Vector<float> b) => a * b;

    // Fused where the machine has it, else a product and a sum: exact fusing in software would cost a hundred times as much.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> MultiplyAdd(Vector<float> a, Vector<float> b, Vector<float> c) => Vector.MultiplyAddEstimate(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> SelectByPositive(Vector<float> sign, Vector<float> positive, Vector<float> other) =>
        Vector.ConditionalSelect(Vector.GreaterThan(sign, Vector<float>.Zero), positive, other);
}
