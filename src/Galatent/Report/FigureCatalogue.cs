using Galatent.Report.Drawing;
using Galatent.Report.Figures;
using Galatent.Report.Runs;

namespace Galatent.Report;

/// <summary>All figures of a run, in the order of the report.</summary>
public static class FigureCatalogue
{
    /// <summary>The recipes; nothing is drawn yet.</summary>
    public static IReadOnlyList<Figure> All(RunResults run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var figures = new List<Figure>
        {
            ExampleSpectraFigure.Make(run),
            SamplingFigure.Make(run),
            TrainingHistoryFigure.Make(run),
            ReconstructionFigure.Make(run),
            WavelengthErrorFigure.Make(run),
            LineFigure.Make(run),
            InformativenessFigure.Make(run),
        };
        // What a run does not have, e.g. the parameters of observed spectra, leaves out its figures.
        var analysis = run.Chosen.Analysis;
        if (analysis.Latents is { Rows.Length: > 1 } latents)
        {
            figures.AddRange([MutualInformationFigure.BetweenLatents(run, latents), DensityFigure.BetweenLatents(run, latents)]);
        }
        if (
            analysis is { Parameters: { } parameters, Informative.Length: > 0 }
            && MutualInformationFigure.ParametersOf(run, parameters).Length > 0
        )
        {
            figures.AddRange([MutualInformationFigure.WithParameters(run, parameters), DensityFigure.WithParameters(run, parameters)]);
        }
        if (analysis.Traversals.Length > 0)
        {
            figures.Add(TraversalFigure.Make(run));
        }
        return figures;
    }
}
