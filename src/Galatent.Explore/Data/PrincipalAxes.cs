using Galatent.Latents;
using Galatent.Numerics;

namespace Galatent.Explore.Data;

/// <summary>The galaxies along the principal axes of their posterior means, in the dimensions in use.</summary>
internal static class PrincipalAxes
{
    /// <summary>Number of axes.</summary>
    public const int Count = 2;

    /// <summary>Places along each axis, the mean of all galaxies at 0; in the units of the latents.</summary>
    public static float[][] Of(LatentSet latents, int[] inUse)
    {
        var n = inUse.Length;
        double[][] columns = Array.ConvertAll(inUse, latents.MuColumn);
        foreach (var column in columns)
        {
            var mean = SampleMoments.Mean(column);
            for (var i = 0; i < column.Length; i++)
            {
                column[i] -= mean;
            }
        }
        var covariance = new double[n * n];
        for (var a = 0; a < n; a++)
        {
            for (var b = 0; b < n; b++)
            {
                covariance[(a * n) + b] = System.Numerics.Tensors.TensorPrimitives.Dot<double>(columns[a], columns[b]) / latents.Count;
            }
        }
        var (_, vectors) = SymmetricEigenvalues.WithVectors(covariance, n);
        return [.. Enumerable.Range(0, Count).Select(axis => Along(columns, vectors.AsSpan(axis * n, n)))];
    }

    private static float[] Along(double[][] columns, ReadOnlySpan<double> direction)
    {
        // An axis has no sign of its own: its largest part points upwards, so that the picture is always the same.
        var largest = 0;
        for (var d = 1; d < direction.Length; d++)
        {
            largest = Math.Abs(direction[d]) > Math.Abs(direction[largest]) ? d : largest;
        }
        var sign = direction[largest] < 0 ? -1 : 1;
        var places = new float[columns[0].Length];
        for (var i = 0; i < places.Length; i++)
        {
            var sum = 0.0;
            for (var d = 0; d < direction.Length; d++)
            {
                sum += direction[d] * columns[d][i];
            }
            places[i] = (float)(sign * sum);
        }
        return places;
    }
}
