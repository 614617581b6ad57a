using Galatent.Synthesis;
using Galatent.Synthesis.Galaxies;
using Galatent.Synthesis.Ssp;
using Galatent.Synthesis.StarFormation;

namespace Galatent.Tests.Synthesis.Galaxies;

/// <summary>One sample of each preset, drawn once for all tests.</summary>
public sealed class PopulationFixture
{
    public const ulong Seed = 2024;

    /// <summary>Candidates of preset r25, before any cut on magnitude.</summary>
    public IReadOnlyList<Galaxy> Candidates { get; } = Draw(new PopulationOptions(), Seed, 150_000);

    /// <summary>
    /// About 38,600 galaxies of preset r25. The model's statistics belong to magnitudes from FSPS spectra, which are not at hand, so m_r is
    /// that of the galaxy's own spectrum with the embedded stars, less what these stars differ from FSPS by, on average at given parameters
    /// (<see cref="OnScaleOfFsps"/>). What remains of the embedded stars is how magnitudes scatter with bursts and histories.
    /// Without that correction redshifts, masses and metallicities of the sample depart by up to 0.06; with the fit to FSPS alone, which
    /// knows no bursts, by 0.05.
    /// </summary>
    public IReadOnlyList<Galaxy> Bright { get; }

    /// <summary>Galaxies of preset ch1_26, which needs no magnitude.</summary>
    public IReadOnlyList<Galaxy> MassLimited { get; } =
        Draw(new PopulationOptions { Selection = SelectionPreset.IracChannel1Band26 }, Seed, 60_000);

    public PopulationFixture()
    {
        var library = SspPack.Embedded();
        var selection = new RBandSelection(library, 4, new SynthesisOptions());
        var ages = new AgeWeights(library.Stars.LogAgeYr, splitAtNodes: false);
        var bright = new List<Galaxy>();
        // Where the fit is 1.3 mag beyond the limit (3.7 of its rms), no spectrum is brighter.
        foreach (var chunk in Candidates.Where(g => GalaxyPopulation.ApproximateRMagnitude(g) < 26.3).Chunk(2000))
        {
            var magnitudes = selection.Magnitudes(chunk, [.. chunk.Select(g => PopulationSample.ToPopulation(g, ages))]);
            bright.AddRange(chunk.Where((g, i) => magnitudes[i] - OnScaleOfFsps(g) < 25));
        }
        Bright = bright;
    }

    // Least squares of the spectrum's magnitude less the fit to FSPS's, over 300,000 candidates of another seed within 0.7 mag of the
    // limit.
    private static double OnScaleOfFsps(Galaxy g) =>
        0.103
        - (0.247 * (g.LogZStar + 0.57))
        + (0.035 * (Math.Log10(1 + g.Redshift) - 0.27))
        - (0.080 * Math.Clamp(g.LogSfr - g.LogMass + 9.1, -2.5, 1.5))
        - (0.004 * g.Dust2)
        + (0.023 * g.Dust1)
        + (0.209 * g.Dust2 * g.DustIndex);

    public static IReadOnlyList<Galaxy> Draw(PopulationOptions options, ulong seed, int count)
    {
        var population = new GalaxyPopulation(options);
        return [.. Enumerable.Range(0, count).Select(i => population.Draw(seed, (ulong)i))];
    }

    public static double[] Column(IReadOnlyList<Galaxy> galaxies, string name) =>
        GalaxyColumns.All.Single(column => column.Name == name).Of(galaxies).Values;
}

/// <summary>Lets the classes that need the sample share one.</summary>
[CollectionDefinition]
public class PopulationCollection : ICollectionFixture<PopulationFixture>;
