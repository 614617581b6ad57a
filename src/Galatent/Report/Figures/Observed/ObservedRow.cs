namespace Galatent.Report.Figures.Observed;

/// <summary>One imported spectrum.</summary>
/// <param name="Row">Its row in the file, from 0.</param>
/// <param name="Flux">Normalised flux, shape (n_wave); 0 in bad pixels.</param>
/// <param name="InverseVariance">1/sigma² of the normalised flux; 0 in bad pixels. All 0 when the file has none.</param>
/// <param name="Mask">0 for a good pixel, else bits of <see cref="Surveys.PixelMask"/>.</param>
internal sealed record ObservedRow(int Row, float[] Flux, float[] InverseVariance, byte[] Mask)
{
    /// <summary>The first good pixel, and the one after the last; (0, 0) without any.</summary>
    public (int First, int End) GoodRange { get; } =
        Array.IndexOf(Mask, (byte)0) is >= 0 and var first ? (first, Array.LastIndexOf(Mask, (byte)0) + 1) : (0, 0);

    /// <summary>The flux with NaN in bad pixels, as lines are drawn.</summary>
    public double[] GoodFlux() => [.. Flux.Select((f, j) => Mask[j] == 0 ? f : double.NaN)];

    /// <summary>Standard deviation of the pixels; NaN in bad pixels and where nothing is known.</summary>
    public double[] Error() => [.. InverseVariance.Select((v, j) => Mask[j] == 0 && v > 0 ? 1 / Math.Sqrt(v) : double.NaN)];
}
