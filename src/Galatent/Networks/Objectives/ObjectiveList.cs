using Galatent.Numerics;

namespace Galatent.Networks.Objectives;

/// <summary>All objectives, with the constants that they have where none are chosen.</summary>
public static class ObjectiveList
{
    /// <summary>In the order in which the help names them; the first is the study's.</summary>
    public static IReadOnlyList<Objective> All { get; } =
    [
        new BetaVaeObjective(),
        new AutoencoderObjective(),
        new AnnealedObjective(),
        new CapacityObjective(),
        new TcVaeObjective(),
        new InfoVaeObjective(),
        new IwaeObjective(),
        new FeatureObjective(),
        new SigmaVaeObjective(),
    ];

    /// <summary>The study's objective, eq. 8.</summary>
    public static Objective Default => All[0];

    /// <summary>The objective of that name.</summary>
    /// <exception cref="InputException">There is none.</exception>
    public static Objective Named(string name) =>
        All.FirstOrDefault(o => o.Name == name)
        ?? throw new InputException($"There is no objective '{name}'; choose {string.Join(", ", All.Select(o => o.Name))}.");
}
