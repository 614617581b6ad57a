namespace Galatent.Latents.Matching;

/// <summary>UDR of two models (Duan et al. 2020, ICLR, "Unsupervised Model Selection for Variational Disentangled Representation
/// Learning"): 1 when every dimension of one has exactly one partner in the other.</summary>
public static class DisentanglementRanking
{
    /// <summary>[Σ_b max_a S² / Σ_a S + Σ_a max_b S² / Σ_b S] / (d_a + d_b).</summary>
    /// <param name="similarity">Non-negative, shape (d_a, d_b), row-major, e.g. absolute rank correlations.</param>
    /// <param name="rows">d_a.</param>
    /// <param name="columns">d_b.</param>
    public static double Of(ReadOnlySpan<double> similarity, int rows, int columns)
    {
        if (rows < 1 || columns < 1 || similarity.Length != rows * columns)
        {
            throw new ArgumentException($"{similarity.Length} numbers are not {rows} rows of {columns}.", nameof(similarity));
        }
        var sum = 0.0;
        for (var a = 0; a < rows; a++)
        {
            sum += Concentration(similarity, a * columns, 1, columns);
        }
        for (var b = 0; b < columns; b++)
        {
            sum += Concentration(similarity, b, columns, rows);
        }
        return sum / (rows + columns);
    }

    private static double Concentration(ReadOnlySpan<double> values, int first, int step, int count)
    {
        var largest = 0.0;
        var total = 0.0;
        for (var i = 0; i < count; i++)
        {
            var value = values[first + (i * step)];
            largest = Math.Max(largest, value);
            total += value;
        }
        return total > 0 ? largest * largest / total : 0;
    }
}
