using Galatent.Networks.Weighting;
using Galatent.Numerics;
using Galatent.Spectra;

namespace Galatent.Training;

/// <summary>Changes spectra of a batch (<see cref="AugmentationOptions"/>). What happens to a row depends on seed, epoch, step and its
/// place in the batch alone, so a run can be resumed anywhere and divided among processes.</summary>
/// <param name="options">What is done.</param>
/// <param name="weights">Weights of all spectra, by which their bad pixels are known.</param>
/// <param name="training">Rows whose masks are lent; those that judge stay unknown.</param>
/// <param name="seed">Root seed; stream "augmentation".</param>
/// <param name="grid">Rest wavelengths.</param>
internal sealed class Augmentation(AugmentationOptions options, PixelWeightSource weights, int[] training, ulong seed, WavelengthGrid grid)
{
    // With fewer good pixels left, a spectrum keeps its own mask.
    private const double LeastShareLeft = 0.25;

    /// <summary>Changes one spectrum.</summary>
    /// <param name="epoch">From 1.</param>
    /// <param name="step">Update within the epoch.</param>
    /// <param name="place">Place in the whole batch.</param>
    /// <param name="flux">Shape (n_wave); more noise in good pixels.</param>
    /// <param name="ivar">Inverse variances, same shape; 0 in more pixels, and lower.</param>
    public void Apply(int epoch, int step, int place, Span<float> flux, Span<float> ivar)
    {
        // 2^20 epochs, 2^28 steps, 2^16 spectra of a batch.
        var stream = new RandomStream(seed, "augmentation", ((ulong)epoch << 44) | ((ulong)step << 16) | (uint)place);
        var (mask, cut, raised) = (stream.NextDouble(), stream.NextDouble(), stream.NextDouble());
        var (lender, range) = (training[stream.NextInt(training.Length)], training[stream.NextInt(training.Length)]);
        if (mask < options.MaskShare)
        {
            HideLike(lender, ivar, onlyEnds: false);
        }
        if (cut < options.CoverageShare)
        {
            HideLike(range, ivar, onlyEnds: true);
        }
        if (options.NoiseFactor > 1)
        {
            AddNoise(Math.Pow(options.NoiseFactor, raised), flux, ivar, ref stream);
        }
        if (options.WindowShare > 0 && stream.NextDouble() < options.WindowShare)
        {
            var redshift = SurveyWindow.LargestRedshift * stream.NextDouble();
            Hide(ivar, i => !SurveyWindow.Shows(grid.WavelengthAngstrom[i], redshift));
        }
    }

    private void HideLike(int lender, Span<float> ivar, bool onlyEnds)
    {
        var other = new float[ivar.Length];
        weights.Read([lender], other);
        var first = other.AsSpan().IndexOfAnyExcept(0f);
        var last = other.AsSpan().LastIndexOfAnyExcept(0f);
        Hide(ivar, i => onlyEnds ? i < first || i > last : !(other[i] > 0));
    }

    private static void Hide(Span<float> ivar, Func<int, bool> isHidden)
    {
        var (good, left) = (0, 0);
        for (var i = 0; i < ivar.Length; i++)
        {
            good += ivar[i] > 0 ? 1 : 0;
            left += ivar[i] > 0 && !isHidden(i) ? 1 : 0;
        }
        for (var i = 0; i < ivar.Length && left >= Math.Max(1, LeastShareLeft * good); i++)
        {
            ivar[i] = isHidden(i) ? 0 : ivar[i];
        }
    }

    // From variance v to u v: noise of (u - 1) v on top.
    private static void AddNoise(double factor, Span<float> flux, Span<float> ivar, ref RandomStream stream)
    {
        for (var i = 0; i < flux.Length; i++)
        {
            if (ivar[i] > 0)
            {
                flux[i] += (float)(Math.Sqrt((factor - 1) / ivar[i]) * stream.NextNormal());
                ivar[i] = (float)(ivar[i] / factor);
            }
        }
    }
}
