namespace Galatent.Latents.Information;

/// <summary>The mutual information of one pair of columns, in nat.</summary>
/// <param name="Mi">The estimate: mean pointwise information of the rows under the mixture fitted to them, minus 1 / (2 n), not below 0.</param>
/// <param name="Std">Standard error: the spread over the bootstrap and that of the choice of the mixture's size.</param>
/// <param name="Low">Lower end of the 95 % interval, at least 0.</param>
/// <param name="High">Upper end of the 95 % interval.</param>
/// <param name="PlugIn">The mutual information of the fitted mixture itself (its integral); lower than the estimate where the mixture cannot follow sharp edges.</param>
/// <param name="BootstrapMean">Mean over the bootstrap, which the reference package GMM-MI reports as its estimate.</param>
/// <param name="PValue">Probability of so strong a dependence between independent columns, from random permutations; at least 1 / (permutations + 1).</param>
/// <param name="QValue">False-discovery rate at which this pair of the table is called dependent (Benjamini and Hochberg 1995); the p-value where there is only one pair.</param>
/// <param name="Count">Rows used.</param>
/// <param name="Dropped">Rows left out because a value was not finite.</param>
/// <param name="Components">Components of the mixture.</param>
/// <param name="Ksg">The nearest-neighbour estimate (Kraskov et al. 2004) on the same ranks; null when not asked for.</param>
/// <param name="Converged">False when the final fit reached its iteration limit.</param>
public sealed record MutualInformationEstimate(
    double Mi, double Std, double Low, double High, double PlugIn, double BootstrapMean, double PValue, double QValue,
    int Count, int Dropped, int Components, double? Ksg, bool Converged);
