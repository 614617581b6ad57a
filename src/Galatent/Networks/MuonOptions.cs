namespace Galatent.Networks;

/// <summary>
/// Muon (Jordan et al. 2024, "Muon: an optimizer for hidden layers in neural networks"): every weight that is a matrix moves along the
/// orthogonal matrix nearest to its momentum, so that all singular directions of the loss advance alike. Adam moves them in proportion to
/// their gradients, and the eigenvalues of this loss span five decades. Per step, with gradient G and learning rate η:
/// <code>
/// M ← μ M + G;   U = G + μ M (Nesterov);   W ← W - η 0.2 √max(rows, columns) polar(U)
/// </code>
/// The factor 0.2 √max gives an update the root mean square of Adam's, so that both share one η (Liu et al. 2025, "Muon is scalable for
/// LLM training", eq. 4). A convolution is the matrix (output channel) x (input channel, tap). Biases stay with Adam.
/// </summary>
public sealed record MuonOptions
{
    // Root mean square of an update in units of the learning rate.
    private const double UpdateSize = 0.2;

    /// <summary>μ, memory of the gradient.</summary>
    public double Momentum { get; init; } = 0.95;

    /// <summary>Newton-Schulz iterations that approximate the polar factor.</summary>
    public int Iterations { get; init; } = 5;

    /// <summary>Matrices whose smaller side is longer stay with Adam: the cost grows with its cube.</summary>
    public int LargestSide { get; init; } = 256;

    /// <summary>Whether a matrix of this size is moved by Muon.</summary>
    internal bool Moves(int rows, int columns) => Math.Min(rows, columns) <= LargestSide;

    /// <summary>Factor of the polar factor in an update, in units of the learning rate.</summary>
    internal static double Length(int rows, int columns) => UpdateSize * Math.Sqrt(Math.Max(rows, columns));
}
