using Galatent.Report.Drawing;
using Galatent.Report.Runs;

namespace Galatent.Report.Figures.Comparisons;

/// <summary>All figures of a comparison of models. Each has its own file and one line here.</summary>
public static class ComparisonFigures
{
    private static readonly Func<ComparisonResults, Figure>[] Recipes =
    [
        ComparedDimensionsFigure.Make,
        ComparedLossesFigure.Make,
        ComparedMatchingFigure.Make,
    ];

    /// <summary>The figures of a comparison, not drawn yet.</summary>
    public static IReadOnlyList<Figure> All(ComparisonResults comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        return [.. Recipes.Select(make => make(comparison))];
    }
}
