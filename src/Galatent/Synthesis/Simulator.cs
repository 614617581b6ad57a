using System.Numerics.Tensors;
using Galatent.Files;
using Galatent.Numerics;
using Galatent.Spectra;
using Galatent.Spectra.Quantities;
using Galatent.Synthesis.Galaxies;
using Galatent.Synthesis.Gas;
using Galatent.Synthesis.Mocks;
using Galatent.Synthesis.Observing;
using Galatent.Synthesis.Ssp;
using Galatent.Synthesis.Stars;

namespace Galatent.Synthesis;

/// <summary>
/// From galaxies to a spectrum file: draw or read, synthesise, normalise, write. A block is written while the next ones are computed, so
/// memory does not grow with the number of spectra. The file appears only when it is complete.
/// </summary>
public sealed class Simulator
{
    private readonly SspLibrary _library;
    private readonly SimulationOptions _options;
    private readonly SpectrumSynthesizer _synthesizer;
    private readonly WavelengthGrid _rest;
    private readonly ObservedFrame? _observed;
    private readonly Instrument _instrument;
    private readonly MockObserver? _mock;

    /// <summary>Prepares the synthesis (about half a second).</summary>
    public Simulator(SspLibrary library, SimulationOptions options)
    {
        ArgumentNullException.ThrowIfNull(library);
        ArgumentNullException.ThrowIfNull(options);
        (_library, _options) = (library, options);
        _rest = options.ObservedFrame ? new WavelengthGrid(library.Stars.WavelengthAngstrom) : options.Grid;
        _observed = options.ObservedFrame ? new ObservedFrame(_rest, options.Grid) : null;
        _instrument = new Instrument(options.Grid, options.Instrument);
        _mock = options.Like is { } survey ? new MockObserver(options.Grid, options.Normalization, survey) : null;
        _synthesizer = new SpectrumSynthesizer(library, _rest, options.Synthesis);
    }

    /// <summary>Simulates the first <paramref name="count"/> galaxies of a population.</summary>
    /// <param name="path">The file to write.</param>
    /// <param name="count">Number of spectra, at least 1.</param>
    /// <param name="population">The population model.</param>
    /// <param name="populationName">The population's name, stored in the file.</param>
    /// <param name="seed">Root seed.</param>
    /// <param name="progress">Receives the progress after each block.</param>
    /// <param name="cancellation">Ends the run. No file remains under the final name.</param>
    public void WritePopulation(
        string path,
        int count,
        PopulationOptions population,
        string populationName,
        ulong seed,
        IProgress<StepProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(population);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        var (first, rowCount) = RowsOf(count);
        var galaxies = _mock is null
            ? new PopulationSample(_library, population, _options.Synthesis, _synthesizer.Ages, seed).Rows(
                first,
                count,
                _options.Threads,
                cancellation
            )
            : new MockGalaxies(_mock.Survey, population, _synthesizer.Ages, seed).From(first, _options.Threads, cancellation);
        ParameterColumn[] columns =
        [
            .. GalaxyColumns.All.Select(c => Column(c.Quantity)),
            .. DispersionColumns(),
            .. _mock?.Survey.Columns ?? [],
        ];
        var rows = galaxies
            .Take(rowCount)
            .Select(
                (g, i) =>
                    WithConditions(
                        WithDispersion(
                            new SimulatedRow(g.Population, g.Galaxy.Redshift, () => [.. GalaxyColumns.All.Select(c => c.Value(g.Galaxy))]),
                            seed,
                            first + i,
                            g.Galaxy.LogMass
                        ),
                        seed,
                        first + i
                    )
            );
        Write(
            path,
            new SimulatedFile(first, rowCount, count, Provenance((long)seed, populationName), columns, rows, seed),
            progress,
            cancellation
        );
    }

    private SimulatedRow WithConditions(SimulatedRow row, ulong seed, int number) =>
        _mock is null ? row : row with { Columns = () => [.. row.Columns(), .. _mock.Survey.Conditions(seed, number).Values] };

    /// <summary>Simulates the galaxies of a catalogue, or a part of them, in the catalogue's order. The seed is only used for the noise and
    /// the velocity dispersions by mass, if there are any.</summary>
    public void WriteCatalogue(
        string path,
        GalaxyCatalogue catalogue,
        ulong seed = 1,
        IProgress<StepProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        MockObserver.RequireNone(_mock);
        var (first, rowCount) = RowsOf(catalogue.Count);
        // All galaxies are examined, whatever the part, so that all parts of a set have the same columns.
        var limits = Enumerable.Range(0, catalogue.Count).Select(i => (double)_library.Beyond(catalogue.Galaxy(i))).ToArray();
        IReadOnlyList<ParameterColumn> columns =
            limits.All(l => l == 0) || catalogue.Columns.Any(c => c.Name == GalaxyQuantities.HeldAtTableEnd.Name)
                ? catalogue.Columns
                : [.. catalogue.Columns, Column(GalaxyQuantities.HeldAtTableEnd, limits)];
        var masses = columns.FirstOrDefault(c => c.Name == GalaxyQuantities.LogMass.Name)?.Values;
        if (
            _options.Synthesis.StellarVelocityByMass
            && Array.FindIndex(masses ?? [double.NaN], m => !double.IsFinite(m)) is var massless and >= 0
        )
        {
            throw new InputException(
                $"'{catalogue.Name}' has no {GalaxyQuantities.LogMass.Name} for galaxy {massless}, but its velocity dispersion "
                    + $"depends on the mass; add it, or give one dispersion in km/s."
            );
        }
        var rows = Enumerable
            .Range(first, rowCount)
            .Select(i =>
                WithDispersion(
                    new SimulatedRow(
                        PopulationSample.ToPopulation(catalogue.Galaxy(i), _synthesizer.Ages),
                        catalogue.Galaxy(i).Redshift,
                        () => [.. columns.Select(c => c.Values[i])]
                    ),
                    seed,
                    i,
                    masses?[i] ?? 0
                )
            );
        var isRandom = _options.Instrument.HasNoise || _options.Synthesis.StellarVelocityByMass;
        if (_options.Synthesis.StellarVelocityByMass && columns.Any(c => c.Name == GalaxyQuantities.VelocityDispersion.Name))
        {
            throw new InputException(
                $"'{catalogue.Name}' already has a column {GalaxyQuantities.VelocityDispersion.Name}, where dispersions by mass would be "
                    + $"written; rename the column, or give one dispersion in km/s."
            );
        }
        Write(
            path,
            new SimulatedFile(
                first,
                rowCount,
                catalogue.Count,
                Provenance(isRandom ? (long)seed : -1, catalogue.Name),
                [.. columns.Select(c => c with { Whole = c.Whole?.Slice(first, rowCount) }), .. DispersionColumns()],
                rows,
                seed
            ),
            progress,
            cancellation
        );
    }

    /// <summary>Spectra of the galaxies of a catalogue, in memory and without noise: normalised flux, shape (n, n_wave).</summary>
    /// <param name="catalogue">The galaxies.</param>
    /// <param name="cancellation">Ends the work early.</param>
    public float[] Spectra(GalaxyCatalogue catalogue, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        return InMemory(
            Enumerable
                .Range(0, catalogue.Count)
                .Select(i => catalogue.Galaxy(i))
                .Select(g => new SimulatedRow(PopulationSample.ToPopulation(g, _synthesizer.Ages), g.Redshift, () => [])),
            catalogue.Count,
            cancellation
        );
    }

    /// <summary>Spectra of the first galaxies of a population, in memory and without noise: normalised flux, shape (n, n_wave). They are
    /// those of <see cref="WritePopulation"/>.</summary>
    /// <param name="count">Number of spectra, at least 1.</param>
    /// <param name="population">The population model.</param>
    /// <param name="seed">Root seed.</param>
    /// <param name="cancellation">Ends the work early.</param>
    public float[] Spectra(int count, PopulationOptions population, ulong seed, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        var sample = new PopulationSample(_library, population, _options.Synthesis, _synthesizer.Ages, seed);
        var rows = sample
            .Galaxies(0, _options.Threads, cancellation)
            .Select(g => new SimulatedRow(g.Population, g.Galaxy.Redshift, () => []));
        return InMemory(rows.Take(count), count, cancellation);
    }

    private float[] InMemory(IEnumerable<SimulatedRow> rows, int count, CancellationToken cancellation)
    {
        MockObserver.RequireNone(_mock);
        var pixels = _options.Grid.Count;
        var flux = new float[count * pixels];
        var done = 0;
        foreach (var block in rows.Chunk(_options.Threads * SpectrumSynthesizer.PreferredBatch))
        {
            cancellation.ThrowIfCancellationRequested();
            Spectra(block, done, 0).Flux.CopyTo(flux, done * pixels);
            done += block.Length;
        }
        return flux;
    }

    private bool HasNoise => _mock is not null || _options.Instrument.HasNoise;

    private ParameterColumn[] DispersionColumns() =>
        _options.Synthesis.StellarVelocityByMass ? [Column(GalaxyQuantities.VelocityDispersion)] : [];

    private static ParameterColumn Column(GalaxyQuantity quantity, double[]? values = null) =>
        new(quantity.Name, quantity.Unit, quantity.Description, values ?? []);

    // The dispersion depends on the seed and the galaxy's number only, so a part of a set equals the same rows of the whole.
    private SimulatedRow WithDispersion(SimulatedRow row, ulong seed, int number, double logMass)
    {
        if (!_options.Synthesis.StellarVelocityByMass)
        {
            return row;
        }
        var dispersion = VelocityDispersionRelation.Draw(seed, number, logMass);
        return row with
        {
            Population = row.Population with { VelocityDispersionKmPerS = dispersion },
            Columns = () => [.. row.Columns(), dispersion],
        };
    }

    private SpectrumProvenance Provenance(long seed, string population) =>
        new(
            SpectrumProvenance.ThisProgram,
            seed,
            _options.UnitName,
            _options.Normalization.LowAngstrom,
            _options.Normalization.HighAngstrom,
            $"{_library.Stars.Provenance.Citation}; lines: "
                + $"{(_options.Synthesis.Lines == LineSource.Table ? "of the same table" : "Byler et al. 2017, ApJ 840, 44 (FSPS)")}",
            population,
            _mock?.Survey.Description ?? _options.Instrument.Description
        );

    private (int First, int Count) RowsOf(int count) =>
        (_options.Shard ?? ShardRange.Whole).Rows(count) is { Count: > 0 } rows
            ? rows
            : throw new InputException(
                $"Part {_options.Shard!.Value.Number} of {_options.Shard.Value.Of} of {count} spectra is empty; use at most {count} parts."
            );

    private void Write(string path, SimulatedFile content, IProgress<StepProgress>? progress, CancellationToken cancellation) =>
        AtomicFile.Write(path, temporary =>
        {
            var count = content.Count;
            var columns = content.Columns;
            using var writer = new SpectrumFileWriter(
                temporary,
                _options.Grid,
                count,
                content.Provenance,
                columns,
                _synthesizer.LineWavelengthAngstrom,
                _options.Shard is null ? null : (content.FirstRow, content.TotalCount),
                HasNoise,
                mask: _mock is not null
            );
            var done = 0;
            var pending = Task.CompletedTask;
            // One block is written while the next is computed, in the memory of the one before. New memory for each took a tenth of the
            // time.
            (Block? Written, Block? Writing) blocks = default;
            progress?.Report(new StepProgress(0, count));
            try
            {
                foreach (var block in content.Rows.Chunk(_options.Threads * SpectrumSynthesizer.PreferredBatch))
                {
                    cancellation.ThrowIfCancellationRequested();
                    var spectra = Spectra(block, content.FirstRow + done, content.Seed, blocks.Written);
                    var values = Enumerable.Range(0, columns.Count).Select(_ => new double[block.Length]).ToArray();
                    for (var i = 0; i < block.Length; i++)
                    {
                        var row = block[i].Columns();
                        for (var c = 0; c < row.Length; c++)
                        {
                            values[c][i] = row[c];
                        }
                    }
                    pending.GetAwaiter().GetResult();
                    pending = Task.Run(
                        () => writer.Append(spectra.Flux, spectra.Norm, values, spectra.Lines, spectra.InverseVariance, spectra.Mask),
                        CancellationToken.None
                    );
                    blocks = (blocks.Writing, spectra);
                    done += block.Length;
                    progress?.Report(new StepProgress(done, count));
                }
            }
            finally
            {
                // The writer must not be disposed while a write is running, whatever ended the loop.
                pending.GetAwaiter().GetResult();
            }
            writer.Finish();
        });

    // The memory of a block of the same size that is no longer needed is used again.
    private Block Spectra(SimulatedRow[] block, int firstRow, ulong seed, Block? former = null)
    {
        var pixels = _options.Grid.Count;
        var lineCount = _synthesizer.LineWavelengthAngstrom.Length;
        former = former?.Norm.Length == block.Length ? former : null;
        var flux = former?.Flux ?? new float[block.Length * pixels];
        var norm = former?.Norm ?? new double[block.Length];
        var lines = former?.Lines ?? new double[block.Length * lineCount];
        var inverseVariance = HasNoise ? former?.InverseVariance ?? new float[flux.Length] : null;
        var mask = _mock is null ? null : former?.Mask ?? new byte[flux.Length];
        // As many equal parts as threads, because large batches make the matrix products fast.
        var part = (block.Length + _options.Threads - 1) / _options.Threads;
        ParallelParts.Run((block.Length + part - 1) / part, _options.Threads, p =>
        {
            var from = p * part;
            var to = Math.Min(block.Length, (p + 1) * part);
            var populations = block[from..to].Select(r => r.Population).ToArray();
            var emitted = _observed is null ? flux.AsSpan(from * pixels, (to - from) * pixels) : new float[(to - from) * _rest.Count];
            _synthesizer.Synthesize(populations, emitted, lines.AsSpan(from * lineCount, (to - from) * lineCount));
            for (var i = from; i < to && _observed is not null; i++)
            {
                _observed.Apply(
                    emitted.Slice((i - from) * _rest.Count, _rest.Count),
                    block[i].Redshift,
                    $"Galaxy {firstRow + i}",
                    flux.AsSpan(i * pixels, pixels)
                );
            }
            for (var i = from; i < to && _mock is not null; i++)
            {
                var (start, row) = (i * pixels, firstRow + i);
                norm[i] = _mock.Observe(
                    flux.AsSpan(start, pixels),
                    inverseVariance.AsSpan(start, pixels),
                    mask.AsSpan(start, pixels),
                    seed,
                    row
                );
            }
            for (var i = from; i < to && _mock is null; i++)
            {
                norm[i] = Normalize(flux.AsSpan(i * pixels, pixels), firstRow + i);
                norm[i] *= inverseVariance is null
                    ? 1
                    : Noisy(flux.AsSpan(i * pixels, pixels), inverseVariance.AsSpan(i * pixels, pixels), seed, firstRow + i);
            }
        });
        return new Block(flux, norm, lines, inverseVariance, mask);
    }

    private double Normalize(Span<float> spectrum, int row)
    {
        _options.Convert(spectrum);
        _instrument.Disperse(spectrum);
        var median = _options.Median(spectrum, $"Galaxy {row}");
        TensorPrimitives.Divide(spectrum, median, spectrum);
        // One sum finds any value that is not finite, because NaN and infinity survive addition.
        if (!float.IsFinite(TensorPrimitives.Sum<float>(spectrum)))
        {
            throw new InputException($"Galaxy {row}: its spectrum is not finite everywhere; check its parameters.");
        }
        return median;
    }

    // With noise, the spectrum is normalised again, as after importing an observed spectrum.
    private float Noisy(Span<float> spectrum, Span<float> inverseVariance, ulong seed, int row)
    {
        _instrument.AddNoise(spectrum, inverseVariance, seed, row);
        var median = _options.Median(spectrum, $"Galaxy {row} with noise");
        TensorPrimitives.Divide(spectrum, median, spectrum);
        TensorPrimitives.Multiply(inverseVariance, median * median, inverseVariance);
        return median;
    }

    private sealed record Block(float[] Flux, double[] Norm, double[] Lines, float[]? InverseVariance, byte[]? Mask);
}
