using Galatent.Numerics;

namespace Galatent.Explore.Data;

/// <summary>Mean and spread of chosen spectra, pixel by pixel. Bad pixels do not count.</summary>
internal static class SelectionMean
{
    /// <summary>Most spectra of one question: their numbers fit into the limit of a request, and reading them takes 0.1 s.</summary>
    public const int MostRows = 2000;

    /// <summary>Mean, standard deviation (divisor n - 1) and number of good spectra of each pixel.</summary>
    /// <exception cref="InputException">There are too few or too many rows, or one does not exist.</exception>
    public static byte[] Of(ExploredRun run, int[] rows)
    {
        if (rows.Length is 0 or > MostRows)
        {
            throw new InputException($"{rows.Length} spectra are asked for; ask for 1 to {MostRows}.");
        }
        if (Array.Exists(rows, r => r < 0 || r >= run.Count))
        {
            throw new InputException($"A row lies outside the {run.Count} spectra of the run.");
        }
        var pixels = run.Pixels.Spectra.Grid.Count;
        var (sum, squares, number) = (new double[pixels], new double[pixels], new int[pixels]);
        foreach (var row in rows)
        {
            var flux = run.Pixels.Flux(row);
            var mask = run.Pixels.Mask(row);
            for (var p = 0; p < pixels; p++)
            {
                if (mask is null || mask[p] == 0)
                {
                    // Welford's update: no loss of digits at bright lines.
                    number[p]++;
                    var before = flux[p] - sum[p];
                    sum[p] += before / number[p];
                    squares[p] += before * (flux[p] - sum[p]);
                }
            }
        }
        return new TensorFile()
            .Add("mean", Array.ConvertAll(Enumerable.Range(0, pixels).ToArray(), p => number[p] > 0 ? (float)sum[p] : float.NaN))
            .Add(
                "deviation",
                Array.ConvertAll(Enumerable.Range(0, pixels).ToArray(), p =>
                    number[p] > 1 ? (float)Math.Sqrt(squares[p] / (number[p] - 1)) : float.NaN
                )
            )
            .Add("number", number)
            .ToBytes();
    }
}
