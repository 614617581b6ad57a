using System.Globalization;
using Galatent.Numerics;
using Galatent.Spectra;

namespace Galatent.Surveys.Preparation;

/// <summary>
/// From an observed spectrum to the pixels of a grid: bad pixels, medium, dust of our galaxy, rest frame, means over cells, flux per hertz,
/// normalisation. Constants like 1 + z go with the normalisation.
/// </summary>
internal static class SpectrumPreparation
{
    private const int LeastPixels = 50;
    private const double SpeedOfLightAngstromPerSecond = 2.99792458e18;
    private const double LsfAngstrom = 5250;

    // Standard error of a median is 1.25 times that of a mean; three of them.
    private const double LeastWindowErrors = 3 * 1.25;

    /// <summary>Prepares a spectrum. Its redshift must be known.</summary>
    public static PreparedSpectrum Of(ObservedSpectrum spectrum, SurveyOptions options)
    {
        var result = new PreparedSpectrum();
        if (spectrum.Count < LeastPixels)
        {
            return Dropped(result, Reason.TooShort, $"{spectrum.Count} pixels");
        }
        var z = spectrum.Redshift;
        var stretch = 1 + z;
        var (own, observed, rest, isRest) = SpectrumFrames.Of(spectrum, options);
        var mask = PixelCleaning.Mask(spectrum, observed, options);
        CountBad(mask, result);
        if (!mask.Contains(PixelMask.None))
        {
            return Dropped(result, Reason.NoGoodPixel, "");
        }
        var (flux, ivar) = PerAngstrom(spectrum, observed);
        result.Ebv = options.Deredden && !isRest && spectrum.Ebv is >= 0 and < 10 ? spectrum.Ebv : double.NaN;
        if (result.Ebv > 0)
        {
            ForegroundDust.Remove(observed, result.Ebv, flux, ivar);
        }
        MarkUnusable(mask, flux, ivar);
        if (!mask.Contains(PixelMask.None))
        {
            return Dropped(result, Reason.NoGoodPixel, "");
        }
        // Widths are stated in the frame of the wavelengths.
        var sigma = isRest ? spectrum.LsfSigmaAngstrom : Array.ConvertAll(spectrum.LsfSigmaAngstrom, s => s / stretch);
        if (
            options.ResolutionFwhmAngstrom is { } fwhm
            && CommonResolution.Apply(rest, ref sigma, fwhm, mask, ref flux, ref ivar) is { } refusal
        )
        {
            return Dropped(result, refusal.Reason, refusal.Detail);
        }
        Measure(result, sigma, observed, rest, mask, flux, ivar);
        result.RestRemark = isRest ? null : RestFrameCheck.Remark(own, z, flux, mask);
        var grid = options.Grid;
        var (low, high) = PixelEdges.Of(rest);
        var means = CellMeans.Of(low, high, flux, ivar, mask, grid.CellEdgeAngstrom);
        // Cells get f_nu = f_lambda lambda² / c of the observed frame.
        for (var j = 0; j < grid.Count; j++)
        {
            var toPerHertz = Math.Pow(grid.WavelengthAngstrom[j] * stretch, 2) / SpeedOfLightAngstromPerSecond;
            means.Flux[j] *= toPerHertz;
            means.InverseVariance[j] /= toPerHertz * toPerHertz;
            means.Variance[j] *= toPerHertz * toPerHertz;
        }
        return Normalise(result, means, options);
    }

    private static PreparedSpectrum Dropped(PreparedSpectrum result, string reason, string detail)
    {
        (result.Outcome, result.Detail) = (reason, detail);
        return result;
    }

    // Flux in erg/s/cm²/Å where the unit is known.
    private static (double[] Flux, double[] InverseVariance) PerAngstrom(ObservedSpectrum spectrum, double[] observed)
    {
        var flux = new double[spectrum.Count];
        var ivar = new double[spectrum.Count];
        for (var i = 0; i < flux.Length; i++)
        {
            var factor = spectrum.Scale.Factor;
            if (spectrum.Scale.IsPerHertz)
            {
                factor *= SpeedOfLightAngstromPerSecond / (observed[i] * observed[i]);
            }
            flux[i] = spectrum.Flux[i] * factor;
            ivar[i] = spectrum.InverseVariance[i] / (factor * factor);
        }
        return (flux, ivar);
    }

    // Extreme units and extinctions can leave the range of a double.
    private static void MarkUnusable(PixelMask[] mask, double[] flux, double[] ivar)
    {
        for (var i = 0; i < mask.Length; i++)
        {
            var isUsable = double.IsFinite(flux[i]) && ivar[i] > 0 && double.IsFinite(ivar[i]) && double.IsFinite(1 / ivar[i]);
            mask[i] |= mask[i] == PixelMask.None && !isUsable ? PixelMask.Absurd : 0;
        }
    }

    private static void CountBad(PixelMask[] mask, PreparedSpectrum result)
    {
        PixelMask[] kinds = [PixelMask.BadInSurvey, PixelMask.SkyLine, PixelMask.Telluric, PixelMask.Absurd];
        for (var k = 0; k < kinds.Length; k++)
        {
            result.BadPixels[k] = mask.Count(m => m.HasFlag(kinds[k]));
        }
    }

    private static void Measure(
        PreparedSpectrum result,
        double[] sigma,
        double[] observed,
        double[] rest,
        PixelMask[] mask,
        double[] flux,
        double[] ivar
    )
    {
        var (low, high) = PixelEdges.Of(observed);
        var good = Enumerable.Range(0, mask.Length).Where(i => mask[i] == PixelMask.None).ToArray();
        // Pixels differ between surveys, ångström do not.
        result.SignalToNoise = SampleMoments.Median(Array.ConvertAll(good, i => flux[i] * Math.Sqrt(ivar[i] / (high[i] - low[i]))));
        var window = MedianNormalization.Study;
        result.WindowPixels = good.Count(i => rest[i] >= window.LowAngstrom && rest[i] <= window.HighAngstrom);
        if (sigma.Length == rest.Length && rest[0] <= LsfAngstrom && rest[^1] >= LsfAngstrom)
        {
            var own = sigma[WavelengthGrid.LowerBound(rest, LsfAngstrom)];
            result.LsfFwhmRestAngstrom = own > 0 && double.IsFinite(own) ? CommonResolution.FwhmPerSigma * own : double.NaN;
        }
    }

    private static PreparedSpectrum Normalise(PreparedSpectrum result, CellMeans means, SurveyOptions options)
    {
        var grid = options.Grid;
        var good = Enumerable.Range(0, grid.Count).Where(j => means.Mask[j] == PixelMask.None).ToArray();
        result.Coverage = (double)good.Length / grid.Count;
        var window = MedianNormalization.Study;
        var (first, end) = grid.Range(window.LowAngstrom, window.HighAngstrom);
        var inside = Array.FindAll(good, j => j >= first && j < end);
        if (end <= first || 2 * inside.Length < end - first)
        {
            var typical = SampleMoments.Median(Array.ConvertAll(good, j => Math.Abs(means.Flux[j])));
            if (options.UseFallbackWindow && typical > 0)
            {
                result.NormKind = PreparedSpectrum.Provisional;
                return Divide(result, means, good, typical);
            }
            return Dropped(
                result,
                Reason.NoWindow,
                string.Create(CultureInfo.InvariantCulture, $"{inside.Length} of {end - first} pixels at 5000-5500 Å are good")
            );
        }
        var median = SampleMoments.Median(Array.ConvertAll(inside, j => means.Flux[j]));
        var noise = Math.Sqrt(inside.Average(j => 1 / means.InverseVariance[j]));
        if (!(median > LeastWindowErrors * noise / Math.Sqrt(inside.Length)) || !double.IsFinite(median))
        {
            return Dropped(
                result,
                Reason.FaintWindow,
                string.Create(CultureInfo.InvariantCulture, $"median {median:G4} with a pixel noise of {noise:G4}")
            );
        }
        return Divide(result, means, good, median);
    }

    private static PreparedSpectrum Divide(PreparedSpectrum result, CellMeans means, int[] good, double median)
    {
        result.Norm = median;
        result.Flux = new float[means.Flux.Length];
        result.InverseVariance = new float[means.Flux.Length];
        result.Mask = Array.ConvertAll(means.Mask, m => (byte)m);
        var expected = 0.0;
        foreach (var j in good)
        {
            // Every number stays finite as a float32.
            result.Flux[j] = (float)(means.Flux[j] / median);
            result.InverseVariance[j] = (float)Math.Min(means.InverseVariance[j] * median * median, float.MaxValue);
            expected += means.InverseVariance[j] * means.Variance[j];
        }
        result.ExpectedChiSquare = expected / good.Length;
        return result;
    }
}
