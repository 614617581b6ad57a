using Galatent.Numerics;

namespace Galatent.Surveys.Preparation;

/// <summary>Finds the pixels of a spectrum that must not count. All limits are relative, so that units do not matter. Negative flux is
/// data.</summary>
internal static class PixelCleaning
{
    private const double LeastInverseVariance = 1e-6;
    private const double MostMedians = 1e4;
    private const int MostEqual = 10;
    private const int MostZeros = 3;

    /// <summary>The mask of a spectrum.</summary>
    /// <param name="spectrum">The spectrum as read.</param>
    /// <param name="observedAngstrom">Its wavelengths, observed frame, vacuum.</param>
    /// <param name="options">What is masked besides.</param>
    public static PixelMask[] Mask(ObservedSpectrum spectrum, double[] observedAngstrom, SurveyOptions options)
    {
        var mask = new PixelMask[spectrum.Count];
        for (var i = 0; i < mask.Length; i++)
        {
            var isGood =
                !(spectrum.IsBad.Length > 0 && spectrum.IsBad[i])
                && double.IsFinite(spectrum.Flux[i])
                && spectrum.InverseVariance[i] > 0
                && double.IsFinite(spectrum.InverseVariance[i]);
            mask[i] = isGood ? PixelMask.None : PixelMask.BadInSurvey;
        }
        MarkAbsurd(spectrum, mask);
        MarkRuns(spectrum.Flux, mask);
        Mark(mask, observedAngstrom, SkyRanges.Lines(options.Sky), PixelMask.SkyLine);
        Mark(mask, observedAngstrom, options.Telluric ?? spectrum.HasTelluric ? SkyRanges.Telluric : [], PixelMask.Telluric);
        Mark(mask, observedAngstrom, options.MaskRanges, PixelMask.BadInSurvey);
        return mask;
    }

    private static void Mark(
        PixelMask[] mask,
        double[] wavelength,
        IReadOnlyList<(double LowAngstrom, double HighAngstrom)> ranges,
        PixelMask bit
    )
    {
        for (var i = 0; i < mask.Length && ranges.Count > 0; i++)
        {
            foreach (var (low, high) in ranges)
            {
                mask[i] |= wavelength[i] >= low && wavelength[i] <= high ? bit : 0;
            }
        }
    }

    private static void MarkAbsurd(ObservedSpectrum spectrum, PixelMask[] mask)
    {
        var good = Enumerable.Range(0, mask.Length).Where(i => mask[i] == PixelMask.None).ToArray();
        if (good.Length == 0)
        {
            return;
        }
        var weight = SampleMoments.Median(Array.ConvertAll(good, i => spectrum.InverseVariance[i]));
        var typical = SampleMoments.Median(Array.ConvertAll(good, i => Math.Abs(spectrum.Flux[i])));
        foreach (var i in good)
        {
            var isAbsurd =
                spectrum.InverseVariance[i] <= LeastInverseVariance * weight
                || (typical > 0 && Math.Abs(spectrum.Flux[i]) > MostMedians * typical);
            mask[i] |= isAbsurd ? PixelMask.Absurd : 0;
        }
    }

    // Stretches that were filled with one number.
    private static void MarkRuns(double[] flux, PixelMask[] mask)
    {
        for (var start = 0; start < flux.Length; )
        {
            var end = start + 1;
            while (end < flux.Length && flux[end] == flux[start])
            {
                end++;
            }
            if (end - start >= (flux[start] == 0 ? MostZeros : MostEqual))
            {
                for (var i = start; i < end; i++)
                {
                    mask[i] |= mask[i] == PixelMask.None ? PixelMask.Absurd : 0;
                }
            }
            start = end;
        }
    }
}
