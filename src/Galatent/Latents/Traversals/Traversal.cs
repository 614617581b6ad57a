using Galatent.Files;

namespace Galatent.Latents.Traversals;

/// <summary>How a spectrum changes when one latent dimension varies and the others stay fixed.</summary>
/// <param name="Dimension">The dimension that varies, from 0.</param>
/// <param name="Origin">Index in <paramref name="Values"/> of the spectrum's own value.</param>
/// <param name="Values">Values of the latent dimension, ascending; shape (m).</param>
/// <param name="Flux">Decoded spectra, normalised flux; shape (m, n_wave), row-major.</param>
/// <param name="StoppedBelow">The first value towards the minimum whose spectrum has a negative flux; null when that side reached the
/// minimum.</param>
/// <param name="StoppedAbove">The first value towards the maximum whose spectrum has a negative flux; null when that side reached the
/// maximum.</param>
public sealed record Traversal(int Dimension, int Origin, double[] Values, float[] Flux, double? StoppedBelow, double? StoppedAbove)
{
    /// <summary>Pixels per spectrum.</summary>
    public int Pixels => Flux.Length / Values.Length;

    /// <summary>The decoded spectrum of value number <paramref name="i"/>.</summary>
    public ReadOnlySpan<float> this[int i] => Flux.AsSpan(i * Pixels, Pixels);

    /// <summary>Varies one dimension of <paramref name="latent"/>.</summary>
    /// <param name="latent">The latent representation to start from, shape (dimensions).</param>
    /// <param name="dimension">The dimension to vary, from 0.</param>
    /// <param name="minimum">Smallest value of that dimension in the set of latent representations.</param>
    /// <param name="maximum">Largest value of that dimension.</param>
    /// <param name="decode">Decoder: takes latents of shape (m, dimensions) and m, returns normalised flux of shape (m, n_wave).</param>
    /// <param name="options">Steps and stop rule.</param>
    public static Traversal Along(
        ReadOnlySpan<float> latent,
        int dimension,
        double minimum,
        double maximum,
        Func<float[], int, float[]> decode,
        TraversalOptions options
    )
    {
        ArgumentNullException.ThrowIfNull(decode);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.StepsPerSide);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)dimension, (uint)latent.Length);
        double own = latent[dimension];
        if (!(minimum <= own && own <= maximum))
        {
            throw new ArgumentException(
                $"The spectrum's value {own} of dimension {dimension} lies outside [{minimum}, {maximum}], the range of all latent "
                    + $"representations.",
                nameof(latent)
            );
        }
        var values = Steps(own, minimum, maximum, options.StepsPerSide);
        var flux = decode(Vary(latent, dimension, values), values.Length);
        if (flux.Any(f => !float.IsFinite(f)))
        {
            throw new ArithmeticException(
                $"The decoder returned a flux that is not finite while dimension {dimension} went from {minimum} to {maximum}."
            );
        }
        return Trim(dimension, Array.IndexOf(values, own), values, flux, options.StopAtNegativeFlux);
    }

    // A side of length zero has no steps, so all values are different.
    private static double[] Steps(double own, double minimum, double maximum, int steps) =>
        [
            .. Enumerable.Range(0, minimum < own ? steps : 0).Select(k => minimum + ((own - minimum) * k / steps)),
            own,
            .. Enumerable.Range(1, own < maximum ? steps : 0).Select(k => own + ((maximum - own) * k / steps)),
        ];

    /// <summary>The table: one row per wavelength, one column per latent value.</summary>
    public ResultTable ToTable(double[] wavelengthAngstrom) => TraversalTables.Of(wavelengthAngstrom, this);

    private static float[] Vary(ReadOnlySpan<float> latent, int dimension, double[] values)
    {
        var varied = new float[values.Length * latent.Length];
        for (var i = 0; i < values.Length; i++)
        {
            latent.CopyTo(varied.AsSpan(i * latent.Length));
            varied[(i * latent.Length) + dimension] = (float)values[i];
        }
        return varied;
    }

    // The spectrum itself is always kept, even when its own reconstruction has a negative flux.
    private static Traversal Trim(int dimension, int origin, double[] values, float[] flux, bool stop)
    {
        var pixels = flux.Length / values.Length;
        var first = origin;
        var last = origin;
        while (first > 0 && !(stop && IsNegative(flux, first - 1, pixels)))
        {
            first--;
        }
        while (last < values.Length - 1 && !(stop && IsNegative(flux, last + 1, pixels)))
        {
            last++;
        }
        return new Traversal(
            dimension,
            origin - first,
            values[first..(last + 1)],
            flux[(first * pixels)..((last + 1) * pixels)],
            first > 0 ? values[first - 1] : null,
            last < values.Length - 1 ? values[last + 1] : null
        );
    }

    private static bool IsNegative(float[] flux, int row, int pixels) =>
        flux.AsSpan(row * pixels, pixels).ContainsAnyInRange(float.NegativeInfinity, -float.Epsilon);
}
