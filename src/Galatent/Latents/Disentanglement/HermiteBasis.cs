namespace Galatent.Latents.Disentanglement;

/// <summary>
/// Functions of latent dimensions for a regression: the Hermite polynomials He1, He2 and He3 of the normal score of each dimension, divided
/// by √k!, and the product of each pair of scores. For independent normal dimensions they are orthonormal.
/// </summary>
/// <param name="Columns">The functions, each a column of n values.</param>
/// <param name="Masks">For each function, the dimensions that it needs, as bits.</param>
/// <param name="Dimensions">Number of dimensions.</param>
public sealed record HermiteBasis(double[][] Columns, int[] Masks, int Dimensions)
{
    /// <summary>Most dimensions: every subset of them is one regression.</summary>
    public const int MostDimensions = 12;

    /// <summary>The functions of some columns.</summary>
    /// <param name="scores">Standardised normal scores of each dimension, at most <see cref="MostDimensions"/>. A constant one has only
    /// zeros.</param>
    public static HermiteBasis Of(IReadOnlyList<double[]> scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(scores.Count, MostDimensions);
        var columns = new List<double[]>();
        var masks = new List<int>();
        for (var i = 0; i < scores.Count; i++)
        {
            // Columns without variance would only make the normal equations singular.
            if (Array.TrueForAll(scores[i], s => s == 0))
            {
                continue;
            }
            columns.Add(scores[i]);
            columns.Add(Array.ConvertAll(scores[i], s => ((s * s) - 1) / Math.Sqrt(2)));
            columns.Add(Array.ConvertAll(scores[i], s => ((s * s) - 3) * s / Math.Sqrt(6)));
            masks.AddRange([1 << i, 1 << i, 1 << i]);
            for (var j = 0; j < i; j++)
            {
                var other = scores[j];
                columns.Add([.. scores[i].Select((s, row) => s * other[row])]);
                masks.Add((1 << i) | (1 << j));
            }
        }
        return new HermiteBasis([.. columns], [.. masks], scores.Count);
    }
}
