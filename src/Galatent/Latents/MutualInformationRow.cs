using Galatent.Files;

namespace Galatent.Latents;

/// <summary>A row of the tables of mutual information: one pair.</summary>
/// <param name="Row">Name of the first quantity.</param>
/// <param name="Column">Name of the second.</param>
/// <param name="Nat">The estimate, nat; NaN where there is none.</param>
/// <param name="StandardErrorNat">Its standard error, nat.</param>
/// <param name="QValue">False-discovery rate.</param>
/// <param name="NearestNeighbourNat">The estimate from nearest neighbours, nat.</param>
/// <param name="Spectra">Number of spectra that it is made from; 0 when not known.</param>
internal sealed record MutualInformationRow(
    string Row,
    string Column,
    double Nat,
    double StandardErrorNat,
    double QValue,
    double NearestNeighbourNat,
    int Spectra
)
{
    public static TableColumns<MutualInformationRow> Columns { get; } =
        new TableColumns<MutualInformationRow>(new("", "", 0, 0, 0, 0, 0))
            .Text("row", p => p.Row, (p, value) => p with { Row = value })
            .Text("column", p => p.Column, (p, value) => p with { Column = value })
            .Number("mutual_information_nat", p => p.Nat, (p, value) => p with { Nat = value }, mayBeUndefined: true)
            .Number("standard_error_nat", p => p.StandardErrorNat, (p, value) => p with { StandardErrorNat = value }, mayBeUndefined: true)
            .Number("q_value", p => p.QValue, (p, value) => p with { QValue = value }, mayBeUndefined: true)
            .Number(
                "nearest_neighbour_nat",
                p => p.NearestNeighbourNat,
                (p, value) => p with { NearestNeighbourNat = value },
                mayBeUndefined: true
            )
            .Number("spectra", p => p.Spectra, (p, value) => p with { Spectra = (int)value }, isOptional: true);
}
