using System.Numerics.Tensors;
using Galatent.Numerics;
using Galatent.Spectra;

namespace Galatent.Synthesis;

/// <summary>What to simulate besides the galaxies themselves.</summary>
/// <param name="Grid">The pixels; the study's by default.</param>
/// <param name="Synthesis">What the spectra contain.</param>
/// <param name="Normalization">The window whose median becomes 1.</param>
/// <param name="Threads">Cores to use; the result does not depend on it.</param>
public sealed record SimulationOptions(WavelengthGrid Grid, SynthesisOptions Synthesis, MedianNormalization Normalization, int Threads)
{
    /// <summary>The study's choices.</summary>
    public static SimulationOptions Study(int threads) => new(WavelengthGrid.Study, new SynthesisOptions(), MedianNormalization.Study, threads);
}

/// <summary>
/// From galaxies to a spectrum file: draw or read, synthesise, normalise, write. Blocks stream to the disk while the next are computed,
/// so memory does not grow with the number of spectra. The file is written whole or not at all.
/// </summary>
public sealed class Simulator
{
    private readonly SspLibrary _library;
    private readonly SimulationOptions _options;
    private readonly SpectrumSynthesizer _synthesizer;

    /// <summary>Prepares the synthesis (about half a second).</summary>
    public Simulator(SspLibrary library, SimulationOptions options)
    {
        ArgumentNullException.ThrowIfNull(library);
        ArgumentNullException.ThrowIfNull(options);
        (_library, _options) = (library, options);
        _synthesizer = new SpectrumSynthesizer(library, options.Grid, options.Synthesis);
    }

    /// <summary>Simulates the first <paramref name="count"/> galaxies of a population.</summary>
    /// <param name="path">The file to write.</param>
    /// <param name="count">Number of spectra, at least 1.</param>
    /// <param name="population">The population model.</param>
    /// <param name="populationName">Its name, for the file.</param>
    /// <param name="seed">Root seed.</param>
    /// <param name="progress">Told after each block.</param>
    /// <param name="cancellation">Ends the run; nothing remains under the final name.</param>
    public void WritePopulation(
        string path, int count, PopulationOptions population, string populationName, ulong seed, IProgress<StepProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        var sample = new PopulationSample(_library, population, _options.Synthesis, _synthesizer.Ages, seed);
        var columns = GalaxyColumns.All.Select(c => new ParameterColumn(c.Name, c.Unit, c.Description, [])).ToArray();
        var rows = sample.Blocks(_options.Threads, cancellation).SelectMany(block => block).Take(count)
            .Select(g => new SimulatedRow(g.Population, () => [.. GalaxyColumns.All.Select(c => c.Value(g.Galaxy))]));
        Write(path, count, Provenance((long)seed, populationName), columns, rows, progress, cancellation);
    }

    /// <summary>Simulates the galaxies of a catalogue, in its order.</summary>
    public void WriteCatalogue(string path, GalaxyCatalogue catalogue, IProgress<StepProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        var rows = Enumerable.Range(0, catalogue.Count).Select(i => new SimulatedRow(
            PopulationSample.ToPopulation(catalogue.Galaxy(i), _synthesizer.Ages), () => [.. catalogue.Columns.Select(c => c.Values[i])]));
        Write(path, catalogue.Count, Provenance(-1, catalogue.Name), catalogue.Columns, rows, progress, cancellation);
    }

    private SpectrumProvenance Provenance(long seed, string population) => new(
        SpectrumProvenance.ThisProgram, seed, "Lsun/Hz per solar mass formed", _options.Normalization.LowAngstrom, _options.Normalization.HighAngstrom,
        $"{_library.Stars.Provenance.Citation}; lines: Byler et al. 2017, ApJ 840, 44 (FSPS)", population);

    private void Write(
        string path, int count, SpectrumProvenance provenance, IReadOnlyList<ParameterColumn> columns, IEnumerable<SimulatedRow> rows,
        IProgress<StepProgress>? progress, CancellationToken cancellation) => AtomicFile.Write(path, temporary =>
    {
        using var writer = new SpectrumFileWriter(temporary, _options.Grid, count, provenance, columns, _synthesizer.LineWavelengthAngstrom);
        var done = 0;
        var pending = Task.CompletedTask;
        progress?.Report(new StepProgress(0, count));
        try
        {
            foreach (var block in rows.Chunk(_options.Threads * SpectrumSynthesizer.PreferredBatch))
            {
                cancellation.ThrowIfCancellationRequested();
                var (flux, norm, lines) = Spectra(block, done);
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
                pending = Task.Run(() => writer.Append(flux, norm, values, lines), CancellationToken.None);
                done += block.Length;
                progress?.Report(new StepProgress(done, count));
            }
        }
        finally
        {
            // The writer must not be disposed under a running write, whatever ended the loop.
            pending.GetAwaiter().GetResult();
        }
        writer.Finish();
    });

    private (float[] Flux, double[] Norm, double[] Lines) Spectra(SimulatedRow[] block, int firstRow)
    {
        var (pixels, lineCount) = (_options.Grid.Count, _synthesizer.LineWavelengthAngstrom.Length);
        var flux = new float[block.Length * pixels];
        var norm = new double[block.Length];
        var lines = new double[block.Length * lineCount];
        // As many equal parts as threads: the matrix products want large batches.
        var part = (block.Length + _options.Threads - 1) / _options.Threads;
        Parallel.For(0, (block.Length + part - 1) / part, new ParallelOptions { MaxDegreeOfParallelism = _options.Threads }, p =>
        {
            var (from, to) = (p * part, Math.Min(block.Length, (p + 1) * part));
            var populations = block[from..to].Select(r => r.Population).ToArray();
            _synthesizer.Synthesize(populations, flux.AsSpan(from * pixels, (to - from) * pixels), lines.AsSpan(from * lineCount, (to - from) * lineCount));
            for (var i = from; i < to; i++)
            {
                norm[i] = Normalize(flux.AsSpan(i * pixels, pixels), firstRow + i);
            }
        });
        return (flux, norm, lines);
    }

    private double Normalize(Span<float> spectrum, int row)
    {
        var median = _options.Normalization.Median(_options.Grid, spectrum);
        if (!(median > 0) || !float.IsFinite(median))
        {
            throw new InputException($"Galaxy {row}: the median of its spectrum over {_options.Normalization.LowAngstrom}-{_options.Normalization.HighAngstrom} Å is {median}, so it cannot be normalised; check its parameters or the grid.");
        }
        TensorPrimitives.Divide(spectrum, median, spectrum);
        // One sum finds any value that is not finite: NaN and infinity survive addition.
        if (!float.IsFinite(TensorPrimitives.Sum<float>(spectrum)))
        {
            throw new InputException($"Galaxy {row}: its spectrum is not finite everywhere; check its parameters.");
        }
        return median;
    }

    private sealed record SimulatedRow(CompositePopulation Population, Func<double[]> Columns);
}
