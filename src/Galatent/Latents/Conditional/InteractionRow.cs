using Galatent.Files;

namespace Galatent.Latents.Conditional;

/// <summary>A row of <c>conditional-interaction.csv</c>: one dimension and two parameters, with the check by the chain rule.</summary>
internal sealed record InteractionRow(string Dimension, string First, string Second, PairInformation Pair)
{
    public static TableColumns<InteractionRow> Columns { get; } =
        new TableColumns<InteractionRow>(new("", "", "", null!))
            .Text("dimension", r => r.Dimension, (r, _) => r)
            .Text("first", r => r.First, (r, _) => r)
            .Text("second", r => r.Second, (r, _) => r)
            .Number("first_nat", r => r.Pair.First.Mi)
            .Number("second_nat", r => r.Pair.Second.Mi)
            .Number("first_given_second_nat", r => r.Pair.FirstGivenSecond.Mi)
            .Number("second_given_first_nat", r => r.Pair.SecondGivenFirst.Mi)
            .Number("both_nat", r => r.Pair.Joint.Mi)
            .Number("interaction_nat", r => r.Pair.InteractionNat)
            .Number("interaction_standard_error_nat", r => r.Pair.InteractionErrorNat)
            .Number("chain_gap_nat", r => r.Pair.ChainGapNat)
            .Number("other_chain_gap_nat", r => r.Pair.OtherChainGapNat)
            .Number("chain_rule_holds", r => r.Pair.ChainHolds() ? 1 : 0);
}
