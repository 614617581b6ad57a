using System.Globalization;
using Galatent.Explore.Data;

namespace Galatent.Explore.Site;

/// <summary>A column as 16 bits a number, between its least and its largest value: an error of at most 8e-6 of the range.</summary>
internal static class PackedColumn
{
    private const ushort NoValue = ushort.MaxValue;
    private const int Steps = NoValue - 1;

    /// <summary>Packs values; NaN stays NaN.</summary>
    public static byte[] Of(float[] values)
    {
        var known = values.Where(float.IsFinite).DefaultIfEmpty(0).ToArray();
        double low = known.Min();
        var step = (known.Max() - low) / Steps;
        var packed = Array.ConvertAll(values, v => !float.IsFinite(v) ? NoValue
            : step > 0 ? (ushort)Math.Round((v - low) / step)
            : (ushort)0);
        return new TensorFile()
            .Note("low", low.ToString("R", CultureInfo.InvariantCulture))
            .Note("step", step.ToString("R", CultureInfo.InvariantCulture))
            .Add("values", packed)
            .ToBytes();
    }
}
