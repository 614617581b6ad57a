using System.Buffers;
using System.Numerics.Tensors;
using Galatent.Spectra;

namespace Galatent.Synthesis;

/// <summary>
/// Rest-frame spectra of composite populations on one grid: stars, gas and dust (physics in docs/physics.md; FSPS' scheme, Conroy, Gunn and White 2009).
/// L = [(stars + gas continuum, young) exp(-dust1 5500/lambda) + (the same, old)] exp(-dust2 k) + lines with the same transmission at their centres.
/// Immutable: one instance serves any number of threads. A spectrum's bits do not depend on the batch it is computed in.
/// </summary>
public sealed class SpectrumSynthesizer
{
    /// <summary>Spectra per call that keep the matrix product fast: with 512, about 100 share each pair of metallicities.</summary>
    public const int PreferredBatch = 512;

    // Photon rates reach 1e46 and would overflow float32 products.
    private const double PhotonScale = 1e46;

    // The least normal float32, 1e-20 of an optical flux. The far ultraviolet behind dust2 = 4 of slope -1 has an optical depth of 80; as zero it would
    // break every logarithm, and denormal numbers cost a hundred times the time of others.
    private const float FaintestLnu = 1.17549435e-38f;

    private readonly WavelengthGrid _grid;
    private readonly StellarComposite _stars;
    private readonly TwoComponentDust _dust;
    private readonly NebularEmission _gas;

    /// <param name="library">Stars and lines.</param>
    /// <param name="grid">The pixels; within the library's range.</param>
    /// <param name="options">What the spectra contain.</param>
    public SpectrumSynthesizer(SspLibrary library, WavelengthGrid grid, SynthesisOptions options)
    {
        ArgumentNullException.ThrowIfNull(library);
        ArgumentNullException.ThrowIfNull(grid);
        ArgumentNullException.ThrowIfNull(options);
        _grid = grid;
        _stars = new StellarComposite(library.Stars.OnGrid(grid));
        _dust = new TwoComponentDust(grid, options);
        var lines = library.Lines.Within(options.LineRange.LowAngstrom, options.LineRange.HighAngstrom);
        _gas = new NebularEmission(library.Stars, lines.Within(grid.CellEdgeAngstrom[0], grid.CellEdgeAngstrom[^1]), grid, options, _dust, PhotonScale);
        Ages = new AgeWeights(library.Stars.LogAgeYr);
    }

    /// <summary>Turns star-formation histories into weights on this library's age nodes.</summary>
    public AgeWeights Ages { get; }

    /// <summary>Centres of the emission lines, Å, vacuum, shape (n_line).</summary>
    public double[] LineWavelengthAngstrom => _gas.LineWavelengthAngstrom;

    /// <summary>Synthesises a batch on the calling thread.</summary>
    /// <param name="populations">The galaxies, at most <see cref="PreferredBatch"/> for full speed.</param>
    /// <param name="lnu">Receives L_nu, Lsun/Hz per solar mass formed, shape (n, n_wave).</param>
    /// <param name="lineLuminosity">Receives line luminosities after dust, Lsun per solar mass formed, shape (n, n_line); empty when not wanted.</param>
    public void Synthesize(ReadOnlySpan<CompositePopulation> populations, Span<float> lnu, Span<double> lineLuminosity = default) =>
        Synthesize(populations, lnu, lineLuminosity, linesInSpectrum: true);

    /// <summary>Synthesises a batch without drawing its lines: what they carry is only told.</summary>
    /// <inheritdoc cref="Synthesize(ReadOnlySpan{CompositePopulation}, Span{float}, Span{double})"/>
    internal void SynthesizeApart(ReadOnlySpan<CompositePopulation> populations, Span<float> lnu, Span<double> lineLuminosity) =>
        Synthesize(populations, lnu, lineLuminosity, linesInSpectrum: false);

    private void Synthesize(ReadOnlySpan<CompositePopulation> populations, Span<float> lnu, Span<double> lineLuminosity, bool linesInSpectrum)
    {
        var (n, pixels) = (populations.Length, _grid.Count);
        if (lnu.Length != n * pixels || (lineLuminosity.Length != 0 && lineLuminosity.Length != n * _gas.LineCount))
        {
            throw new ArgumentException($"{n} spectra of {pixels} pixels do not fit into {lnu.Length} values.", nameof(lnu));
        }
        var young = ArrayPool<float>.Shared.Rent(n * pixels);
        var scratch = ArrayPool<float>.Shared.Rent((2 * pixels) + _gas.ScratchLength);
        _stars.Compose(populations, young.AsSpan(0, n * pixels), lnu);
        Span<double> luminosity = stackalloc double[_gas.LineCount];
        for (var i = 0; i < n; i++)
        {
            var spectrum = lnu.Slice(i * pixels, pixels);
            Finish(populations[i], young.AsSpan(i * pixels, pixels), spectrum, scratch, luminosity);
            if (linesInSpectrum)
            {
                _gas.DrawLines(luminosity, spectrum);
            }
            if (lineLuminosity.Length != 0)
            {
                luminosity.CopyTo(lineLuminosity[(i * luminosity.Length)..]);
            }
        }
        ArrayPool<float>.Shared.Return(young);
        ArrayPool<float>.Shared.Return(scratch);
    }

    // On entry spectrum holds the old stars' light.
    private void Finish(CompositePopulation galaxy, ReadOnlySpan<float> young, Span<float> spectrum, float[] scratch, Span<double> luminosity)
    {
        var pixels = spectrum.Length;
        var curve = scratch.AsSpan(0, pixels);
        var transmission = scratch.AsSpan(pixels, pixels);
        var photons = _gas.Photons(galaxy);
        var continuum = _gas.ContinuumPerPhoton;
        var (youngGas, oldGas) = ((float)photons.YoungTotal, (float)photons.OldTotal);
        _dust.Curve(galaxy.DustIndex, curve);
        TwoComponentDust.Transmission(_dust.BirthCloud(curve), galaxy.Dust1, transmission);
        for (var i = 0; i < pixels; i++)
        {
            spectrum[i] += (oldGas * continuum[i]) + (transmission[i] * (young[i] + (youngGas * continuum[i])));
        }
        TwoComponentDust.Transmission(curve, galaxy.Dust2, transmission);
        TensorPrimitives.Multiply(spectrum, transmission, spectrum);
        TensorPrimitives.Max(spectrum, FaintestLnu, spectrum);
        _gas.LineLuminosities(galaxy, photons, curve, scratch.AsSpan(2 * pixels), luminosity);
    }
}
