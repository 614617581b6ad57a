using System.Globalization;

namespace Galatent.Surveys.Preparation;

/// <summary>
/// Brings a spectrum to a coarser resolution: each pixel becomes a mean of its surroundings with Gaussian weights K of
/// sigma² = target² - own², Σ K = 1, over good pixels. Its inverse variance is min(1/Σ K² var, Σ K ivar): neighbours share data
/// afterwards, and 1/Σ K² var would count them more than once. Nothing is made sharper.
/// </summary>
internal static class CommonResolution
{
    /// <summary>Full width at half maximum of a Gaussian with sigma = 1.</summary>
    public static readonly double FwhmPerSigma = 2 * Math.Sqrt(2 * Math.Log(2));

    // A Gaussian of less than 0.6 pixels, taken at the centres of pixels, would be too narrow. Three weights have the exact variance.
    private const double LeastSampledSigma = 0.6;
    private const double MostSigmas = 4;

    // A measured width has an error of about this share.
    private const double Tolerance = 0.01;

    // Less of the weights on good pixels says little about the place between them.
    private const double LeastWeight = 0.5;

    /// <summary>Convolves a spectrum. Pixels that are coarser than asked for become bad.</summary>
    /// <param name="rest">Wavelengths at rest, Å, ascending.</param>
    /// <param name="sigma">Standard deviation of the line-spread function at rest, Å; afterwards that of the result.</param>
    /// <param name="fwhm">Full width at half maximum to reach, Å at rest.</param>
    /// <param name="mask">0 for good pixels.</param>
    /// <param name="flux">Flux.</param>
    /// <param name="ivar">Inverse variance.</param>
    /// <returns>Why it cannot be done; null where it was done.</returns>
    public static (string Reason, string Detail)? Apply(
        double[] rest,
        ref double[] sigma,
        double fwhm,
        PixelMask[] mask,
        ref double[] flux,
        ref double[] ivar
    )
    {
        if (sigma.Length != rest.Length)
        {
            return (Reason.NoResolution, "");
        }
        var target = fwhm / FwhmPerSigma;
        var own = sigma;
        var good = Enumerable.Range(0, rest.Length).Where(i => mask[i] == PixelMask.None).ToArray();
        bool IsFine(int i) => own[i] > 0 && own[i] <= target * (1 + Tolerance);
        var coarse = Array.FindAll(good, i => !IsFine(i));
        if (2 * coarse.Length > good.Length)
        {
            var widest = coarse.Max(i => own[i]) * FwhmPerSigma;
            return double.IsNaN(widest)
                ? (Reason.NoResolution, "")
                : (Reason.TooCoarse, string.Create(CultureInfo.InvariantCulture, $"full width up to {widest:G3} Å at rest"));
        }
        Mark(mask, coarse);
        var (low, high) = PixelEdges.Of(rest);
        var newFlux = new double[flux.Length];
        var newIvar = new double[flux.Length];
        var alone = new List<int>();
        foreach (var i in good.Where(IsFine))
        {
            var width = Math.Sqrt(Math.Max(0, (target * target) - (own[i] * own[i])));
            if (!Mean(i, width, rest, low, high, mask, flux, ivar, out newFlux[i], out newIvar[i]))
            {
                alone.Add(i);
            }
        }
        Mark(mask, alone);
        (flux, ivar) = (newFlux, newIvar);
        sigma = Array.ConvertAll(own, s => s > target ? s : target);
        return null;
    }

    private static void Mark(PixelMask[] mask, IReadOnlyList<int> places)
    {
        foreach (var i in places)
        {
            mask[i] |= PixelMask.NoCoverage;
        }
    }

    private static bool Mean(
        int i,
        double width,
        double[] rest,
        double[] low,
        double[] high,
        PixelMask[] mask,
        double[] flux,
        double[] ivar,
        out double mean,
        out double information
    )
    {
        var pixel = high[i] - low[i];
        var isNarrow = width < LeastSampledSigma * pixel;
        var reach = isNarrow ? 1.5 * pixel : MostSigmas * width;
        var side = 0.5 * width * width / (pixel * pixel);
        var total = 0.0;
        var weight = 0.0;
        var sum = 0.0;
        var variance = 0.0;
        var shared = 0.0;
        void Add(int j)
        {
            var distance = (rest[j] - rest[i]) / width;
            var w =
                !isNarrow ? Math.Exp(-0.5 * distance * distance) * (high[j] - low[j])
                : j == i ? 1 - (2 * side)
                : side;
            total += w;
            if (mask[j] == PixelMask.None)
            {
                weight += w;
                sum += w * flux[j];
                variance += w * w / ivar[j];
                shared += w * ivar[j];
            }
        }
        Add(i);
        for (var j = i - 1; j >= 0 && rest[i] - rest[j] < reach; j--)
        {
            Add(j);
        }
        for (var j = i + 1; j < rest.Length && rest[j] - rest[i] < reach; j++)
        {
            Add(j);
        }
        mean = sum / weight;
        information = Math.Min(weight * weight / variance, shared / weight);
        return weight >= LeastWeight * total && double.IsFinite(mean) && information > 0 && double.IsFinite(information);
    }
}
