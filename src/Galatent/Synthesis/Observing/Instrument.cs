using System.Numerics;
using Galatent.Numerics;
using Galatent.Spectra;
using Galatent.Synthesis.Stars;

namespace Galatent.Synthesis.Observing;

/// <summary>The effects of a spectrograph; none by default.</summary>
public sealed record InstrumentOptions
{
    /// <summary>Resolving power R = wavelength / full width at half maximum; null leaves the resolution unchanged.</summary>
    public ResponseCurve? ResolvingPower { get; init; }

    /// <summary>Full width at half maximum, Å, as an alternative to <see cref="ResolvingPower"/>.</summary>
    public ResponseCurve? FullWidthAngstrom { get; init; }

    /// <summary>Flux / standard deviation of the noise, in every pixel; null for no noise.</summary>
    public ResponseCurve? SignalToNoise { get; init; }

    /// <summary>Standard deviation of the noise in units of the median of the normalisation window (e.g. sky noise), as an alternative to
    /// <see cref="SignalToNoise"/>.</summary>
    public ResponseCurve? NoiseSigma { get; init; }

    /// <summary>Whether noise is added.</summary>
    public bool HasNoise => SignalToNoise is not null || NoiseSigma is not null;

    /// <summary>A description in words, for the file; empty when the instrument does nothing.</summary>
    public string Description =>
        string.Join(
            "; ",
            new[] { ResolvingPower, FullWidthAngstrom, SignalToNoise, NoiseSigma }.OfType<ResponseCurve>().Select(c => c.Name)
        );

    /// <summary>Throws when resolution or noise is given twice.</summary>
    public void Validate()
    {
        if ((ResolvingPower is not null && FullWidthAngstrom is not null) || (SignalToNoise is not null && NoiseSigma is not null))
        {
            throw new InputException(
                "An instrument has one resolution (R or ångström) and one noise (S/N or a curve); " + "give one of each."
            );
        }
    }
}

/// <summary>
/// An instrument on one grid. Its line-spread function is a Gaussian in wavelength whose width changes from pixel to pixel. It acts on the
/// whole spectrum, in addition to the resolution of the stellar library (2.5 Å full width from 3540 to 7350 Å) and the widths of the
/// lines. Noise is Gaussian and independent between pixels.
/// </summary>
internal sealed class Instrument
{
    private static readonly double FullWidthPerSigma = 2 * Math.Sqrt(2 * Math.Log(2));

    private readonly (int First, double[] Weights)[]? _spread;
    private readonly double[]? _signalToNoise;
    private readonly double[]? _sigma;

    /// <param name="grid">The pixels.</param>
    /// <param name="options">Resolution and noise.</param>
    /// <exception cref="InputException">A curve does not cover the grid.</exception>
    public Instrument(WavelengthGrid grid, InstrumentOptions options)
    {
        options.Validate();
        var wavelength = grid.WavelengthAngstrom;
        var width = options.FullWidthAngstrom?.On(grid) ?? options.ResolvingPower?.On(grid).Select((r, i) => wavelength[i] / r).ToArray();
        _spread = width is null ? null : [.. width.Select((w, i) => GaussianKernel.At(wavelength, i, w / FullWidthPerSigma))];
        (_signalToNoise, _sigma) = (options.SignalToNoise?.On(grid), options.NoiseSigma?.On(grid));
    }

    /// <summary>Convolves a spectrum with the line-spread function, in place.</summary>
    public void Disperse<T>(Span<T> flux)
        where T : IFloatingPointIeee754<T>
    {
        if (_spread is null)
        {
            return;
        }
        var sharp = flux.ToArray();
        for (var i = 0; i < flux.Length; i++)
        {
            var (first, weights) = _spread[i];
            var sum = 0.0;
            for (var k = 0; k < weights.Length; k++)
            {
                sum += weights[k] * double.CreateTruncating(sharp[first + k]);
            }
            flux[i] = T.CreateTruncating(sum);
        }
    }

    /// <summary>Adds noise to a normalised spectrum.</summary>
    /// <param name="flux">The spectrum, in place.</param>
    /// <param name="inverseVariance">Receives 1/sigma^2 of every pixel.</param>
    /// <param name="seed">Root seed.</param>
    /// <param name="row">Number of the spectrum in the whole set, so that a part of a set gets the same noise as in the whole.</param>
    public void AddNoise(Span<float> flux, Span<float> inverseVariance, ulong seed, int row)
    {
        var stream = new RandomStream(seed, "noise", (ulong)row);
        for (var i = 0; i < flux.Length; i++)
        {
            var sigma = _sigma?[i] ?? (Math.Abs(flux[i]) / _signalToNoise![i]);
            // Without this, a pixel without light, deep below the Lyman limit, would have infinite weight.
            sigma = Math.Max(sigma, 1e-15);
            flux[i] += (float)(sigma * stream.NextNormal());
            inverseVariance[i] = (float)(1 / (sigma * sigma));
        }
    }
}
