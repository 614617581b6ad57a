using Galatent.Latents.Information.Discrete;

namespace Galatent.Latents.Information;

/// <summary>The mutual information of one pair of columns, in nat.</summary>
/// <param name="Mi">The estimate: mean pointwise information of the rows under the fitted mixture, minus 1 / (2 n), at least 0.</param>
/// <param name="Std">Standard error. It combines the spread over the bootstrap, the spread over the mixture's possible sizes and, with few
/// rows, a share of the distance to <paramref name="Ksg"/>.</param>
/// <param name="Low">Lower end of the 95 % interval, at least 0. It is 0 when the p-value is above 0.05.</param>
/// <param name="High">Upper end of the 95 % interval.</param>
/// <param name="PlugIn">The mutual information of the fitted mixture itself (its integral). It is lower than the estimate when the mixture
/// cannot follow sharp edges.</param>
/// <param name="BootstrapMean">Mean over the bootstrap. The reference package GMM-MI reports this mean as its estimate.</param>
/// <param name="PValue">Probability of such a strong dependence between independent columns, from random permutations; at least 1 /
/// (permutations + 1).</param>
/// <param name="QValue">False-discovery rate at which this pair of the table is called dependent (Benjamini and Hochberg 1995). For a
/// single pair it is the p-value.</param>
/// <param name="Count">Rows used.</param>
/// <param name="Dropped">Rows left out because a value was not finite.</param>
/// <param name="Components">Components of the mixture.</param>
/// <param name="Ksg">The nearest-neighbour estimate (Kraskov et al. 2004) on the same normal scores; null when not requested.</param>
/// <param name="Converged">False when the final fit reached its iteration limit.</param>
public sealed record MutualInformationEstimate(
    double Mi,
    double Std,
    double Low,
    double High,
    double PlugIn,
    double BootstrapMean,
    double PValue,
    double QValue,
    int Count,
    int Dropped,
    int Components,
    double? Ksg,
    bool Converged
)
{
    /// <summary>
    /// The method of the estimate. For methods other than the mixture, <see cref="PlugIn"/> is the estimate itself. Between classes and
    /// numbers, <see cref="Ksg"/> is the estimate of Ross (2014).
    /// </summary>
    public InformationMethod Method { get; init; }

    /// <summary>How the first column was treated.</summary>
    public ColumnKind KindX { get; init; }

    /// <summary>How the second column was treated.</summary>
    public ColumnKind KindY { get; init; }

    /// <summary>Rows among <see cref="Count"/> that repeat another row and were not counted again.</summary>
    public int Repeated { get; init; }

    /// <summary>
    /// Whether one continuous column is an increasing or decreasing function of the other in all rows. Then the information is infinite.
    /// The estimate is at most about ln(n) and only says that the information is large.
    /// </summary>
    public bool IsFunction { get; init; }

    /// <summary>Length of <see cref="ToNumbers"/>.</summary>
    internal const int NumberCount = 18;

    /// <summary>All members as numbers, to send to another process.</summary>
    internal double[] ToNumbers() =>
        [
            Mi,
            Std,
            Low,
            High,
            PlugIn,
            BootstrapMean,
            PValue,
            QValue,
            Count,
            Dropped,
            Components,
            Ksg ?? double.NaN,
            Converged ? 1 : 0,
            (int)Method,
            (int)KindX,
            (int)KindY,
            Repeated,
            IsFunction ? 1 : 0,
        ];

    /// <summary>The estimate from the numbers of <see cref="ToNumbers"/>.</summary>
    internal static MutualInformationEstimate FromNumbers(ReadOnlySpan<double> n) =>
        new(n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7], (int)n[8], (int)n[9], (int)n[10], double.IsNaN(n[11]) ? null : n[11], n[12] > 0)
        {
            Method = (InformationMethod)n[13],
            KindX = (ColumnKind)n[14],
            KindY = (ColumnKind)n[15],
            Repeated = (int)n[16],
            IsFunction = n[17] > 0,
        };
}
