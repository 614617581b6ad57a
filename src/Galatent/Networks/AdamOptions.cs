namespace Galatent.Networks;

/// <summary>
/// Adam (Kingma &amp; Ba 2015, algorithm 1) with weight decay: either as an L2 penalty, g ← g + λw (as PyTorch's Adam), or decoupled, w
/// ← w - ηλw (AdamW, Loshchilov &amp; Hutter 2019). At step t, with gradient g and learning rate η:
/// <code>
/// m = β1 m + (1-β1) g;  v = β2 v + (1-β2) g²;  w -= η/(1-β1^t) · m / (sqrt(v / (1-β2^t)) + ε)
/// </code>
/// </summary>
public sealed record AdamOptions
{
    /// <summary>β1, decay rate of the mean gradient.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>β2, decay rate of the mean squared gradient.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>ε, which keeps the division finite.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>
    /// Each number of the gradient is limited to this many times its running root mean square, sqrt(v / (1-β2^t)), before it enters m and
    /// v. 0 for no limit, as in the paper.
    /// Without a limit, a spectrum whose lines are a hundred times brighter than the median moves every weight by three learning rates at
    /// once.
    /// </summary>
    public double OutlierLimit { get; init; }

    /// <summary>λ; 0 for no decay. The study uses 0.1.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Constants of Muon, which then moves the weights that are matrices; null for Adam alone.</summary>
    public MuonOptions? Muon { get; init; }

    /// <summary>Whether the decay acts on the weights directly instead of through the gradient.</summary>
    public bool DecoupledDecay { get; init; }

    /// <summary>The limit on the gradient of an update is factor × sqrt(v) + term. The first hundred updates have no limit, because v must
    /// first have seen some batches.</summary>
    internal (float Factor, float Term) GradientLimit(long step) =>
        OutlierLimit > 0 && step > 100 ? ((float)(OutlierLimit / Math.Sqrt(1 - Math.Pow(Beta2, step - 1))), 1e-12f) : (0, float.MaxValue);
}
