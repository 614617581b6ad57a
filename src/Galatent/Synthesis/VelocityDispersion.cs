using Galatent.Numerics;

namespace Galatent.Synthesis;

/// <summary>
/// Broadening of stellar spectra by the velocities of the stars: convolution in ln(wavelength) with a Gaussian of sigma/c (FSPS' sigma_smooth).
/// The piecewise-linear table is integrated exactly against the Gaussian, node by node, so that neither its uneven steps nor a sigma below one step do harm.
/// </summary>
internal static class VelocityDispersion
{
    private const double ReachSigma = 5; // 6e-7 of the light lies beyond

    /// <summary>The table seen through a velocity dispersion in km/s; the table itself for 0. Beyond its ends the table is continued by its end values.</summary>
    public static SspTable Broaden(SspTable table, double kmPerS)
    {
        if (kmPerS == 0)
        {
            return table;
        }
        var sigma = kmPerS / PhysicalConstants.SpeedOfLightKmPerS;
        var x = Array.ConvertAll(table.WavelengthAngstrom, Math.Log);
        var kernels = Enumerable.Range(0, x.Length).Select(i => Kernel(x, i, sigma)).ToArray();
        var (count, lnu) = (x.Length, new float[table.Lnu.Length]);
        Parallel.For(0, table.Lnu.Length / count, row =>
        {
            for (var i = 0; i < count; i++)
            {
                var (first, weights) = kernels[i];
                var sum = 0.0;
                for (var k = 0; k < weights.Length; k++)
                {
                    sum += weights[k] * table.Lnu[(row * count) + first + k];
                }
                lnu[(row * count) + i] = (float)sum;
            }
        });
        return table with { Lnu = lnu };
    }

    // Weights of the nodes around node i: over each segment the table is linear in x, so its integral against the Gaussian needs the Gaussian's
    // mass and first moment there. Normalised, so that a flat spectrum stays flat at the table's ends too.
    private static (int First, double[] Weights) Kernel(double[] x, int i, double sigma)
    {
        var first = i;
        while (first > 0 && x[first] > x[i] - (ReachSigma * sigma))
        {
            first--;
        }
        var last = i;
        while (last < x.Length - 1 && x[last] < x[i] + (ReachSigma * sigma))
        {
            last++;
        }
        var weights = new double[last - first + 1];
        for (var j = first; j < last; j++)
        {
            var (a, b) = ((x[j] - x[i]) / sigma, (x[j + 1] - x[i]) / sigma);
            var mass = NormalDistribution.Cdf(b) - NormalDistribution.Cdf(a);
            var moment = (Math.Exp(-0.5 * a * a) - Math.Exp(-0.5 * b * b)) / Math.Sqrt(2 * Math.PI);
            var rising = (moment - (a * mass)) / (b - a);
            weights[j - first] += mass - rising;
            weights[j + 1 - first] += rising;
        }
        var sum = weights.Sum();
        return (first, Array.ConvertAll(weights, w => w / sum));
    }
}
