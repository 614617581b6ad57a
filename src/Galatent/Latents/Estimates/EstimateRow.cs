using Galatent.Files;

namespace Galatent.Latents.Estimates;

/// <summary>A row of <c>estimates.csv</c>: one parameter from one source.</summary>
internal sealed record EstimateRow(string Parameter, string Source, int TestRows, ParameterEstimate Estimate, double CeilingR2)
{
    public static TableColumns<EstimateRow> Columns { get; } =
        new TableColumns<EstimateRow>(new("", "", 0, null!, 0))
            .Text("parameter", r => r.Parameter, (r, _) => r)
            .Text("from", r => r.Source, (r, _) => r)
            .Number("test_spectra", r => r.TestRows)
            .Number("r2", r => r.Estimate.R2)
            .Number("r2_standard_error", r => r.Estimate.R2StandardError)
            .Number("r2_ceiling", r => r.CeilingR2)
            .Number("r2_nearest_neighbours", r => r.Estimate.NeighbourR2)
            .Number("crps", r => r.Estimate.Crps)
            .Number("pit_distance", r => r.Estimate.PitDistance)
            .Number("coverage_68_mixture", r => r.Estimate.Intervals[0].Mixture)
            .Number("coverage_68", r => r.Estimate.Intervals[0].Conformal)
            .Number("width_68", r => r.Estimate.Intervals[0].MedianWidth)
            .Number("coverage_95_mixture", r => r.Estimate.Intervals[1].Mixture)
            .Number("coverage_95", r => r.Estimate.Intervals[1].Conformal)
            .Number("width_95", r => r.Estimate.Intervals[1].MedianWidth);
}
