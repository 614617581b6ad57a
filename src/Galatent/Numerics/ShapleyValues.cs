using System.Numerics;

namespace Galatent.Numerics;

/// <summary>Fair shares of a sum that players reach together (Shapley 1953). For the variance that regressors explain it is the method of
/// Lindeman, Merenda and Gold (LMG).</summary>
public static class ShapleyValues
{
    /// <summary>Most players: the work doubles with each.</summary>
    public const int MostPlayers = 12;

    /// <summary>The share of each player: the mean, over all orders of arrival, of what it adds. The shares sum to the worth of
    /// all.</summary>
    /// <param name="players">Number of players, 1 to 12.</param>
    /// <param name="worth">Worth of a group, given as bits: player i belongs to it when bit i is set. That of nobody is taken as 0.</param>
    public static double[] Of(int players, Func<int, double> worth)
    {
        ArgumentNullException.ThrowIfNull(worth);
        if (players is < 1 or > MostPlayers)
        {
            throw new ArgumentOutOfRangeException(nameof(players), players, $"Between 1 and {MostPlayers} players can share.");
        }
        var worths = new double[1 << players];
        for (var group = 1; group < worths.Length; group++)
        {
            worths[group] = worth(group);
        }
        var shares = new double[players];
        for (var group = 0; group < worths.Length; group++)
        {
            var size = BitOperations.PopCount((uint)group);
            for (var player = 0; player < players; player++)
            {
                if ((group & (1 << player)) == 0)
                {
                    shares[player] += (worths[group | (1 << player)] - worths[group]) / (players * Choose(players - 1, size));
                }
            }
        }
        return shares;
    }

    private static double Choose(int n, int k)
    {
        var result = 1.0;
        for (var i = 1; i <= k; i++)
        {
            result *= (double)(n - k + i) / i;
        }
        return result;
    }
}
