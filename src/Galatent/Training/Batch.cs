using System.Numerics.Tensors;
using Galatent.Numerics;
using Galatent.Spectra;

namespace Galatent.Training;

/// <summary>Which spectra and which noise an update sees: pure functions of seed, epoch and step, so that a run can go on anywhere.</summary>
internal static class Batch
{
    /// <summary>The order of the training rows in an epoch; stream "order".</summary>
    public static int[] Order(int[] training, ulong seed, int epoch)
    {
        var order = training.AsSpan().ToArray();
        var stream = new RandomStream(seed, "order", (ulong)epoch);
        stream.Shuffle(order.AsSpan());
        return order;
    }

    /// <summary>Copies rows side by side, shape (rows.Length, n_wave).</summary>
    public static void Gather(SpectrumSet spectra, ReadOnlySpan<int> rows, Span<float> flux)
    {
        var pixels = spectra.Grid.Count;
        for (var i = 0; i < rows.Length; i++)
        {
            spectra[rows[i]].CopyTo(flux[(i * pixels)..]);
        }
    }

    /// <summary>Standard normal deviates of an update; stream "epsilon".</summary>
    public static void Noise(ulong seed, int epoch, int step, Span<float> epsilon)
    {
        var stream = new RandomStream(seed, "epsilon", ((ulong)epoch << 32) | (uint)step);
        for (var i = 0; i < epsilon.Length; i++)
        {
            epsilon[i] = (float)stream.NextNormal();
        }
    }

    /// <summary>Mean flux of each pixel over some rows, accumulated in double.</summary>
    public static float[] MeanSpectrum(SpectrumSet spectra, int[] rows)
    {
        var (sum, row) = (new double[spectra.Grid.Count], new double[spectra.Grid.Count]);
        foreach (var i in rows)
        {
            TensorPrimitives.ConvertChecked(spectra[i], row.AsSpan());
            TensorPrimitives.Add(sum, row, sum);
        }
        return Array.ConvertAll(sum, s => (float)(s / rows.Length));
    }
}
