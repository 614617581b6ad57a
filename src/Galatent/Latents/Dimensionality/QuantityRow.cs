using Galatent.Files;

namespace Galatent.Latents.Dimensionality;

/// <summary>A row of <c>dimensionality.csv</c>: one number about all dimensions in use.</summary>
internal sealed record QuantityRow(string Quantity, string Method, double Value, double StandardError)
{
    public static TableColumns<QuantityRow> Columns { get; } =
        new TableColumns<QuantityRow>(new("", "", 0, 0))
            .Text("quantity", r => r.Quantity, (r, v) => r with { Quantity = v })
            .Text("method", r => r.Method, (r, v) => r with { Method = v })
            .Number("value", r => r.Value, (r, v) => r with { Value = v })
            .Number("standard_error", r => r.StandardError, (r, v) => r with { StandardError = v }, mayBeUndefined: true);
}
