using Galatent.Latents.Activity;
using Galatent.Latents.Attribution;
using Galatent.Latents.Conditional;
using Galatent.Latents.Dimensionality;
using Galatent.Latents.Disentanglement;
using Galatent.Latents.Estimates;
using Galatent.Latents.Indices;
using Galatent.Latents.Maps;
using Galatent.Latents.Outliers;
using Galatent.Latents.Quantities;
using Galatent.Latents.Reconstructions;
using Galatent.Latents.Redshifts;
using Galatent.Numerics;

namespace Galatent.Latents.Analyses;

/// <summary>All analyses that go beyond losses, traversals and mutual information. A new one is a line here.</summary>
public static class AnalysisList
{
    /// <summary>The analyses, in the order in which they are done.</summary>
    // csharpier-ignore
    public static IReadOnlyList<ILatentAnalysis> All { get; } =
    [
        new ActivityAnalysis(),
        new ReconstructionAnalysis(),
        new DisentanglementAnalysis(),
        new InterventionAnalysis(),
        new OutlierAnalysis(),
        new DimensionalityAnalysis(),
        new IntrinsicDimensionAnalysis(),
        new ConditionalAnalysis(),
        new QuantitiesAnalysis(),
        new AttributionAnalysis(),
        new EstimatesAnalysis(),
        new MapAnalysis(),
        new IndexAnalysis(),
        new RedshiftAnalysis(),
    ];

    /// <summary>The analyses that are done when the user names none.</summary>
    public static IEnumerable<ILatentAnalysis> Default => All.Where(a => a.IsDefault);

    /// <summary>Chosen analyses, in the order of the list.</summary>
    /// <param name="names">Their names; null for the default ones.</param>
    /// <exception cref="InputException">There is no such analysis.</exception>
    public static IReadOnlyList<ILatentAnalysis> Chosen(IReadOnlyList<string>? names) =>
        names is null ? [.. Default]
        : names.FirstOrDefault(n => All.All(a => a.Name != n)) is { } unknown
            ? throw new InputException($"There is no analysis '{unknown}'; there are {string.Join(", ", All.Select(a => a.Name))}.")
        : [.. All.Where(a => names.Contains(a.Name))];
}
