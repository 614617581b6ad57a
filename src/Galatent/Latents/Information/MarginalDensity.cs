using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Galatent.Latents.Mixtures;

namespace Galatent.Latents.Information;

/// <summary>ln p of a one-dimensional mixture at many points, vectorised over the points.</summary>
internal static class MarginalDensity
{
    private const double Log2E = 1.4426950408889634;
    private const double Underflow = 1e-300;

    /// <summary>ln p at the first <paramref name="count"/> values, nat.</summary>
    /// <param name="values">Padded like the arrays of <see cref="WeightedPoints"/>.</param>
    /// <param name="count">Number of values without padding.</param>
    /// <param name="mixture">One-dimensional.</param>
    public static double[] Log(double[] values, int count, GaussianMixture mixture)
    {
        var density = new double[values.Length];
        for (var k = 0; k < mixture.ComponentCount; k++)
        {
            if (Vector512.IsHardwareAccelerated)
            {
                Add<Lanes512>(values, mixture, k, density);
            }
            else
            {
                Add<Lanes256>(values, mixture, k, density);
            }
        }
        if (TensorPrimitives.Min<double>(density) < Underflow)
        {
            for (var i = 0; i < count; i++)
            {
                density[i] = mixture.LogDensity(values.AsSpan(i, 1));
            }
            return density[..count];
        }
        TensorPrimitives.Log<double>(density, density);
        return density[..count];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add<T>(double[] values, GaussianMixture mixture, int k, double[] density)
        where T : struct, ILanes<T>
    {
        var mean = T.Broadcast(mixture.Means[k]);
        var scale = T.Broadcast(Math.Sqrt(0.5 * Log2E) * mixture.Whiteners[k]);
        var peak = T.Broadcast(mixture.LogPeaks[k] * Log2E);
        ref var value = ref MemoryMarshal.GetArrayDataReference(values);
        ref var sum = ref MemoryMarshal.GetArrayDataReference(density);
        for (var i = 0; i < values.Length; i += T.Width)
        {
            var u = scale * (T.Load(in value, i) - mean);
            T.Store(T.Load(in sum, i) + T.Exp2(peak - u * u), ref sum, i);
        }
    }
}
