namespace Galatent.Networks.Objectives;

/// <summary>What of an objective may change from update to update.</summary>
/// <param name="Beta">Weight of the divergence.</param>
/// <param name="CapacityNat">Divergence aimed at where one is aimed at, nat.</param>
internal readonly record struct ObjectiveWeights(float Beta, float CapacityNat = 0)
{
    /// <summary>A batch whose loss is not below this moves no weight (<see cref="StepLoss.MovesWeights"/>).</summary>
    public double LossLimit { get; init; } = double.PositiveInfinity;

    /// <summary>An objective that has a weight of the divergence only.</summary>
    public static implicit operator ObjectiveWeights(float beta) => new(beta);
}
