using System.Numerics;
using Galatent.Numerics;
using Galatent.Spectra;
using Galatent.Synthesis.Stars;

namespace Galatent.Synthesis.Observing;

/// <summary>What a spectrograph does to spectra; nothing by default.</summary>
public sealed record InstrumentOptions
{
    /// <summary>Resolving power R = wavelength over full width at half maximum; null leaves spectra as sharp as they are.</summary>
    public ResponseCurve? ResolvingPower { get; init; }

    /// <summary>Full width at half maximum, Å, instead of <see cref="ResolvingPower"/>.</summary>
    public ResponseCurve? FullWidthAngstrom { get; init; }

    /// <summary>Flux over standard deviation of the noise, in every pixel; null for none.</summary>
    public ResponseCurve? SignalToNoise { get; init; }

    /// <summary>Standard deviation of the noise in units of the normalisation window's median, instead of <see cref="SignalToNoise"/>: a
    /// night sky.</summary>
    public ResponseCurve? NoiseSigma { get; init; }

    /// <summary>Whether noise is added.</summary>
    public bool HasNoise => SignalToNoise is not null || NoiseSigma is not null;

    /// <summary>All of it in words, for the file; empty when nothing is done.</summary>
    public string Description =>
        string.Join(
            "; ",
            new[] { ResolvingPower, FullWidthAngstrom, SignalToNoise, NoiseSigma }.OfType<ResponseCurve>().Select(c => c.Name)
        );

    /// <summary>Throws when two descriptions of one thing are given.</summary>
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
/// An instrument on one grid. Its line-spread function is a Gaussian in wavelength that changes from pixel to pixel; it acts on everything
/// in the spectrum and comes on top of the stellar library's own resolution (2.5 Å full width from 3540 to 7350 Å) and of the lines'
/// widths. Noise is Gaussian and independent between pixels.
/// </summary>
internal sealed class Instrument
{
    private static readonly double FullWidthPerSigma = 2 * Math.Sqrt(2 * Math.Log(2));

    private readonly (int First, double[] Weights)[]? _spread;
    private readonly double[]? _signalToNoise;
    private readonly double[]? _sigma;

    /// <param name="grid">The pixels.</param>
    /// <param name="options">Resolution and noise.</param>
    /// <exception cref="InputException">A curve does not reach over the grid.</exception>
    public Instrument(WavelengthGrid grid, InstrumentOptions options)
    {
        options.Validate();
        var wavelength = grid.WavelengthAngstrom;
        var width = options.FullWidthAngstrom?.On(grid) ?? options.ResolvingPower?.On(grid).Select((r, i) => wavelength[i] / r).ToArray();
        _spread = width is null ? null : [.. width.Select((w, i) => GaussianKernel.At(wavelength, i, w / FullWidthPerSigma))];
        (_signalToNoise, _sigma) = (options.SignalToNoise?.On(grid), options.NoiseSigma?.On(grid));
    }

    /// <summary>Spreads a spectrum over its pixels, in place.</summary>
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
    /// <param name="row">The spectrum's number in the whole set, so that parts of a set have the noise of the whole.</param>
    public void AddNoise(Span<float> flux, Span<float> inverseVariance, ulong seed, int row)
    {
        var stream = new RandomStream(seed, "noise", (ulong)row);
        for (var i = 0; i < flux.Length; i++)
        {
            var sigma = _sigma?[i] ?? (Math.Abs(flux[i]) / _signalToNoise![i]);
            // A pixel without light, deep below the Lyman limit, would have infinite weight.
            sigma = Math.Max(sigma, 1e-15);
            flux[i] += (float)(sigma * stream.NextNormal());
            inverseVariance[i] = (float)(1 / (sigma * sigma));
        }
    }
}
