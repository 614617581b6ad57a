using Galatent.Files;
using Galatent.Numerics;
using Galatent.Spectra;
using Galatent.Synthesis;
using Galatent.Synthesis.Galaxies;
using Galatent.Synthesis.Observing;
using Galatent.Synthesis.Ssp;

namespace Galatent.Study;

/// <summary>Simulates the galaxies of a file again with other parameters: with the built-in stellar populations and the study's choices, on
/// the file's grid.</summary>
internal sealed class Resimulation
{
    // Ratios of star-formation rates are stored within [-5, 5], which moves single pixels of quiescent galaxies by 0.003. Noise of one
    // per cent, or another dispersion, shows at ten times this.
    private const double LargestDifference = 1e-3;
    private const int Compared = 32;

    private readonly ISpectrumSource _spectra;
    private readonly int _threads;
    private readonly Lazy<Simulator> _simulator;
    private readonly Lazy<Simulator> _withoutLines;

    public Resimulation(ISpectrumSource spectra, int threads)
    {
        (_spectra, _threads) = (spectra, threads);
        _simulator = new Lazy<Simulator>(Checked);
        _withoutLines = new Lazy<Simulator>(() =>
            new Simulator(SspFile.Load(null), Options with { Synthesis = Options.Synthesis with { EmissionLines = false } })
        );
    }

    /// <summary>Normalised flux of galaxies, shape (n, n_wave).</summary>
    /// <param name="parameters">Columns like those of the file.</param>
    /// <exception cref="InputException">Parameters are missing, or the file's own spectra do not come out again.</exception>
    public float[] Spectra(IReadOnlyList<ParameterColumn> parameters) =>
        _simulator.Value.Spectra(new GalaxyCatalogue("the spectra's file", parameters));

    /// <summary>The same galaxies without emission lines, but with the continuum of their gas; normalised for themselves.</summary>
    /// <param name="parameters">Columns like those of the file.</param>
    /// <exception cref="InputException">As <see cref="Spectra"/>.</exception>
    public float[] WithoutLines(IReadOnlyList<ParameterColumn> parameters)
    {
        _ = _simulator.Value;
        return _withoutLines.Value.Spectra(new GalaxyCatalogue("the spectra's file", parameters));
    }

    private SimulationOptions Options =>
        SimulationOptions.Study(_threads) with
        {
            Grid = _spectra.Grid,
            Normalization = new MedianNormalization(
                _spectra.Provenance.NormalizationLowAngstrom,
                _spectra.Provenance.NormalizationHighAngstrom
            ),
            Unit = SpectrumProvenance.IsPerHertz(_spectra.Provenance.FluxUnit) == false ? FluxUnit.PerAngstrom : FluxUnit.PerHertz,
        };

    private Simulator Checked()
    {
        var count = Math.Min(Compared, _spectra.Count);
        ParameterColumn[] first = [.. _spectra.Parameters.Select(p => p with { Values = p.Values[..count], Whole = null })];
        var catalogue = new GalaxyCatalogue("the spectra's file", first);
        var simulator = new Simulator(SspFile.Load(null), Options);
        var again = simulator.Spectra(catalogue);
        var flux = new float[again.Length];
        _spectra.ReadFrom(0, flux);
        var squares = 0.0;
        for (var i = 0; i < flux.Length; i++)
        {
            double difference = (flux[i] - again[i]) / Math.Max(1, Math.Abs(flux[i]));
            squares += difference * difference;
        }
        var typical = Math.Sqrt(squares / flux.Length);
        return typical < LargestDifference
            ? simulator
            : throw new InputException(
                $"The spectra do not come out again when their galaxies are simulated with the study's choices (root mean square "
                    + $"difference {typical:G2}): "
                    + "they were made with other settings, with noise, or observed."
            );
    }
}
