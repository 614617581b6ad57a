using Galatent.Spectra;

namespace Galatent.Latents.TwoSamples;

/// <summary>Mean and root mean square of residuals in units of the noise, in bins of wavelength.</summary>
/// <param name="Angstrom">Middles of the bins, Å.</param>
/// <param name="Mean">Mean residual; NaN without pixels.</param>
/// <param name="Rms">Root mean square.</param>
/// <param name="Spectra">Number of spectra in each bin.</param>
public sealed record ResidualProfile(double[] Angstrom, double[] Mean, double[] Rms, int[] Spectra)
{
    private const double BinAngstrom = 50;
    private const double HighestAngstrom = 25_000;

    internal sealed class Sum
    {
        private readonly int _bins = (int)(HighestAngstrom / BinAngstrom);
        private readonly double[] _sum;
        private readonly double[] _squares;
        private readonly int[] _pixels;
        private readonly int[] _spectra;

        public Sum() => (_sum, _squares, _pixels, _spectra) = (new double[_bins], new double[_bins], new int[_bins], new int[_bins]);

        public void Add(WavelengthGrid grid, double stretch, double[] residual, double[] weights)
        {
            var last = -1;
            for (var j = 0; j < residual.Length; j++)
            {
                var bin = (int)(grid.WavelengthAngstrom[j] * stretch / BinAngstrom);
                if (weights[j] > 0 && bin < _bins)
                {
                    var r = residual[j] * Math.Sqrt(weights[j]);
                    _sum[bin] += r;
                    _squares[bin] += r * r;
                    _pixels[bin]++;
                    _spectra[bin] += bin == last ? 0 : 1;
                    last = bin;
                }
            }
        }

        public ResidualProfile Profile()
        {
            int[] used = [.. Enumerable.Range(0, _bins).Where(b => _pixels[b] > 0)];
            return new ResidualProfile(
                Array.ConvertAll(used, b => (b + 0.5) * BinAngstrom),
                Array.ConvertAll(used, b => _sum[b] / _pixels[b]),
                Array.ConvertAll(used, b => Math.Sqrt(_squares[b] / _pixels[b])),
                Array.ConvertAll(used, b => _spectra[b])
            );
        }
    }
}
