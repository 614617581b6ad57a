using System.Numerics.Tensors;
using Galatent.Numerics;
using Galatent.Spectra;

namespace Galatent.Latents.Dimensionality;

/// <summary>Spectra as coordinates along principal directions: distances between spectra, apart from what the directions leave out, at a
/// hundredth of the cost.</summary>
public static class PrincipalPlaces
{
    // Spectra in memory at once: 256 x 4582 numbers are 5 MB as float32.
    private const int Block = 256;

    /// <summary>Coordinates of some spectra; shape (rows, directions), row-major. Not centred.</summary>
    /// <param name="spectra">The spectra.</param>
    /// <param name="rows">Which of them.</param>
    /// <param name="components">Gives the directions.</param>
    /// <param name="count">How many directions, the first ones.</param>
    /// <param name="scale">Each pixel is multiplied by this first, as when the components were measured; nothing when empty.</param>
    /// <param name="threads">Largest number of threads. The result does not depend on it.</param>
    /// <param name="cancel">Ends the work early.</param>
    public static double[] Of(
        ISpectrumSource spectra,
        int[] rows,
        PrincipalComponents components,
        int count,
        float[] scale,
        int threads = 1,
        CancellationToken cancel = default
    )
    {
        ArgumentNullException.ThrowIfNull(spectra);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(components);
        ArgumentNullException.ThrowIfNull(scale);
        var width = spectra.Grid.Count;
        var places = new double[rows.Length * count];
        var blocks = (rows.Length + Block - 1) / Block;
        Parallel.For(0, blocks, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancel }, b =>
        {
            var own = rows.AsSpan(b * Block, Math.Min(Block, rows.Length - (b * Block)));
            var flux = new float[own.Length * width];
            var wide = new double[width];
            spectra.Read(own, flux);
            for (var i = 0; i < own.Length; i++)
            {
                var spectrum = flux.AsSpan(i * width, width);
                if (scale.Length > 0)
                {
                    TensorPrimitives.Multiply(spectrum, scale, spectrum);
                }
                TensorPrimitives.ConvertChecked<float, double>(spectrum, wide);
                for (var k = 0; k < count; k++)
                {
                    places[(((b * Block) + i) * count) + k] = TensorPrimitives.Dot<double>(
                        wide,
                        components.Directions.AsSpan(k * width, width)
                    );
                }
            }
        });
        return places;
    }
}
