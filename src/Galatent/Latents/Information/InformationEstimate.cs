using Galatent.Latents.Information.Discrete;

namespace Galatent.Latents.Information;

/// <summary>The information between groups of columns or with classes, in nat.</summary>
/// <param name="Mi">The estimate: mean pointwise information of the rows under the fitted mixture, at least 0.</param>
/// <param name="Std">Standard error: the spread over the bootstrap combined with the spread over the mixture's possible sizes.</param>
/// <param name="Low">Lower end of the 95 % interval, at least 0.</param>
/// <param name="High">Upper end of the 95 % interval.</param>
/// <param name="PValue">Probability of such a strong dependence by chance, at least 0.001; null when there is no test
/// (divergences).</param>
/// <param name="Count">Rows used.</param>
/// <param name="Dropped">Rows left out because a value was not finite.</param>
/// <param name="Components">Components of the mixture (the sum over the classes).</param>
/// <param name="Converged">False when a final fit reached its iteration limit.</param>
/// <param name="Ksg">The nearest-neighbour estimate on the same normal scores (Kraskov et al. 2004; conditional: Frenzel and Pompe 2007).
/// Null when not requested, and with classes. With many columns it tends towards 0.</param>
public sealed record InformationEstimate(
    double Mi,
    double Std,
    double Low,
    double High,
    double? PValue,
    int Count,
    int Dropped,
    int Components,
    bool Converged,
    double? Ksg = null
)
{
    /// <summary>The method of the estimate.</summary>
    public InformationMethod Method { get; init; }

    /// <summary>
    /// For a divergence between discrete columns: number of values of the first column that never occur in the second. Half a row is
    /// assumed for them.
    /// </summary>
    public int Unseen { get; init; }

    /// <summary>Rows among <see cref="Count"/> that repeat another row and were not counted again.</summary>
    public int Repeated { get; init; }

    /// <summary>Exactly no information: one side has only one value.</summary>
    internal static InformationEstimate None(int count, int dropped, double? ksg = null) =>
        new(0, 0, 0, 0, 1, count, dropped, 1, true, ksg);
}
