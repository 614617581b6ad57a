using System.Numerics.Tensors;
using Galatent.Numerics;

namespace Galatent.Latents.Attribution;

/// <summary>What one player (a parameter, or a group of parameters) explains of a change. All are shares of the change's squared
/// norm.</summary>
/// <param name="Unique">What is lost when only this player is left out.</param>
/// <param name="Shapley">Its fair share. These and the remainder sum to 1.</param>
/// <param name="Alone">What it explains without the others.</param>
public readonly record struct AttributionShare(double Unique, double Shapley, double Alone);

/// <summary>
/// A change of a spectrum, explained by the derivative spectra of parameters: least squares, a = argmin |W^½ (Δx - G a)|². No
/// penalty and no sign rule: shares would depend on the penalty, and signs are results.
/// </summary>
/// <param name="Coefficients">a, one for each direction; 0 for a direction that the others before it already contain.</param>
/// <param name="Shares">One for each player.</param>
/// <param name="Remainder">Share of the squared norm that no parameter explains.</param>
/// <param name="VarianceInflation">diag (G~'G~)⁻¹ of the directions scaled to length 1: 1 when a direction is orthogonal to all others;
/// above 10 it cannot be told from them; infinite when they contain it; NaN for a direction without length.</param>
public sealed record SpectrumAttribution(double[] Coefficients, AttributionShare[] Shares, double Remainder, double[] VarianceInflation)
{
    /// <summary>Above this variance inflation a direction cannot be separated from the others.</summary>
    public const double MostInflation = 10;

    // A direction of which less than this share of its squared length is new belongs to the directions before it.
    private const double Independent = 1e-12;

    /// <summary>Explains one change.</summary>
    /// <param name="change">Δx, shape (n_wave).</param>
    /// <param name="directions">G: derivative spectra times the population's standard deviation, each of shape (n_wave).</param>
    /// <param name="players">Which directions each player has; together all of them, 12 players at most.</param>
    /// <param name="weights">W, shape (n_wave), not negative; 1 everywhere when empty.</param>
    public static SpectrumAttribution Of(
        ReadOnlySpan<double> change,
        IReadOnlyList<double[]> directions,
        IReadOnlyList<int[]> players,
        ReadOnlySpan<double> weights = default
    )
    {
        ArgumentNullException.ThrowIfNull(directions);
        ArgumentNullException.ThrowIfNull(players);
        var k = directions.Count;
        var gram = new double[k * k];
        var projection = new double[k];
        var weighted = new double[change.Length];
        var weightedChange = Weighted(change, weights);
        for (var i = 0; i < k; i++)
        {
            Weighted(directions[i], weights).CopyTo(weighted, 0);
            projection[i] = TensorPrimitives.Dot<double>(weighted, change);
            for (var j = 0; j <= i; j++)
            {
                gram[(i * k) + j] = gram[(j * k) + i] = TensorPrimitives.Dot<double>(weighted, directions[j]);
            }
        }
        var norm = TensorPrimitives.Dot<double>(weightedChange, change);
        if (!(norm > 0))
        {
            return new SpectrumAttribution(new double[k], new AttributionShare[players.Count], 0, Inflation(gram, k));
        }
        double Explained(int group) =>
            Math.Min(
                1,
                Solve(gram, projection, k, [.. players.Where((_, p) => (group & (1 << p)) != 0).SelectMany(p => p)]).Explained / norm
            );
        var all = (1 << players.Count) - 1;
        var shapley = ShapleyValues.Of(players.Count, Explained);
        var whole = Explained(all);
        return new SpectrumAttribution(
            Solve(gram, projection, k, [.. Enumerable.Range(0, k)]).Coefficients,
            [.. shapley.Select((share, p) => new AttributionShare(whole - Explained(all & ~(1 << p)), share, Explained(1 << p)))],
            1 - whole,
            Inflation(gram, k)
        );
    }

    private static double[] Weighted(ReadOnlySpan<double> values, ReadOnlySpan<double> weights)
    {
        var weighted = values.ToArray();
        if (!weights.IsEmpty)
        {
            TensorPrimitives.Multiply(weighted, weights, weighted);
        }
        return weighted;
    }

    // Least squares over some directions by a Cholesky factor of their Gram matrix. Directions that are not independent are passed over.
    private static (double Explained, double[] Coefficients) Solve(double[] gram, double[] projection, int k, int[] places)
    {
        var factor = new double[places.Length * places.Length];
        var used = new List<int>();
        var y = new List<double>();
        var explained = 0.0;
        foreach (var place in places)
        {
            var row = new double[used.Count + 1];
            var left = gram[(place * k) + place];
            var target = projection[place];
            for (var j = 0; j < used.Count; j++)
            {
                var sum = gram[(place * k) + used[j]];
                for (var m = 0; m < j; m++)
                {
                    sum -= row[m] * factor[(j * places.Length) + m];
                }
                row[j] = sum / factor[(j * places.Length) + j];
                left -= row[j] * row[j];
                target -= row[j] * y[j];
            }
            if (left <= Independent * gram[(place * k) + place])
            {
                continue;
            }
            row[used.Count] = Math.Sqrt(left);
            row.CopyTo(factor, used.Count * places.Length);
            y.Add(target / row[used.Count]);
            explained += y[^1] * y[^1];
            used.Add(place);
        }
        var coefficients = new double[k];
        for (var i = used.Count - 1; i >= 0; i--)
        {
            var sum = y[i];
            for (var j = i + 1; j < used.Count; j++)
            {
                sum -= factor[(j * places.Length) + i] * coefficients[used[j]];
            }
            coefficients[used[i]] = sum / factor[(i * places.Length) + i];
        }
        return (explained, coefficients);
    }

    // 1 / (1 - R²) of each direction regressed on all others.
    private static double[] Inflation(double[] gram, int k) =>
        [
            .. Enumerable
                .Range(0, k)
                .Select(i =>
                {
                    var square = gram[(i * k) + i];
                    if (!(square > 0))
                    {
                        return double.NaN;
                    }
                    double[] column = [.. Enumerable.Range(0, k).Select(j => gram[(j * k) + i])];
                    var left = square - Solve(gram, column, k, [.. Enumerable.Range(0, k).Where(j => j != i)]).Explained;
                    return left > Independent * square ? square / left : double.PositiveInfinity;
                }),
        ];
}
