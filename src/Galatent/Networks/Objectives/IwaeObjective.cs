namespace Galatent.Networks.Objectives;

/// <summary>Importance-weighted autoencoder (Burda, Grosse &amp; Salakhutdinov 2016): several draws per spectrum; the formula is in
/// <see cref="ImportanceWeightedBound"/>.</summary>
public sealed record IwaeObjective : Objective
{
    /// <summary>K, draws of z for each spectrum.</summary>
    public int Draws { get; init; } = 5;

    /// <inheritdoc/>
    public override string Name => "iwae";

    /// <inheritdoc/>
    public override string Description => "a tighter bound from several draws per spectrum";

    /// <inheritdoc/>
    public override IReadOnlyList<ObjectiveConstant> Constants() =>
        [new CountConstant("draws", "draws of z per spectrum.", value => this with { Draws = value })];

    /// <inheritdoc/>
    internal override int DrawCount => Draws;

    /// <inheritdoc/>
    internal override IDrawLoss DrawLoss => new ImportanceWeightedBound();

    /// <inheritdoc/>
    internal override IEnumerable<string> Faults(double beta) =>
        Failed(
            (Draws is >= 1 and <= 1000, $"the number of draws must be 1 to 1000, not {Draws}"),
            (beta > 0, $"this objective needs a positive beta, not {beta}")
        );
}
