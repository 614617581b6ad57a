using Galatent.Numerics;
using Galatent.Synthesis.Galaxies;
using Galatent.Synthesis.StarFormation;
using Galatent.Synthesis.Stars;

namespace Galatent.Synthesis.Mocks;

/// <summary>
/// The galaxies of a mock survey: number k is drawn from the population at the redshift of the spectrum that it copies, and about as
/// bright, because a survey's limit and not the population decides which masses are seen. It depends only on the seed and k.
/// </summary>
internal sealed class MockGalaxies
{
    private const int PerBlock = 512;

    // Beside how bright a spectrum is: fibres miss light of near galaxies, so that the galaxy may be brighter.
    private const double MostBrighterMag = 1.5;
    private const double MostFainterMag = 0.5;

    // At the bright end of a distant redshift hardly any galaxy of the population qualifies; the nearest in brightness is then taken.
    private const int MostTrials = 300;

    private readonly GalaxyPopulation? _population;
    private readonly UniformPopulation? _uniform;
    private readonly MockSurvey _survey;
    private readonly AgeWeights _ages;
    private readonly ulong _seed;

    public MockGalaxies(MockSurvey survey, PopulationOptions options, AgeWeights ages, ulong seed)
    {
        (_survey, _ages, _seed) = (survey, ages, seed);
        _uniform = options.Selection == SelectionPreset.Uniform ? new UniformPopulation(options) : null;
        _population = _uniform is null ? new GalaxyPopulation(options) : null;
    }

    /// <summary>The endless list, starting at number <paramref name="first"/>.</summary>
    public IEnumerable<(Galaxy Galaxy, CompositeStellarPopulation Population)> From(int first, int threads, CancellationToken cancellation)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        for (var start = first; ; start += 4 * threads * PerBlock)
        {
            var galaxies = new (Galaxy, CompositeStellarPopulation)[4 * threads * PerBlock];
            Parallel.For(0, 4 * threads, parallel, b =>
            {
                for (var i = b * PerBlock; i < (b + 1) * PerBlock; i++)
                {
                    var galaxy = Draw(start + i);
                    galaxies[i] = (galaxy, PopulationSample.ToPopulation(galaxy, _ages));
                }
            });
            foreach (var galaxy in galaxies)
            {
                yield return galaxy;
            }
        }
    }

    private Galaxy Draw(int number)
    {
        var conditions = _survey.Conditions(_seed, number);
        var stream = new RandomStream(_seed, "mock galaxy", (ulong)number);
        return _uniform is not null
            ? _uniform.DrawAt(conditions.Redshift, ref stream)
            : _population!.DrawAt(
                conditions.Redshift,
                (conditions.RestMagnitude - MostBrighterMag, conditions.RestMagnitude + MostFainterMag),
                MostTrials,
                ref stream
            );
    }
}
