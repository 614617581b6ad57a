using System.Buffers;
using System.Numerics;
using Galatent.Numerics;
using Galatent.Spectra;
using Galatent.Synthesis.Dust;
using Galatent.Synthesis.Gas;
using Galatent.Synthesis.Ssp;
using Galatent.Synthesis.StarFormation;
using Galatent.Synthesis.Stars;

namespace Galatent.Synthesis;

/// <summary>
/// Rest-frame spectra of composite populations on one grid: stars, gas and dust (physics in docs/physics.md; the scheme of FSPS, Conroy,
/// Gunn and White 2009).
/// L = [(stars + gas continuum, young) exp(-dust1 5500/lambda) + (the same, old)] exp(-dust2 k) + lines. The lines have the same
/// transmission at their centres.
/// Immutable: one instance serves any number of threads. The bits of a spectrum do not depend on its batch.
/// </summary>
public sealed class SpectrumSynthesizer
{
    /// <summary>Number of spectra per call that makes the matrix product fast: of 512, about 100 share each pair of
    /// metallicities.</summary>
    public const int PreferredBatch = 512;

    // Galaxies whose light is composed before it is broadened: enough for a fast product (130 of them 4 % faster), 5 MB.
    private const int DispersedRows = 120;

    // The smallest normal float32; it is 1e-20 of an optical flux. The far ultraviolet behind dust2 = 4 with slope -1 has an optical depth
    // of 80. As zero it would break every logarithm, and denormal numbers take a hundred times longer.
    private const float FaintestLnu = 1.17549435e-38f;

    private readonly WavelengthGrid _grid;
    private readonly StellarComposite? _stars;
    private readonly DispersedStars? _dispersed;
    private readonly TwoComponentDust _dust;
    private readonly NebularEmission _gas;

    /// <param name="library">Stars and lines.</param>
    /// <param name="grid">The pixels, within the library's range.</param>
    /// <param name="options">What the spectra contain.</param>
    public SpectrumSynthesizer(SspLibrary library, WavelengthGrid grid, SynthesisOptions options)
    {
        ArgumentNullException.ThrowIfNull(library);
        ArgumentNullException.ThrowIfNull(grid);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        if ((options.EmissionLines || options.NebularContinuum) && SspPlausibility.HasEmissionLines(library.Stars))
        {
            throw new InputException(
                "The stellar populations already contain emission lines, so gas would count twice; give a table of stars alone, or leave "
                    + "gas out with SynthesisOptions.EmissionLines and SynthesisOptions.NebularContinuum."
            );
        }
        _grid = grid;
        _dispersed = options.StellarVelocityByMass ? new DispersedStars(library.Stars, grid, options.MetallicityScatterDex) : null;
        _stars = options.StellarVelocityByMass
            ? null
            : new StellarComposite(
                VelocityDispersion.BroadenOnGrid(library.Stars, options.StellarVelocityKmPerS, grid),
                options.MetallicityScatterDex
            );
        _dust = new TwoComponentDust(grid.WavelengthAngstrom, options);
        var low = Math.Max(options.LineRange.LowAngstrom, grid.CellEdgeAngstrom[0]);
        var high = Math.Min(options.LineRange.HighAngstrom, grid.CellEdgeAngstrom[^1]);
        _gas = new NebularEmission(
            library.Stars,
            library.Lines.Within(low, high),
            StatedLines.Of(library.Stars, low, high, options),
            grid,
            options
        );
        Ages = new AgeWeights(library.Stars.LogAgeYr, options.SplitAtNodes);
    }

    /// <summary>Converts star-formation histories to weights on this library's age nodes.</summary>
    public AgeWeights Ages { get; }

    /// <summary>Centres of the emission lines, Å, vacuum, shape (n_line).</summary>
    public double[] LineWavelengthAngstrom => _gas.LineWavelengthAngstrom;

    /// <summary>Synthesises a batch on the calling thread.</summary>
    /// <param name="populations">The galaxies, at least <see cref="PreferredBatch"/> for full speed.</param>
    /// <param name="lnu">Receives L_nu, Lsun/Hz per solar mass formed, shape (n, n_wave).</param>
    /// <param name="lineLuminosity">Receives line luminosities after dust, Lsun per solar mass formed, shape (n, n_line); may be
    /// empty.</param>
    public void Synthesize(ReadOnlySpan<CompositeStellarPopulation> populations, Span<float> lnu, Span<double> lineLuminosity = default)
    {
        var n = populations.Length;
        var lines = _gas.LineCount;
        if (lineLuminosity.Length != 0 && lineLuminosity.Length != n * lines)
        {
            throw new ArgumentException(
                $"{n} times {lines} line luminosities do not fit into {lineLuminosity.Length} values.",
                nameof(lineLuminosity)
            );
        }
        SynthesizeContinuum(populations, lnu);
        Span<double> luminosity = stackalloc double[lines];
        for (var i = 0; i < n; i++)
        {
            _gas.LineLuminosities(populations[i], 0, luminosity);
            _gas.DrawLines(luminosity, lnu.Slice(i * _grid.Count, _grid.Count));
            if (lineLuminosity.Length != 0)
            {
                luminosity.CopyTo(lineLuminosity[(i * lines)..]);
            }
        }
    }

    /// <summary>Stars and gas behind dust, without lines; parameters as in <see cref="Synthesize"/>.</summary>
    internal void SynthesizeContinuum(ReadOnlySpan<CompositeStellarPopulation> populations, Span<float> lnu)
    {
        var n = populations.Length;
        if (lnu.Length != n * _grid.Count)
        {
            throw new ArgumentException($"{n} spectra of {_grid.Count} pixels do not fit into {lnu.Length} values.", nameof(lnu));
        }
        // Galaxies are sorted by their interval of metallicity, so that each interval is one run of rows.
        var orders = new int[n];
        var rows = new int[n];
        for (var i = 0; i < n; i++)
        {
            (orders[i], rows[i]) = (_dispersed?.Order(populations[i]) ?? _stars!.Interval(populations[i].LogZStar), i);
        }
        Array.Sort(orders, rows);
        int Interval(int row) => _dispersed is null ? orders[row] : DispersedStars.Metallicity(orders[row]);
        for (int start = 0, end; start < n; start = end)
        {
            end = start + 1;
            while (end < n && Interval(end) == Interval(start))
            {
                end++;
            }
            var group = rows.AsSpan(start, end - start);
            if (_dispersed is null)
            {
                SynthesizeGroup(_stars!, populations, group, lnu);
            }
            for (var part = 0; part < group.Length && _dispersed is not null; part += DispersedRows)
            {
                SynthesizeGroup(_dispersed, populations, group[part..Math.Min(group.Length, part + DispersedRows)], lnu);
            }
        }
    }

    /// <summary>Luminosities of a run of lines of one galaxy after dust, Lsun per solar mass formed.</summary>
    internal void LineLuminosities(CompositeStellarPopulation galaxy, int firstLine, Span<double> luminosity) =>
        _gas.LineLuminosities(galaxy, firstLine, luminosity);

    private void SynthesizeGroup(
        StellarComposite stars,
        ReadOnlySpan<CompositeStellarPopulation> populations,
        ReadOnlySpan<int> rows,
        Span<float> lnu
    )
    {
        var count = rows.Length;
        using var group = stars.Group(populations, rows, stars.Interval(populations[rows[0]].LogZStar));
        var photons = new (float Young, float Old)[count];
        for (var r = 0; r < count; r++)
        {
            photons[r] = _gas.Photons(populations[rows[r]]);
        }
        var young = ArrayPool<float>.Shared.Rent(count * StellarComposite.TilePixels);
        var old = ArrayPool<float>.Shared.Rent(count * StellarComposite.TilePixels);
        for (var tile = 0; tile < stars.TileCount; tile++)
        {
            var (first, pixels) = stars.Tile(tile);
            stars.Compose(group, tile, young.AsSpan(0, count * pixels), old.AsSpan(0, count * pixels));
            for (var r = 0; r < count; r++)
            {
                Finish(
                    populations[rows[r]],
                    photons[r],
                    first,
                    young.AsSpan(r * pixels, pixels),
                    old.AsSpan(r * pixels, pixels),
                    lnu.Slice((rows[r] * _grid.Count) + first, pixels)
                );
            }
        }
        ArrayPool<float>.Shared.Return(young);
        ArrayPool<float>.Shared.Return(old);
    }

    private void SynthesizeGroup(
        DispersedStars stars,
        ReadOnlySpan<CompositeStellarPopulation> populations,
        ReadOnlySpan<int> rows,
        Span<float> lnu
    )
    {
        var (width, pixels) = (stars.Width, _grid.Count);
        var composed = ArrayPool<float>.Shared.Rent(2 * rows.Length * width);
        var broad = ArrayPool<float>.Shared.Rent(2 * pixels);
        var young = broad.AsSpan(0, pixels);
        var old = broad.AsSpan(pixels, pixels);
        var ofYoung = composed.AsSpan(0, rows.Length * width);
        var ofOld = composed.AsSpan(rows.Length * width, rows.Length * width);
        stars.Compose(populations, rows, ofYoung, ofOld);
        for (var r = 0; r < rows.Length; r++)
        {
            var galaxy = populations[rows[r]];
            stars.Broaden(ofYoung.Slice(r * width, width), ofOld.Slice(r * width, width), galaxy.VelocityDispersionKmPerS, young, old);
            var photons = _gas.Photons(galaxy);
            for (var first = 0; first < pixels; first += StellarComposite.TilePixels)
            {
                var count = Math.Min(StellarComposite.TilePixels, pixels - first);
                Finish(
                    galaxy,
                    photons,
                    first,
                    young.Slice(first, count),
                    old.Slice(first, count),
                    lnu.Slice((rows[r] * pixels) + first, count)
                );
            }
        }
        ArrayPool<float>.Shared.Return(composed);
        ArrayPool<float>.Shared.Return(broad);
    }

    // Gas and dust for one tile of one galaxy.
    private void Finish(
        CompositeStellarPopulation galaxy,
        (float Young, float Old) photons,
        int first,
        ReadOnlySpan<float> young,
        ReadOnlySpan<float> old,
        Span<float> spectrum
    )
    {
        Span<float> diffuse = stackalloc float[young.Length];
        Span<float> birthCloud = stackalloc float[young.Length];
        _dust.Curve(galaxy.DustIndex, first, diffuse);
        TwoComponentDust.Transmission(_dust.BirthCloud(first, diffuse), galaxy.Dust1, birthCloud);
        TwoComponentDust.Transmission(diffuse, galaxy.Dust2, diffuse);
        var continuum = _gas.ContinuumPerPhoton.AsSpan(first, young.Length);
        var i = 0;
        // Without fused operations, so that the bits do not depend on the width of the registers.
        for (; i <= young.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var gas = new Vector<float>(continuum[i..]);
            var inside = new Vector<float>(young[i..]) + (photons.Young * gas);
            var outside = new Vector<float>(old[i..]) + (photons.Old * gas);
            var light = ((new Vector<float>(birthCloud[i..]) * inside) + outside) * new Vector<float>(diffuse[i..]);
            Vector.Max(light, new Vector<float>(FaintestLnu)).CopyTo(spectrum[i..]);
        }
        for (; i < young.Length; i++)
        {
            var inside = young[i] + (photons.Young * continuum[i]);
            var outside = old[i] + (photons.Old * continuum[i]);
            spectrum[i] = Math.Max(((birthCloud[i] * inside) + outside) * diffuse[i], FaintestLnu);
        }
    }
}
