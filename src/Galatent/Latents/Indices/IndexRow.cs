using Galatent.Files;

namespace Galatent.Latents.Indices;

/// <summary>A row of <c>spectral-indices.csv</c>: one measure of spectra, reconstructions against inputs.</summary>
internal sealed record IndexRow(
    string Measure,
    string Unit,
    string Spectra,
    int Count,
    int Undefined,
    double Input,
    double InputSpread,
    double Difference,
    double DifferenceSpread
)
{
    public static TableColumns<IndexRow> Columns { get; } =
        new TableColumns<IndexRow>(new("", "", "", 0, 0, 0, 0, 0, 0))
            .Text("measure", r => r.Measure, (r, v) => r with { Measure = v })
            .Text("unit", r => r.Unit, (r, v) => r with { Unit = v })
            .Text("spectra", r => r.Spectra, (r, v) => r with { Spectra = v })
            .Count("count", r => r.Count, (r, v) => r with { Count = v })
            .Count("undefined", r => r.Undefined, (r, v) => r with { Undefined = v })
            .Number("input_median", r => r.Input, (r, v) => r with { Input = v }, mayBeUndefined: true)
            .Number("input_spread", r => r.InputSpread, (r, v) => r with { InputSpread = v }, mayBeUndefined: true)
            .Number("difference_median", r => r.Difference, (r, v) => r with { Difference = v }, mayBeUndefined: true)
            .Number("difference_spread", r => r.DifferenceSpread, (r, v) => r with { DifferenceSpread = v }, mayBeUndefined: true);
}
