using Galatent.Numerics;
using Galatent.Spectra;

namespace Galatent.Networks.Objectives;

/// <summary>Reads the weights of observed spectra from their file.</summary>
public static class PixelWeightFile
{
    /// <summary>Weights of the first spectra (<see cref="ObservedWeights"/>), shape (count, n_wave); null when pixels are not weighted by spectrum.</summary>
    /// <param name="path">The dataset file; <c>/ivar</c> (n, n_wave) in units of normalised flux to the power -2, <c>/mask</c> (n, n_wave), not 0 where a pixel is bad.</param>
    /// <param name="weighting">What to read.</param>
    /// <param name="count">Number of spectra.</param>
    /// <param name="pixels">n_wave.</param>
    /// <exception cref="InputException">The file does not hold what is asked for.</exception>
    public static float[]? Read(string path, PixelWeighting weighting, int count, int pixels)
    {
        if (weighting == PixelWeighting.None)
        {
            return null;
        }
        var mask = SpectrumFile.ReadMask(path, count, pixels);
        var inverseVariance = weighting == PixelWeighting.InverseVariance ? SpectrumFile.ReadInverseVariance(path, count, pixels) : [];
        if (weighting == PixelWeighting.Mask && mask.Length == 0)
        {
            throw new InputException($"'{path}' has no /mask to weight pixels by; leave --pixel-weights out.");
        }
        if (weighting == PixelWeighting.InverseVariance && inverseVariance.Length == 0)
        {
            throw new InputException($"'{path}' has no /ivar to weight pixels by; leave --pixel-weights out, or import the spectra with their inverse variances.");
        }
        return ObservedWeights.Of(inverseVariance, mask, pixels);
    }
}
