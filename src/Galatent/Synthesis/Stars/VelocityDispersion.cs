using Galatent.Numerics.MatrixProducts;
using Galatent.Spectra;
using Galatent.Synthesis.Ssp;

namespace Galatent.Synthesis.Stars;

/// <summary>
/// Broadening of stellar spectra by the velocities of the stars: convolution in ln(wavelength) with a Gaussian of sigma/c (FSPS'
/// sigma_smooth).
/// The kernel of each node has the variance of the Gaussian (<see cref="GaussianKernel"/>). So uneven steps, and a sigma smaller than one
/// step, do no harm.
/// </summary>
internal static class VelocityDispersion
{
    /// <summary>The table broadened by a velocity dispersion in km/s and then averaged over the cells of a grid; only broadened where it is
    /// on that grid. Beyond its ends the table is continued with its end values.</summary>
    public static SspTable BroadenOnGrid(SspTable table, double kmPerS, WavelengthGrid grid) =>
        kmPerS == 0 ? table.OnGrid(grid) : BroadenOnGrid(table, [kmPerS], grid, [.. Enumerable.Range(0, grid.Count)]).Single();

    /// <summary>The same for some dispersions above 0, at some pixels of the grid, one table after the other. Broadening and averaging are
    /// one product here, of the nodes that these pixels need.</summary>
    public static IEnumerable<SspTable> BroadenOnGrid(SspTable table, double[] kmPerS, WavelengthGrid grid, int[] pixels)
    {
        var cells = table.IsOn(grid) ? null : new CellAverage(table.WavelengthAngstrom, grid).Matrix.Rows(pixels);
        // Several in one product, because half of its time is spent on bringing the spectra side by side; as many as need no more memory
        // than the table.
        foreach (var together in kmPerS.Chunk(Math.Max(1, table.WavelengthCount / Math.Max(1, pixels.Length))))
        {
            var broadened = new BandMatrix[together.Length];
            Parallel.For(0, together.Length, k =>
            {
                var kernel = Kernel(table, together[k]);
                broadened[k] = cells?.After(kernel) ?? new BandMatrix(Array.ConvertAll(pixels, p => kernel(p)));
            });
            var products = BandMatrix.Stack(broadened).Times(table.Lnu, table.WavelengthCount);
            for (var k = 0; k < together.Length; k++)
            {
                yield return table with
                {
                    WavelengthAngstrom = Array.ConvertAll(pixels, p => grid.WavelengthAngstrom[p]),
                    Lnu = together.Length == 1 ? products : Part(products, (k, together.Length), pixels.Length),
                };
            }
        }
    }

    // One of several runs of columns of each row.
    private static float[] Part(float[] products, (int Number, int Of) run, int width)
    {
        var part = new float[products.Length / run.Of];
        for (var row = 0; row < part.Length / width; row++)
        {
            products.AsSpan(((row * run.Of) + run.Number) * width, width).CopyTo(part.AsSpan(row * width));
        }
        return part;
    }

    private static Func<int, (int First, double[] Weights)> Kernel(SspTable table, double kmPerS)
    {
        var sigma = kmPerS / PhysicalConstants.SpeedOfLightKmPerS;
        var x = Array.ConvertAll(table.WavelengthAngstrom, Math.Log);
        return node => GaussianKernel.At(x, node, sigma);
    }
}
