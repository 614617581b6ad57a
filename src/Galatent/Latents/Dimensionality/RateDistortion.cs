namespace Galatent.Latents.Dimensionality;

/// <summary>One model of a sweep over beta.</summary>
/// <param name="Beta">Weight of the KL term.</param>
/// <param name="RateNat">KL per spectrum, nat.</param>
/// <param name="SquaredError">Squared error per spectrum of a decoded sample.</param>
public sealed record RateDistortionPoint(double Beta, double RateNat, double SquaredError)
{
    /// <summary>The loss of this model judged at a beta: squared error + beta × rate.</summary>
    public double LossAt(double beta) => SquaredError + (beta * RateNat);
}

/// <summary>Two models of a sweep, compared.</summary>
/// <param name="LowBeta">The smaller beta.</param>
/// <param name="HighBeta">The larger beta.</param>
/// <param name="Slope">-ΔD/ΔR between them. For models that minimise their losses it lies between the two betas; NaN when both have the
/// same rate.</param>
/// <param name="LowExcess">By how much the model of the larger beta is better at the smaller beta than the model trained there; positive
/// means that the latter is not converged.</param>
/// <param name="HighExcess">The same at the larger beta, for the model of the smaller one.</param>
public sealed record RateDistortionPair(double LowBeta, double HighBeta, double Slope, double LowExcess, double HighExcess)
{
    /// <summary>Whether the slope lies between the two betas. This holds exactly when neither model beats the other at its own
    /// beta.</summary>
    public bool IsConsistent => Slope >= LowBeta && Slope <= HighBeta;
}

/// <summary>Checks of a sweep over beta that need no reference: a model that minimises error + beta × rate cannot be beaten at its own
/// beta by a model that was trained at another.</summary>
public static class RateDistortion
{
    /// <summary>All pairs of models, ascending in beta.</summary>
    /// <param name="models">At least one model; betas differ.</param>
    public static IReadOnlyList<RateDistortionPair> Pairs(IEnumerable<RateDistortionPoint> models)
    {
        RateDistortionPoint[] ordered = [.. models.OrderBy(m => m.Beta)];
        return
        [
            .. from low in ordered
            from high in ordered
            where low.Beta < high.Beta
            select new RateDistortionPair(
                low.Beta,
                high.Beta,
                low.RateNat == high.RateNat ? double.NaN : (high.SquaredError - low.SquaredError) / (low.RateNat - high.RateNat),
                low.LossAt(low.Beta) - high.LossAt(low.Beta),
                high.LossAt(high.Beta) - low.LossAt(high.Beta)
            ),
        ];
    }
}
