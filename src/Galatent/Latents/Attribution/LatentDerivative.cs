namespace Galatent.Latents.Attribution;

/// <summary>Derivatives of a decoder and an encoder by central differences.</summary>
public static class LatentDerivative
{
    /// <summary>Step of a latent coordinate. Half of it must give the same derivative; how far it does not is reported.</summary>
    public const double Step = 0.1;

    /// <summary>How the decoded spectrum changes with one latent coordinate: [x(z + δ e) - x(z - δ e)] / 2δ, shape (n_wave).</summary>
    /// <param name="latent">z, shape (dimensions).</param>
    /// <param name="dimension">The coordinate, from 0.</param>
    /// <param name="decode">Decoder: takes latents of shape (m, dimensions) and m, returns normalised flux of shape (m, n_wave).</param>
    /// <param name="step">δ.</param>
    public static double[] OfDecoder(ReadOnlySpan<float> latent, int dimension, Func<float[], int, float[]> decode, double step = Step)
    {
        ArgumentNullException.ThrowIfNull(decode);
        var d = latent.Length;
        var both = new float[2 * d];
        latent.CopyTo(both);
        latent.CopyTo(both.AsSpan(d));
        both[dimension] += (float)step;
        both[d + dimension] -= (float)step;
        var flux = decode(both, 2);
        // The step as the float32 numbers have it.
        return Difference(flux, (double)both[dimension] - both[d + dimension]);
    }

    /// <summary>How the posterior means change along a direction of the spectrum: [mu(x + h g) - mu(x - h g)] / 2h, shape
    /// (dimensions).</summary>
    /// <param name="flux">x, shape (n_wave).</param>
    /// <param name="direction">g, shape (n_wave), e.g. a derivative spectrum times the population's standard deviation.</param>
    /// <param name="encode">Encoder: takes flux of shape (m, n_wave) and m, returns posterior means of shape (m, dimensions).</param>
    /// <param name="step">h.</param>
    public static double[] OfEncoder(
        ReadOnlySpan<float> flux,
        ReadOnlySpan<double> direction,
        Func<float[], int, float[]> encode,
        double step = Step
    )
    {
        ArgumentNullException.ThrowIfNull(encode);
        var n = flux.Length;
        var both = new float[2 * n];
        for (var i = 0; i < n; i++)
        {
            both[i] = (float)(flux[i] + (step * direction[i]));
            both[n + i] = (float)(flux[i] - (step * direction[i]));
        }
        return Difference(encode(both, 2), 2 * step);
    }

    private static double[] Difference(float[] both, double width)
    {
        var n = both.Length / 2;
        var difference = new double[n];
        for (var i = 0; i < n; i++)
        {
            difference[i] = ((double)both[i] - both[n + i]) / width;
        }
        return difference;
    }
}
