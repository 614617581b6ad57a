using Galatent.Files;

namespace Galatent.Latents.Dimensionality;

/// <summary>A row of <c>intrinsic-dimension.csv</c>: one estimate, for the data and for normal points of the same covariance.</summary>
internal sealed record IntrinsicRow(string Space, string Estimator, int Points, double Data, double Control, double StandardError)
{
    public static TableColumns<IntrinsicRow> Columns { get; } =
        new TableColumns<IntrinsicRow>(new("", "", 0, 0, 0, 0))
            .Text("space", r => r.Space, (r, v) => r with { Space = v })
            .Text("estimator", r => r.Estimator, (r, v) => r with { Estimator = v })
            .Count("points", r => r.Points, (r, v) => r with { Points = v })
            .Number("dimension", r => r.Data, (r, v) => r with { Data = v }, mayBeUndefined: true)
            .Number("normal_control", r => r.Control, (r, v) => r with { Control = v }, mayBeUndefined: true)
            .Number("difference", r => r.Data - r.Control)
            .Number("standard_error", r => r.StandardError, (r, v) => r with { StandardError = v }, mayBeUndefined: true);
}
