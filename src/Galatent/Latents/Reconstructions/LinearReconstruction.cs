using System.Numerics.Tensors;
using Galatent.Numerics;

namespace Galatent.Latents.Reconstructions;

/// <summary>Reconstructions by principal components, x' = mean + Σ s_k ((x - mean)·u_k) u_k: what a network is compared with.</summary>
public sealed class LinearReconstruction
{
    private readonly float[] _mean;
    private readonly float[] _directions;
    private readonly float[] _shares;

    private LinearReconstruction(float[] mean, PrincipalComponents components, IEnumerable<double> shares)
    {
        _mean = mean;
        _shares = [.. shares.Select(s => (float)s)];
        _directions = Array.ConvertAll(components.Directions[..(_shares.Length * mean.Length)], u => (float)u);
    }

    /// <summary>Number of components.</summary>
    public int Dimensions => _shares.Length;

    /// <summary>The first components as they are: the smallest squared error of any linear model of that many dimensions.</summary>
    /// <param name="mean">Mean of the training spectra, shape (n_wave).</param>
    /// <param name="components">Components of the training spectra.</param>
    /// <param name="dimensions">How many; fewer where there are fewer.</param>
    public static LinearReconstruction Principal(float[] mean, PrincipalComponents components, int dimensions)
    {
        ArgumentNullException.ThrowIfNull(components);
        return new(mean, components, Enumerable.Repeat(1.0, Math.Min(dimensions, components.Eigenvalues.Length)));
    }

    /// <summary>Decoded posterior means of the best linear VAE (Tipping &amp; Bishop 1999; Lucas et al. 2019): s_k = 1 - β / 2λ_k for the
    /// eigenvalues λ_k above β / 2.</summary>
    /// <param name="mean">Mean of the training spectra, shape (n_wave).</param>
    /// <param name="components">Components of the training spectra.</param>
    /// <param name="dimensions">Most dimensions.</param>
    /// <param name="beta">Weight of the KL term, 0 or more.</param>
    public static LinearReconstruction OfVae(float[] mean, PrincipalComponents components, int dimensions, double beta)
    {
        ArgumentNullException.ThrowIfNull(components);
        ArgumentOutOfRangeException.ThrowIfNegative(beta);
        var shares = components.Eigenvalues.Take(dimensions).TakeWhile(l => l > beta / 2).Select(l => 1 - (beta / (2 * l)));
        return new(mean, components, shares);
    }

    /// <summary>Reconstructs spectra.</summary>
    /// <param name="flux">Normalised flux, shape (m, n_wave).</param>
    /// <returns>The same shape.</returns>
    public float[] Of(ReadOnlySpan<float> flux)
    {
        var pixels = _mean.Length;
        var result = new float[flux.Length];
        var centred = new float[pixels];
        for (var start = 0; start < flux.Length; start += pixels)
        {
            var to = result.AsSpan(start, pixels);
            TensorPrimitives.Subtract(flux.Slice(start, pixels), _mean, centred);
            _mean.CopyTo(to);
            for (var k = 0; k < _shares.Length; k++)
            {
                var direction = _directions.AsSpan(k * pixels, pixels);
                TensorPrimitives.MultiplyAdd(direction, _shares[k] * TensorPrimitives.Dot(direction, centred), to, to);
            }
        }
        return result;
    }
}
