using Galatent.Numerics;
using Galatent.Spectra;
using Galatent.Synthesis;
using Galatent.Synthesis.Galaxies;
using Galatent.Synthesis.Ssp;

namespace Galatent.Report.Figures.Observed;

/// <summary>Simulated spectra to stand beside observed ones: the first 2,000 galaxies of seed 1 of the reference population, as
/// <c>galatent simulate</c> makes them, on the pixels of the observed ones and without noise. They take a second, so none are
/// stored.</summary>
internal sealed class SimulatedPopulation
{
    /// <summary>Number of spectra.</summary>
    public const int Count = 2000;

    private const ulong Seed = 1;

    // Calibration is good to some per cent. Without this floor the brightest pixels alone would decide what is alike.
    private const double CalibrationError = 0.03;
    private const double LeastFlux = 0.1;

    private readonly float[] _flux;
    private readonly int _pixels;

    private SimulatedPopulation(float[] flux, int pixels)
    {
        (_flux, _pixels) = (flux, pixels);
        Mean = new double[pixels];
        Low = new double[pixels];
        High = new double[pixels];
        var values = new double[Count];
        for (var j = 0; j < pixels; j++)
        {
            for (var i = 0; i < Count; i++)
            {
                values[i] = flux[(i * pixels) + j];
            }
            Mean[j] = SampleMoments.Mean(values);
            Low[j] = SampleMoments.Quantile(values, 0.05);
            High[j] = SampleMoments.Quantile(values, 0.95);
        }
    }

    /// <summary>Mean of each pixel, shape (n_wave).</summary>
    public double[] Mean { get; }

    /// <summary>5 % quantile of each pixel.</summary>
    public double[] Low { get; }

    /// <summary>95 % quantile of each pixel.</summary>
    public double[] High { get; }

    /// <summary>Simulates the spectra.</summary>
    public static SimulatedPopulation On(WavelengthGrid grid, int threads, CancellationToken cancellation)
    {
        var simulator = new Simulator(SspPack.Embedded(), SimulationOptions.Study(threads) with { Grid = grid });
        return new SimulatedPopulation(simulator.Spectra(Count, new PopulationOptions(), Seed, cancellation), grid.Count);
    }

    /// <summary>The simulated spectrum that is most like an observed one: least mean of (difference / error)² over good pixels, where the
    /// error is that of the pixel and 3 % of its flux.</summary>
    public float[] Nearest(ObservedRow spectrum)
    {
        var weight = new double[_pixels];
        for (var j = 0; j < _pixels; j++)
        {
            var floor = CalibrationError * Math.Max(Math.Abs(spectrum.Flux[j]), LeastFlux);
            var known = spectrum.InverseVariance[j] > 0 ? 1 / (double)spectrum.InverseVariance[j] : 0;
            weight[j] = spectrum.Mask[j] == 0 ? 1 / ((floor * floor) + known) : 0;
        }
        var best = 0;
        var least = double.PositiveInfinity;
        for (var i = 0; i < Count; i++)
        {
            var sum = 0.0;
            for (var j = 0; j < _pixels && sum < least; j++)
            {
                var difference = weight[j] > 0 ? spectrum.Flux[j] - _flux[(i * _pixels) + j] : 0;
                sum += weight[j] * difference * difference;
            }
            (best, least) = sum < least ? (i, sum) : (best, least);
        }
        return _flux[(best * _pixels)..((best + 1) * _pixels)];
    }
}
