using System.Buffers;
using Galatent.Spectra;
using Galatent.Synthesis.Ssp;
using Galatent.Synthesis.StarFormation;
using Galatent.Synthesis.Stars;

namespace Galatent.Synthesis.Galaxies;

/// <summary>
/// Apparent r-band magnitude from the synthetic spectrum: a top hat of 5500-7000 Å in the observed frame,
/// m = -2.5 log10[(1+z) L_nu / (4 pi d_L^2)] - 48.60, where L_nu is averaged over photons (integral of L_nu dlambda/lambda).
/// The continuum is computed on cells of 20 Å, which takes a twentieth of the time of the study's grid. Only galaxies that are kept get a
/// full spectrum.
/// A line counts when its centre is in the band. (With lines drawn on the wide cells, magnitudes were wrong by up to 0.11.) The test
/// compares with top hats on full spectra.
/// </summary>
internal sealed class RBandSelection
{
    private const double BandLowAngstrom = 5500;
    private const double BandHighAngstrom = 7000;
    private const double CellAngstrom = 20;

    private readonly WavelengthGrid _grid;
    private readonly SpectrumSynthesizer _synthesizer;
    private readonly double _lsunErgPerSecond;

    public RBandSelection(SspLibrary library, double maxRedshift, SynthesisOptions options)
    {
        // The table ends below 930 Å. The r band reaches these wavelengths only for z > 4.9, and there the intergalactic medium absorbs
        // them.
        var low = Math.Max(930, (BandLowAngstrom / (1 + maxRedshift)) - CellAngstrom);
        var cells = (int)Math.Ceiling((BandHighAngstrom - low) / CellAngstrom) + 1;
        _grid = new WavelengthGrid([.. Enumerable.Range(0, cells).Select(i => low + (i * CellAngstrom))]);
        // The band is 100 times wider than the broadening by stellar velocities, so the broadening is left out.
        _synthesizer = new SpectrumSynthesizer(library, _grid, options with { StellarVelocityByMass = false });
        _lsunErgPerSecond = library.Stars.Provenance.SolarLuminosityErgPerSecond;
    }

    /// <summary>AB magnitudes of galaxies; <paramref name="populations"/> are the same galaxies per solar mass formed.</summary>
    public double[] Magnitudes(ReadOnlySpan<Galaxy> galaxies, ReadOnlySpan<CompositeStellarPopulation> populations)
    {
        var lnu = ArrayPool<float>.Shared.Rent(galaxies.Length * _grid.Count);
        var spectra = lnu.AsSpan(0, galaxies.Length * _grid.Count);
        _synthesizer.SynthesizeContinuum(populations, spectra);
        var magnitudes = new double[galaxies.Length];
        for (var i = 0; i < magnitudes.Length; i++)
        {
            magnitudes[i] = Magnitude(galaxies[i], populations[i], spectra.Slice(i * _grid.Count, _grid.Count));
        }
        ArrayPool<float>.Shared.Return(lnu);
        return magnitudes;
    }

    private double Magnitude(Galaxy galaxy, CompositeStellarPopulation population, ReadOnlySpan<float> lnuPerMassFormed)
    {
        var low = BandLowAngstrom / (1 + galaxy.Redshift);
        var high = BandHighAngstrom / (1 + galaxy.Redshift);
        var sum = LinesInBand(population, low, high);
        for (var i = 0; i < lnuPerMassFormed.Length; i++)
        {
            var a = Math.Max(low, _grid.CellEdgeAngstrom[i]);
            var b = Math.Min(high, _grid.CellEdgeAngstrom[i + 1]);
            sum += b > a ? lnuPerMassFormed[i] * Math.Log(b / a) : 0;
        }
        var lnu = sum / Math.Log(high / low) * galaxy.History.TotalMassFormedMsun * _lsunErgPerSecond;
        var distance = Cosmology.LuminosityDistanceMpc(galaxy.Redshift) * 1e6 * PhysicalConstants.ParsecCentimetre;
        return (-2.5 * Math.Log10((1 + galaxy.Redshift) * lnu / (4 * Math.PI * distance * distance))) - 48.60;
    }

    // Integral of L_nu dlambda/lambda = integral of L_lambda lambda/c dlambda.
    private double LinesInBand(CompositeStellarPopulation population, double low, double high)
    {
        var centres = _synthesizer.LineWavelengthAngstrom;
        var first = WavelengthGrid.LowerBound(centres, low);
        var end = WavelengthGrid.LowerBound(centres, high);
        Span<double> luminosity = stackalloc double[end - first];
        _synthesizer.LineLuminosities(population, first, luminosity);
        var sum = 0.0;
        for (var l = first; l < end; l++)
        {
            sum += luminosity[l - first] * centres[l] / PhysicalConstants.SpeedOfLightAngstromPerSecond;
        }
        return sum;
    }
}
