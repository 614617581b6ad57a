using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Galatent.Latents.Mixtures;

/// <summary>
/// The E-step in two dimensions, vectorised. A block of points stays in the first-level cache. Inside a block the loop over components is
/// the outer one, so a component's parameters and its six sums stay in registers.
/// Exponentials are taken to base 2 without subtracting the largest term. A block in which a point has p(x) below 2^-1000 is left to
/// <see cref="ScalarExpectation"/>.
/// </summary>
internal static class PlanarExpectation
{
    private const int Block = 128;
    private const double Underflow = 1e-300;
    private const double Log2E = 1.4426950408889634;

    /// <summary>Adds all points to the moments of a two-dimensional mixture.</summary>
    public static void Accumulate(WeightedPoints points, GaussianMixture mixture, MixtureMoments moments)
    {
        var terms = new double[Block * mixture.ComponentCount];
        Span<double> density = stackalloc double[Block];
        Span<double> logs = stackalloc double[Block];
        for (var from = 0; from < points.Weights.Length; from += Block)
        {
            var length = Math.Min(Block, points.Weights.Length - from);
            Densities(points, from, length, mixture, terms, density);
            if (TensorPrimitives.Min<double>(density[..length]) < Underflow)
            {
                ScalarExpectation.Accumulate(points, from, from + length, mixture, moments);
                continue;
            }
            var weights = points.Weights.AsSpan(from, length);
            TensorPrimitives.Log(density[..length], logs);
            moments.LogLikelihood += TensorPrimitives.Dot<double>(logs[..length], weights);
            TensorPrimitives.Divide(weights, density[..length], density);
            AddMoments(points, from, length, mixture, terms, density, moments);
        }
    }

    /// <summary>Writes ln p of all points (padding included) to the destination, nat.</summary>
    public static void LogDensity(WeightedPoints points, GaussianMixture mixture, Span<double> destination)
    {
        var terms = new double[Block * mixture.ComponentCount];
        for (var from = 0; from < points.Weights.Length; from += Block)
        {
            var length = Math.Min(Block, points.Weights.Length - from);
            var density = destination.Slice(from, length);
            Densities(points, from, length, mixture, terms, density);
            if (TensorPrimitives.Min<double>(density) < Underflow)
            {
                ScalarExpectation.LogDensity(points, from, from + length, mixture, density);
            }
            else
            {
                TensorPrimitives.Log(density, density);
            }
        }
    }

    private static void Densities(
        WeightedPoints points,
        int from,
        int length,
        GaussianMixture mixture,
        Span<double> terms,
        Span<double> density
    )
    {
        density[..length].Clear();
        var x = points.Columns[0].AsSpan(from, length);
        var y = points.Columns[1].AsSpan(from, length);
        for (var k = 0; k < mixture.ComponentCount; k++)
        {
            if (Vector512.IsHardwareAccelerated)
            {
                Terms<Lanes512>(x, y, mixture, k, terms.Slice(k * Block, length), density);
            }
            else
            {
                Terms<Lanes256>(x, y, mixture, k, terms.Slice(k * Block, length), density);
            }
        }
    }

    private static void AddMoments(
        WeightedPoints points,
        int from,
        int length,
        GaussianMixture mixture,
        ReadOnlySpan<double> terms,
        ReadOnlySpan<double> scale,
        MixtureMoments moments
    )
    {
        var x = points.Columns[0].AsSpan(from, length);
        var y = points.Columns[1].AsSpan(from, length);
        for (var k = 0; k < mixture.ComponentCount; k++)
        {
            if (Vector512.IsHardwareAccelerated)
            {
                Moments<Lanes512>(x, y, mixture, k, terms.Slice(k * Block, length), scale, moments);
            }
            else
            {
                Moments<Lanes256>(x, y, mixture, k, terms.Slice(k * Block, length), scale, moments);
            }
        }
    }

    // w_k N_k(x) of one component for a block. It is stored and added to the density as 2^(c - u^2 - v^2), with u and v in units in which
    // the exponent needs no factor.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Terms<T>(
        ReadOnlySpan<double> x,
        ReadOnlySpan<double> y,
        GaussianMixture mixture,
        int k,
        Span<double> terms,
        Span<double> density
    )
        where T : struct, ILanes<T>
    {
        var unit = Math.Sqrt(0.5 * Log2E);
        var mx = T.Broadcast(mixture.Means[2 * k]);
        var my = T.Broadcast(mixture.Means[2 * k + 1]);
        var a = T.Broadcast(unit * mixture.Whiteners[4 * k]);
        var b = T.Broadcast(unit * mixture.Whiteners[4 * k + 2]);
        var c = T.Broadcast(unit * mixture.Whiteners[4 * k + 3]);
        var peak = T.Broadcast(mixture.LogPeaks[k] * Log2E);
        ref var xs = ref MemoryMarshal.GetReference(x);
        ref var ys = ref MemoryMarshal.GetReference(y);
        ref var stored = ref MemoryMarshal.GetReference(terms);
        ref var sum = ref MemoryMarshal.GetReference(density);
        for (var i = 0; i < x.Length; i += T.Width)
        {
            var dx = T.Load(in xs, i) - mx;
            var u = a * dx;
            var v = T.MultiplyAdd(b, dx, c * (T.Load(in ys, i) - my));
            var term = T.Exp2(peak - T.MultiplyAdd(u, u, v * v));
            T.Store(term, ref stored, i);
            T.Store(T.Load(in sum, i) + term, ref sum, i);
        }
    }

    // The six sums of one component over a block. They are summed in x - m and converted to whitened coordinates at the end, which saves
    // three products per point. Scale holds weight / density.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Moments<T>(
        ReadOnlySpan<double> x,
        ReadOnlySpan<double> y,
        GaussianMixture mixture,
        int k,
        ReadOnlySpan<double> terms,
        ReadOnlySpan<double> scale,
        MixtureMoments moments
    )
        where T : struct, ILanes<T>
    {
        var mx = T.Broadcast(mixture.Means[2 * k]);
        var my = T.Broadcast(mixture.Means[2 * k + 1]);
        T mass = default;
        T sx = default;
        T sy = default;
        T sxx = default;
        T sxy = default;
        T syy = default;
        ref var xs = ref MemoryMarshal.GetReference(x);
        ref var ys = ref MemoryMarshal.GetReference(y);
        ref var stored = ref MemoryMarshal.GetReference(terms);
        ref var scales = ref MemoryMarshal.GetReference(scale);
        for (var i = 0; i < x.Length; i += T.Width)
        {
            var r = T.Load(in stored, i) * T.Load(in scales, i);
            var dx = T.Load(in xs, i) - mx;
            var dy = T.Load(in ys, i) - my;
            var rx = r * dx;
            var ry = r * dy;
            mass += r;
            sx += rx;
            sy += ry;
            sxx = T.MultiplyAdd(rx, dx, sxx);
            sxy = T.MultiplyAdd(rx, dy, sxy);
            syy = T.MultiplyAdd(ry, dy, syy);
        }
        var a = mixture.Whiteners[4 * k];
        var b = mixture.Whiteners[4 * k + 2];
        var c = mixture.Whiteners[4 * k + 3];
        var x1 = T.Sum(sx);
        var y1 = T.Sum(sy);
        var xx = T.Sum(sxx);
        var xy = T.Sum(sxy);
        var yy = T.Sum(syy);
        moments.Mass[k] += T.Sum(mass);
        moments.First[2 * k] += a * x1;
        moments.First[2 * k + 1] += b * x1 + c * y1;
        moments.Second[4 * k] += a * a * xx;
        moments.Second[4 * k + 2] += a * (b * xx + c * xy);
        moments.Second[4 * k + 3] += b * b * xx + 2 * b * c * xy + c * c * yy;
    }
}
