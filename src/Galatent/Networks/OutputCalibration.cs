using System.Numerics.Tensors;
using Galatent.Numerics;

namespace Galatent.Networks;

/// <summary>
/// A gain and an offset for every pixel of the decoder: x' = gain (convolutions(z) + W z + mean spectrum) + offset. They are the least
/// squares of the training spectra on what the trained decoder makes of them, so no pixel is worse than the mean spectrum there. The
/// convolutions share their weights among pixels, and cannot do this.
/// </summary>
/// <param name="Gain">Shape (n_wave), dimensionless.</param>
/// <param name="Offset">Shape (n_wave), normalised flux.</param>
public sealed record OutputCalibration(float[] Gain, float[] Offset)
{
    /// <summary>One that changes nothing.</summary>
    /// <param name="pixels">n_wave.</param>
    public static OutputCalibration None(int pixels) => new([.. Enumerable.Repeat(1f, pixels)], new float[pixels]);

    /// <summary>The one of the first process, in every process.</summary>
    internal OutputCalibration FromFirst(ProcessGroup processes)
    {
        int[] starts = [0, .. Enumerable.Repeat(Gain.Length, processes.Size)];
        processes.AllGather<float>(Gain, starts);
        processes.AllGather<float>(Offset, starts);
        return this;
    }

    /// <summary>Calibrates whole spectra in place.</summary>
    internal void Apply(Span<float> flux)
    {
        for (var start = 0; start < flux.Length; start += Gain.Length)
        {
            var row = flux.Slice(start, Gain.Length);
            TensorPrimitives.MultiplyAdd(row, Gain, Offset, row);
        }
    }

    /// <summary>The mean spectrum as it stands after the calibration: gain mean + offset.</summary>
    internal float[] Calibrated(float[] mean)
    {
        var flux = mean.ToArray();
        Apply(flux);
        return flux;
    }
}
