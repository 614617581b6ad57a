using Galatent.Numerics.MatrixProducts;
using Galatent.Synthesis.Ssp;

namespace Galatent.Synthesis.Stars;

/// <summary>
/// Broadening of stellar spectra by the velocities of the stars: convolution in ln(wavelength) with a Gaussian of sigma/c (FSPS'
/// sigma_smooth).
/// The piecewise-linear table is integrated exactly with the Gaussian, node by node. So uneven steps, and a sigma smaller than one step, do
/// no harm.
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
        var sigma = kmPerS / PhysicalConstants.SpeedOfLightKmPerS;
        var x = Array.ConvertAll(table.WavelengthAngstrom, Math.Log);
        var kernels = new BandMatrix([.. Enumerable.Range(0, x.Length).Select(i => GaussianKernel.At(x, i, sigma))]);
        return table with { Lnu = kernels.Times(table.Lnu, x.Length) };
    }
}
