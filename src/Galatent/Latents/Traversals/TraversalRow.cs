using Galatent.Files;

namespace Galatent.Latents.Traversals;

/// <summary>A row of <c>traversals.csv</c>: what was varied, and how far.</summary>
/// <param name="Dimension">Latent dimension, from 0.</param>
/// <param name="Spectrum">Row of the spectrum that the traversal starts from.</param>
/// <param name="OwnValue">That spectrum's value of the dimension.</param>
/// <param name="StoppedBelow">First value towards the minimum with a negative flux; NaN when there is none.</param>
/// <param name="StoppedAbove">First value towards the maximum with a negative flux; NaN when there is none.</param>
internal sealed record TraversalRow(int Dimension, int Spectrum, double OwnValue, double StoppedBelow, double StoppedAbove)
{
    public static TableColumns<TraversalRow> Columns { get; } =
        new TableColumns<TraversalRow>(new(0, 0, 0, 0, 0))
            .Count("dimension", t => t.Dimension, (t, value) => t with { Dimension = value })
            .Count("spectrum", t => t.Spectrum, (t, value) => t with { Spectrum = value })
            .Number("own_value", t => t.OwnValue, (t, value) => t with { OwnValue = value })
            .Number("stopped_below", t => t.StoppedBelow, (t, value) => t with { StoppedBelow = value }, mayBeUndefined: true)
            .Number("stopped_above", t => t.StoppedAbove, (t, value) => t with { StoppedAbove = value }, mayBeUndefined: true);
}
