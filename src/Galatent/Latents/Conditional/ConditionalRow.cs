using Galatent.Files;

namespace Galatent.Latents.Conditional;

/// <summary>A row of <c>conditional.csv</c>: what one dimension (or all in use) knows of a parameter, given others.</summary>
internal sealed record ConditionalRow(
    string Dimension,
    string Parameter,
    string Given,
    int Rows,
    int MixtureRows,
    double GaussianNat,
    double GaussianErrorNat,
    double MixtureNat,
    double MixtureErrorNat,
    double PValue
)
{
    public static TableColumns<ConditionalRow> Columns { get; } =
        new TableColumns<ConditionalRow>(new("", "", "", 0, 0, 0, 0, 0, 0, 0))
            .Text("dimension", r => r.Dimension, (r, v) => r with { Dimension = v })
            .Text("parameter", r => r.Parameter, (r, v) => r with { Parameter = v })
            .Text("given", r => r.Given, (r, v) => r with { Given = v })
            .Count("rows", r => r.Rows, (r, v) => r with { Rows = v })
            .Count("mixture_rows", r => r.MixtureRows, (r, v) => r with { MixtureRows = v })
            .Number("gaussian_nat", r => r.GaussianNat, (r, v) => r with { GaussianNat = v })
            .Number("gaussian_standard_error_nat", r => r.GaussianErrorNat, (r, v) => r with { GaussianErrorNat = v })
            .Number("mixture_nat", r => r.MixtureNat, (r, v) => r with { MixtureNat = v }, mayBeUndefined: true)
            .Number("mixture_standard_error_nat", r => r.MixtureErrorNat, (r, v) => r with { MixtureErrorNat = v }, mayBeUndefined: true)
            .Number("p_value", r => r.PValue, (r, v) => r with { PValue = v }, mayBeUndefined: true);
}
