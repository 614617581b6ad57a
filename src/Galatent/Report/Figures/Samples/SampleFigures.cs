using Galatent.Report.Drawing;

namespace Galatent.Report.Figures.Samples;

/// <summary>All figures of a simulated sample. Each has its own file and one line here.</summary>
public static class SampleFigures
{
    private static readonly Func<SimulatedSample, Figure>[] Recipes =
    [
        SampleParametersFigure.Make,
        SampleTracksFigure.Make,
        StarFormationHistoriesFigure.Make,
        SampleRatiosFigure.Make,
        DustCurvesFigure.Make,
    ];

    /// <summary>The figures of a sample, not drawn yet.</summary>
    public static IReadOnlyList<Figure> All(SimulatedSample sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        return [.. Recipes.Select(make => make(sample))];
    }
}
