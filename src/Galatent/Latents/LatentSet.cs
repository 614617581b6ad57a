using Galatent.Networks;

namespace Galatent.Latents;

/// <summary>Latent representations of a set of spectra, in the order of the spectra's file.</summary>
/// <param name="Dimensions">Number of latent dimensions.</param>
/// <param name="Mu">Posterior means, shape (n, dimensions), row-major.</param>
/// <param name="LogVariance">ln of the posterior variances, shape (n, dimensions).</param>
/// <param name="Z">One sample of every posterior, shape (n, dimensions).</param>
/// <param name="Seed">Root seed of the samples. The name of the stream depends on the code that drew them.</param>
public sealed record LatentSet(int Dimensions, float[] Mu, float[] LogVariance, float[] Z, ulong Seed)
{
    /// <summary>Number of spectra.</summary>
    public int Count => Mu.Length / Dimensions;

    /// <summary>The posterior mean of spectrum <paramref name="i"/>, shape (dimensions).</summary>
    public ReadOnlySpan<float> MeanOf(int i) => Mu.AsSpan(i * Dimensions, Dimensions);

    /// <summary>One dimension of <see cref="Mu"/> as a column of n values.</summary>
    public double[] MuColumn(int dimension) => Column(Mu, dimension);

    /// <summary>One dimension of <see cref="LogVariance"/> as a column of n values.</summary>
    public double[] LogVarianceColumn(int dimension) => Column(LogVariance, dimension);

    /// <summary>One dimension of <see cref="Z"/> as a column of n values.</summary>
    public double[] SampleColumn(int dimension) => Column(Z, dimension);

    /// <summary>Representations of a set of spectra: the encoder's posteriors and one sample of each.</summary>
    /// <param name="posterior">The encoder's posteriors.</param>
    /// <param name="seed">Root seed of the samples.</param>
    public static LatentSet Of(LatentPosterior posterior, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(posterior);
        return new LatentSet(posterior.Dimensions, posterior.Mu, posterior.LogVariance, posterior.Sample(seed), seed);
    }

    /// <summary>Some rows of an array of shape (n, width), one after the other.</summary>
    internal static float[] Rows(float[] values, ReadOnlySpan<int> rows, int width)
    {
        var chosen = new float[rows.Length * width];
        for (var i = 0; i < rows.Length; i++)
        {
            values.AsSpan(rows[i] * width, width).CopyTo(chosen.AsSpan(i * width));
        }
        return chosen;
    }

    private double[] Column(float[] values, int dimension)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)dimension, (uint)Dimensions);
        var column = new double[Count];
        for (var i = 0; i < column.Length; i++)
        {
            column[i] = values[(i * Dimensions) + dimension];
        }
        return column;
    }
}
