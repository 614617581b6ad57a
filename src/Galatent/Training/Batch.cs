using Galatent.Numerics;

namespace Galatent.Training;

/// <summary>Which spectra and which noise an update uses. Both depend on seed, epoch and step only, so a run can be resumed
/// anywhere.</summary>
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

    /// <summary>Standard normal deviates of an update; stream "epsilon".</summary>
    public static void Noise(ulong seed, int epoch, int step, Span<float> epsilon)
    {
        var stream = new RandomStream(seed, "epsilon", ((ulong)epoch << 32) | (uint)step);
        for (var i = 0; i < epsilon.Length; i++)
        {
            epsilon[i] = (float)stream.NextNormal();
        }
    }
}
