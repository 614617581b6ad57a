using Galatent.Report.Drawing;
using Galatent.Report.Figures;
using Galatent.Report.Figures.Analyses;
using Galatent.Report.Figures.Comparisons;
using Galatent.Report.Figures.Schematics;
using Galatent.Report.Runs;

namespace Galatent.Report;

/// <summary>All figures of a run. Each has its own file and one line here.</summary>
public static class FigureCatalogue
{
    // In the order of the report. A recipe returns null when the run lacks its data, e.g. the parameters of observed spectra.
    private static readonly Func<RunResults, Figure?>[] Recipes =
    [
        AutoencoderSchematic.Make,
        VaeSchematic.Make,
        ConvolutionSchematic.Make,
        NetworkSchematic.Make,
        ExampleSpectraFigure.Make,
        SamplingFigure.Make,
        TrainingHistoryFigure.Make,
        ReconstructionFigure.Make,
        WavelengthErrorFigure.Make,
        LineFigure.Make,
        InformativenessFigure.Make,
        ActivityFigure.Make,
        DimensionalityFigure.Make,
        LatentInformationFigure.Make,
        LatentDensityFigure.Make,
        OutlierFigure.Make,
        ParameterInformationFigure.Make,
        ParameterDensityFigure.Make,
        SampleInformationFigure.Make,
        DisentanglementFigure.Make,
        ConditionalFigure.Make,
        EstimatesFigure.Make,
        MapFigure.Make,
        TraversalFigure.Make,
        AttributionFigure.Make,
    ];

    /// <summary>The figures of a run, not drawn yet.</summary>
    public static IReadOnlyList<Figure> All(RunResults run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return
        [
            // The study's spectra were simulated, so that figures of observed ones repeat none of its.
            .. Recipes.Select(make => make(run)).OfType<Figure>().Select(f => run.IsObserved ? f with { StudyFigure = null } : f),
            .. run.Seeds is { } seeds ? ComparisonFigures.All(seeds).Select(f => f with { Chapter = Chapter.Seeds }) : [],
        ];
    }
}
