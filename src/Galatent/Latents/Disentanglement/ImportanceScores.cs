namespace Galatent.Latents.Disentanglement;

/// <summary>
/// Disentanglement and completeness of a matrix of importances (Eastwood &amp; Williams 2018, ICLR, "A Framework for the Quantitative
/// Evaluation of Disentangled Representations"): whether a dimension serves one parameter, and whether a parameter is served by one
/// dimension.
/// </summary>
/// <param name="Disentanglement">Mean of <paramref name="OfDimensions"/> weighted with the importance of the dimensions; 0 to 1.</param>
/// <param name="Completeness">Mean of <paramref name="OfParameters"/> weighted with the importance of the parameters; 0 to 1.</param>
/// <param name="OfDimensions">1 - H(row) / ln(parameters); 0 for a dimension without importance. Shape (dimensions).</param>
/// <param name="OfParameters">1 - H(column) / ln(dimensions); 0 for a parameter that nothing predicts. Shape (parameters).</param>
public sealed record ImportanceScores(double Disentanglement, double Completeness, double[] OfDimensions, double[] OfParameters)
{
    /// <summary>Scores of a matrix. Columns must not be normalised: a parameter that nothing predicts would weigh as much as the
    /// others.</summary>
    /// <param name="importance">Shares of the explained variance, shape (dimensions, parameters), row-major; negative ones (noise) count as
    /// 0.</param>
    /// <param name="dimensions">Number of dimensions.</param>
    /// <param name="parameters">Number of parameters.</param>
    public static ImportanceScores Of(ReadOnlySpan<double> importance, int dimensions, int parameters)
    {
        if (importance.Length != dimensions * parameters)
        {
            throw new ArgumentException($"{importance.Length} numbers are not {dimensions} rows of {parameters}.", nameof(importance));
        }
        var ofDimensions = new double[dimensions];
        var ofParameters = new double[parameters];
        var disentanglement = 0.0;
        var completeness = 0.0;
        var total = 0.0;
        for (var i = 0; i < dimensions; i++)
        {
            var (score, weight) = Concentration(importance.Slice(i * parameters, parameters));
            ofDimensions[i] = score;
            disentanglement += score * weight;
            total += weight;
        }
        var column = new double[dimensions];
        for (var k = 0; k < parameters; k++)
        {
            for (var i = 0; i < dimensions; i++)
            {
                column[i] = importance[(i * parameters) + k];
            }
            var (score, weight) = Concentration(column);
            ofParameters[k] = score;
            completeness += score * weight;
        }
        return total > 0
            ? new ImportanceScores(disentanglement / total, completeness / total, ofDimensions, ofParameters)
            : new ImportanceScores(0, 0, ofDimensions, ofParameters);
    }

    private static (double Score, double Weight) Concentration(ReadOnlySpan<double> shares)
    {
        var weight = 0.0;
        foreach (var share in shares)
        {
            weight += Math.Max(0, share);
        }
        if (weight == 0 || shares.Length < 2)
        {
            return (0, weight);
        }
        var entropy = 0.0;
        foreach (var share in shares)
        {
            entropy -= share > 0 ? share / weight * Math.Log(share / weight) : 0;
        }
        return (1 - (entropy / Math.Log(shares.Length)), weight);
    }
}
