using Galatent.Numerics;

namespace Galatent.Latents.Activity;

/// <summary>What the decoder loses without one dimension.</summary>
/// <param name="Rise">Mean rise of the squared error per spectrum, normalised flux squared, when the dimension is held at its
/// mean.</param>
/// <param name="StandardError">Its standard error over the spectra.</param>
/// <remarks>For a linear VAE (s = beta/2, eigenvalue λ) the rise is λ - s when samples z are decoded, and λ - s²/λ when posterior
/// means are: do not compare the two.</remarks>
public sealed record Ablation(double Rise, double StandardError)
{
    private const int Block = 256;

    /// <summary>Holds each of some dimensions at its mean, one at a time, and decodes.</summary>
    /// <param name="read">Reads normalised flux by row.</param>
    /// <param name="pixels">Pixels per spectrum.</param>
    /// <param name="rows">Which spectra judge; usually held-out ones.</param>
    /// <param name="latent">Latents of all spectra, shape (n, dimensions), row-major: mu or a sample z.</param>
    /// <param name="dimensions">Number of latent dimensions.</param>
    /// <param name="ablated">The dimensions that are held, from 0.</param>
    /// <param name="decode">Decoder: takes latents of shape (m, dimensions) and m, returns normalised flux of shape (m, pixels).</param>
    /// <param name="cancellation">Stops between blocks.</param>
    /// <returns>One for each of <paramref name="ablated"/>.</returns>
    public static Ablation[] Measure(
        RowReader read,
        int pixels,
        int[] rows,
        float[] latent,
        int dimensions,
        int[] ablated,
        Func<float[], int, float[]> decode,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(ablated);
        ArgumentNullException.ThrowIfNull(decode);
        var mean = LatentCovarianceSum.Mean(latent, dimensions);
        var rises = Array.ConvertAll(ablated, _ => new double[rows.Length]);
        for (var first = 0; first < rows.Length; first += Block)
        {
            cancellation.ThrowIfCancellationRequested();
            var block = rows.AsSpan(first, Math.Min(Block, rows.Length - first));
            var flux = new float[block.Length * pixels];
            read(block, flux);
            var z = LatentSet.Rows(latent, block, dimensions);
            var whole = Errors(flux, decode(z, block.Length), pixels);
            for (var a = 0; a < ablated.Length; a++)
            {
                var without = (float[])z.Clone();
                for (var i = ablated[a]; i < without.Length; i += dimensions)
                {
                    without[i] = (float)mean[ablated[a]];
                }
                var error = Errors(flux, decode(without, block.Length), pixels);
                for (var i = 0; i < error.Length; i++)
                {
                    rises[a][first + i] = error[i] - whole[i];
                }
            }
        }
        return Array.ConvertAll(rises, r => new Ablation(SampleMoments.Mean(r), SampleMoments.StandardError(r)));
    }

    private static double[] Errors(float[] flux, float[] decoded, int pixels)
    {
        var errors = new double[flux.Length / pixels];
        for (var i = 0; i < flux.Length; i++)
        {
            double difference = flux[i] - decoded[i];
            errors[i / pixels] += difference * difference;
        }
        return errors;
    }
}
