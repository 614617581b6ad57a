using Galatent.Synthesis.Ssp;
using Galatent.Synthesis.StarFormation;
using Galatent.Synthesis.Stars;

namespace Galatent.Synthesis.Galaxies;

/// <summary>
/// The galaxies of a sample, in the order of their candidate numbers. Candidate k depends only on (seed, k) and is kept when its spectrum
/// passes the population's magnitude limit. So the sample does not depend on the number of threads, and a longer sample begins with the
/// shorter one.
/// </summary>
internal sealed class PopulationSample
{
    private const int CandidatesPerBlock = 1024;

    private readonly ICandidates _candidates;
    private readonly AgeWeights _ages;
    private readonly RBandSelection? _selection;
    private readonly ulong _seed;
    private readonly PopulationOptions _options;
    private readonly bool _everyCandidatePasses;

    public PopulationSample(SspLibrary library, PopulationOptions options, SynthesisOptions synthesis, AgeWeights ages, ulong seed)
    {
        (_ages, _seed, _options) = (ages, seed, options);
        _candidates = options.Selection == SelectionPreset.Uniform ? new UniformPopulation(options) : new GalaxyPopulation(options);
        _everyCandidatePasses = double.IsPositiveInfinity(_candidates.RMagnitudeLimit);
        _selection =
            _everyCandidatePasses || options.RMagnitudes == RMagnitudeSource.FspsFit
                ? null
                : new RBandSelection(library, options.MaxRedshift, synthesis);
    }

    /// <summary>A sample of <paramref name="count"/> galaxies from row <paramref name="firstRow"/> on, with the parameters shuffled among
    /// all of them if the options say so.</summary>
    public IEnumerable<(Galaxy Galaxy, CompositeStellarPopulation Population)> Rows(
        int firstRow,
        int count,
        int threads,
        CancellationToken cancellation
    ) =>
        _options.Decorrelated
            ? DecorrelatedSample
                .Of([.. Galaxies(0, threads, cancellation).Take(count).Select(g => g.Galaxy)], _options.Imf, _seed)
                .Skip(firstRow)
                .Select(g => (Galaxy: g, Population: ToPopulation(g, _ages)))
            : Galaxies(firstRow, threads, cancellation);

    /// <summary>The endless sample, starting at row <paramref name="firstRow"/>. Without a magnitude limit, row k is candidate k. With a
    /// limit, the earlier rows must be selected too, to find the candidate at which this row starts.</summary>
    public IEnumerable<(Galaxy Galaxy, CompositeStellarPopulation Population)> Galaxies(
        int firstRow,
        int threads,
        CancellationToken cancellation
    ) =>
        _everyCandidatePasses
            ? Blocks((ulong)firstRow, threads, cancellation).SelectMany(block => block)
            : Blocks(0, threads, cancellation).SelectMany(block => block).Skip(firstRow);

    private IEnumerable<(Galaxy Galaxy, CompositeStellarPopulation Population)[]> Blocks(
        ulong start,
        int threads,
        CancellationToken cancellation
    )
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        for (var first = start; ; first += (ulong)(4 * threads * CandidatesPerBlock))
        {
            var blocks = new (Galaxy, CompositeStellarPopulation)[4 * threads][];
            Parallel.For(0, blocks.Length, parallel, b => blocks[b] = Block(first + (ulong)(b * CandidatesPerBlock)));
            foreach (var block in blocks)
            {
                yield return block;
            }
        }
    }

    private (Galaxy Galaxy, CompositeStellarPopulation Population)[] Block(ulong first)
    {
        var galaxies = new List<Galaxy>();
        for (var k = first; k < first + CandidatesPerBlock; k++)
        {
            if (_candidates.DrawIfMayPass(_seed, k) is { } galaxy)
            {
                galaxies.Add(galaxy);
            }
        }
        var populations = galaxies.Select(g => ToPopulation(g, _ages)).ToArray();
        var kept = Enumerable.Range(0, galaxies.Count);
        if (_selection is not null)
        {
            var magnitudes = _selection.Magnitudes([.. galaxies], populations);
            kept = kept.Where(i => magnitudes[i] < _candidates.RMagnitudeLimit);
        }
        return [.. kept.Select(i => (galaxies[i], populations[i]))];
    }

    /// <summary>A galaxy in the form that the synthesis needs: its history as weights on the age nodes, per solar mass formed.</summary>
    internal static CompositeStellarPopulation ToPopulation(Galaxy galaxy, AgeWeights ages)
    {
        Span<double> edgeYr = stackalloc double[StarFormationHistory.BinCount + 1];
        Span<double> sfr = stackalloc double[StarFormationHistory.BinCount];
        var formed = galaxy.History.TotalMassFormedMsun;
        for (var i = 0; i < edgeYr.Length; i++)
        {
            edgeYr[i] = galaxy.History.EdgeGyr[i] * StarFormationHistory.YearsPerGyr;
        }
        for (var i = 0; i < sfr.Length; i++)
        {
            sfr[i] = galaxy.History.SfrMsunPerYr[i] / formed;
        }
        var young = new double[ages.NodeCount];
        var old = new double[ages.NodeCount];
        if (galaxy.Continuous is { } continuous)
        {
            continuous.AddTo(ages, young, old);
        }
        else
        {
            ages.AddConstant(edgeYr, sfr, young, old);
        }
        return new CompositeStellarPopulation(
            young,
            old,
            galaxy.LogZStar,
            galaxy.LogZGas,
            galaxy.LogU,
            galaxy.Dust1,
            galaxy.Dust2,
            galaxy.DustIndex
        );
    }
}
