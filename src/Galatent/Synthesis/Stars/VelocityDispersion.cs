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
    /// <summary>The table broadened by a velocity dispersion in km/s; the table itself for 0. Beyond its ends the table is continued with
    /// its end values.</summary>
    public static SspTable Broaden(SspTable table, double kmPerS)
    {
        if (kmPerS == 0)
        {
            return table;
        }
        var kernel = Kernel(table, kmPerS);
        var kernels = new BandMatrix([.. Enumerable.Range(0, table.WavelengthCount).Select(kernel)]);
        return table with { Lnu = kernels.Times(table.Lnu, table.WavelengthCount) };
    }

    /// <summary>The table broadened and then averaged over the cells of a grid.</summary>
    public static SspTable BroadenOnGrid(SspTable table, double kmPerS, WavelengthGrid grid) =>
        kmPerS == 0 ? table.OnGrid(grid) : BroadenOnGrid(table, [kmPerS], grid, [.. Enumerable.Range(0, grid.Count)])[0];

    /// <summary>The same for some dispersions above 0, at some pixels of the grid. Broadening and averaging are one product here, of the
    /// nodes that these pixels need.</summary>
    public static SspTable[] BroadenOnGrid(SspTable table, double[] kmPerS, WavelengthGrid grid, int[] pixels)
    {
        var cells = table.IsOn(grid) ? null : new CellAverage(table.WavelengthAngstrom, grid).Matrix.Rows(pixels);
        var broadened = new BandMatrix[kmPerS.Length];
        Parallel.For(0, kmPerS.Length, k =>
        {
            var kernel = Kernel(table, kmPerS[k]);
            broadened[k] = cells?.After(kernel) ?? new BandMatrix(Array.ConvertAll(pixels, p => kernel(p)));
        });
        // All in one product, because half of its time is spent on bringing the spectra side by side.
        var products = BandMatrix.Stack(broadened).Times(table.Lnu, table.WavelengthCount);
        var width = kmPerS.Length * pixels.Length;
        float[] Part(int dispersion)
        {
            var part = new float[products.Length / kmPerS.Length];
            for (var row = 0; row < products.Length / width; row++)
            {
                products.AsSpan((row * width) + (dispersion * pixels.Length), pixels.Length).CopyTo(part.AsSpan(row * pixels.Length));
            }
            return part;
        }
        var wavelength = Array.ConvertAll(pixels, p => grid.WavelengthAngstrom[p]);
        return [.. kmPerS.Select((_, k) => table with { WavelengthAngstrom = wavelength, Lnu = Part(k) })];
    }

    private static Func<int, (int First, double[] Weights)> Kernel(SspTable table, double kmPerS)
    {
        var sigma = kmPerS / PhysicalConstants.SpeedOfLightKmPerS;
        var x = Array.ConvertAll(table.WavelengthAngstrom, Math.Log);
        return node => GaussianKernel.At(x, node, sigma);
    }
}
