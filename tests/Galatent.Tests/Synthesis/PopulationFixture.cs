using Galatent.Numerics;
using Galatent.Synthesis;

namespace Galatent.Tests.Synthesis;

/// <summary>One sample of each preset, drawn once for all tests.</summary>
public sealed class PopulationFixture
{
    public const ulong Seed = 2024;

    /// <summary>Candidates of preset r25, before any cut on magnitude.</summary>
    public IReadOnlyList<Galaxy> Candidates { get; } = Draw(new PopulationOptions(), Seed, 100_000);

    /// <summary>
    /// About 25,700 galaxies of preset r25. The model's statistics belong to magnitudes from FSPS spectra, which are not at hand, so m_r is the polynomial
    /// plus the normal scatter of 0.35 mag that it has about them: the scatter carries numerous faint, light galaxies over the limit, and without it
    /// the median mass is 0.05 dex too high. (With spectra of the embedded stellar library it is 0.06 dex too high, and 23 % pass instead of 26 %.)
    /// </summary>
    public IReadOnlyList<Galaxy> Bright { get; }

    /// <summary>Galaxies of preset ch1_26, which needs no magnitude.</summary>
    public IReadOnlyList<Galaxy> MassLimited { get; } = Draw(new PopulationOptions { Selection = SelectionPreset.IracChannel1Band26 }, Seed, 60_000);

    public PopulationFixture()
    {
        var scatter = new RandomStream(Seed, "scatter of the approximate magnitude");
        Bright = [.. Candidates.Where(galaxy => GalaxyPopulation.ApproximateRMagnitude(galaxy) + (0.35 * scatter.NextNormal()) < 25)];
    }

    public static IReadOnlyList<Galaxy> Draw(PopulationOptions options, ulong seed, int count)
    {
        var population = new GalaxyPopulation(options);
        return [.. Enumerable.Range(0, count).Select(i => population.Draw(seed, (ulong)i))];
    }

    public static double[] Column(IReadOnlyList<Galaxy> galaxies, string name) => GalaxyColumns.All.Single(column => column.Name == name).Of(galaxies).Values;
}

/// <summary>Lets the classes that need the sample share one.</summary>
[CollectionDefinition]
public class PopulationCollection : ICollectionFixture<PopulationFixture>;
