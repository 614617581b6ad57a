using Galatent.Latents;

namespace Galatent.Study;

/// <summary>Two dimensions, and what they share.</summary>
/// <param name="First">Name of the first, e.g. <c>z02</c>.</param>
/// <param name="Second">Name of the second.</param>
/// <param name="Nat">Mutual information, nat.</param>
/// <param name="StandardErrorNat">Its standard error over spectra, nat.</param>
public sealed record LatentPair(string First, string Second, double Nat, double StandardErrorNat)
{
    /// <summary>The most dependent pair of dimensions in use (<see cref="AnalysisResults.BetweenInUse"/>); null when none was
    /// measured.</summary>
    public static LatentPair? Strongest(AnalysisResults results)
    {
        ArgumentNullException.ThrowIfNull(results);
        if (results.BetweenInUse is not { } matrix)
        {
            return null;
        }
        var (row, column, nat) = matrix.Largest();
        if (double.IsNaN(nat))
        {
            return null;
        }
        // The dimension with the smaller number first.
        var low = Math.Min(row, column);
        var high = Math.Max(row, column);
        return new LatentPair(matrix.Rows[low], matrix.Rows[high], nat, matrix.Deviation(row, column));
    }
}
