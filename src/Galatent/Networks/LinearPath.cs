using System.Numerics.Tensors;
using Galatent.Numerics;

namespace Galatent.Networks;

/// <summary>
/// A linear encoder and decoder beside the convolutions: mu = convolutions(h) + V h and x' = convolutions(z) + W z + mean, with
/// h = x - mean. V and W are those of the linear VAE that is best for the training spectra (Tipping &amp; Bishop 1999, J. R. Stat. Soc. B
/// 61, 611; Lucas et al. 2019, NeurIPS). Pixels count alike in them, whatever the objective weighs. They stay as they are, like the mean
/// spectrum. The convolutions learn what no linear model can say.
/// </summary>
/// <param name="LatentDimensions">Dimensions of the network.</param>
/// <param name="Encoder">V, shape (LatentDimensions, n_wave), per normalised flux. Rows of zeros are dimensions without a path.</param>
/// <param name="Decoder">W transposed, shape (LatentDimensions, n_wave), normalised flux.</param>
public sealed record LinearPath(int LatentDimensions, float[] Encoder, float[] Decoder)
{
    // Smaller eigenvalues, in units of the largest, are rounding.
    private const double LeastShare = 1e-9;

    /// <summary>Dimensions with a path: the first ones.</summary>
    public int Used { get; } = UsedRows(Decoder, LatentDimensions);

    private int Pixels => Decoder.Length / LatentDimensions;

    /// <summary>
    /// With s = beta/2, every eigenvalue lambda above s (the largest <paramref name="latentDimensions"/> at most) and its direction u:
    /// V = √(lambda - s) / lambda u and W = √(lambda - s) u.
    /// </summary>
    /// <param name="components">Of the training spectra; null gives a path of zeros.</param>
    /// <param name="beta">Weight of the KL term, 0 or more.</param>
    /// <param name="latentDimensions">Dimensions of the network.</param>
    /// <param name="pixels">Pixels of a spectrum.</param>
    public static LinearPath Best(PrincipalComponents? components, double beta, int latentDimensions, int pixels)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(beta);
        var encoder = new float[latentDimensions * pixels];
        var decoder = new float[latentDimensions * pixels];
        var values = components?.Eigenvalues ?? [];
        var s = beta / 2;
        for (var j = 0; j < Math.Min(latentDimensions, values.Length) && values[j] > Math.Max(s, LeastShare * values[0]); j++)
        {
            var amplitude = Math.Sqrt(values[j] - s);
            for (var i = j * pixels; i < (j + 1) * pixels; i++)
            {
                encoder[i] = (float)(amplitude / values[j] * components!.Directions[i]);
                decoder[i] = (float)(amplitude * components.Directions[i]);
            }
        }
        return new LinearPath(latentDimensions, encoder, decoder);
    }

    /// <summary>Posterior variance of a dimension of the linear VAE: s / lambda = 1 - V·W; 1 where there is no path.</summary>
    public double Variance(int dimension)
    {
        const double least = 1e-9; // beta = 0, where nothing widens a posterior
        var product = 0.0;
        for (var i = dimension * Pixels; i < (dimension + 1) * Pixels; i++)
        {
            product += (double)Encoder[i] * Decoder[i];
        }
        return Math.Max(least, 1 - product);
    }

    /// <summary>The path that the first process has measured, in every process.</summary>
    internal LinearPath FromFirst(ProcessGroup processes)
    {
        int[] starts = [0, .. Enumerable.Repeat(Encoder.Length, processes.Size)];
        processes.AllGather<float>(Encoder, starts);
        processes.AllGather<float>(Decoder, starts);
        return new LinearPath(LatentDimensions, Encoder, Decoder);
    }

    /// <summary>Adds V h to the means of one spectrum.</summary>
    internal void AddMeans(ReadOnlySpan<float> centred, Span<float> mu) => AddProducts(Encoder, centred, mu);

    /// <summary>Adds W z to one spectrum.</summary>
    internal void AddFlux(ReadOnlySpan<float> z, Span<float> flux)
    {
        for (var j = 0; j < Used; j++)
        {
            TensorPrimitives.MultiplyAdd(Decoder.AsSpan(j * flux.Length, flux.Length), z[j], flux, flux);
        }
    }

    /// <summary>From the derivatives of one spectrum's flux to those of z through the path.</summary>
    internal void AddDerivatives(ReadOnlySpan<float> fluxGradient, Span<float> zGradient) => AddProducts(Decoder, fluxGradient, zGradient);

    private void AddProducts(float[] rows, ReadOnlySpan<float> vector, Span<float> sums)
    {
        for (var j = 0; j < Used; j++)
        {
            sums[j] += TensorPrimitives.Dot(rows.AsSpan(j * vector.Length, vector.Length), vector);
        }
    }

    private static int UsedRows(float[] rows, int latentDimensions)
    {
        var last = rows.AsSpan().LastIndexOfAnyExcept(0f);
        return last < 0 ? 0 : 1 + (last / (rows.Length / latentDimensions));
    }
}
