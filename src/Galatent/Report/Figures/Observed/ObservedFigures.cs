using Galatent.Report.Drawing;

namespace Galatent.Report.Figures.Observed;

/// <summary>All figures of an imported dataset. Each has its own file and one line here.</summary>
internal static class ObservedFigures
{
    private static readonly (string Id, Func<ObservedSample, Figure> Make)[] Recipes =
    [
        ("observed-coverage", CoverageFigure.Make),
        ("observed-distributions", DistributionFigure.Make),
        ("observed-mean", MeanSpectrumFigure.Make),
        ("observed-nearest", NearestSimulatedFigure.Make),
        ("observed-random", RandomSpectraFigure.Make),
        ("observed-worst", WorstSpectraFigure.Make),
    ];

    /// <summary>Names of the figures, for checks before there is a dataset.</summary>
    public static IReadOnlyList<string> Ids { get; } = [.. Recipes.Select(r => r.Id)];

    /// <summary>The figures of a dataset, not drawn yet.</summary>
    public static IReadOnlyList<Figure> All(ObservedSample sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        return [.. Recipes.Select(r => r.Make(sample))];
    }
}
