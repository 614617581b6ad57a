namespace Galatent.Numerics;

/// <summary>Divides the worth of a whole among its parts: the mean, over all orders in which the parts can come, of what each adds (Shapley
/// 1953). For R² it is the share of Lindeman, Merenda and Gold (1980).</summary>
public static class ShapleyValue
{
    /// <summary>The shares. They sum to the worth of all minus the worth of none.</summary>
    /// <param name="worth">Worth of every subset, shape (2^parts): part i belongs to subset s when bit i of s is set.</param>
    /// <param name="parts">Number of parts, at least 1.</param>
    public static double[] Shares(ReadOnlySpan<double> worth, int parts)
    {
        if (parts is < 1 or > 30 || worth.Length != 1 << parts)
        {
            throw new ArgumentException($"{worth.Length} numbers are not the worth of every subset of {parts} parts.", nameof(worth));
        }
        // Weight of a subset of s other parts: s! (d - s - 1)! / d!.
        var weights = new double[parts];
        weights[0] = 1.0 / parts;
        for (var s = 1; s < parts; s++)
        {
            weights[s] = weights[s - 1] * s / (parts - s);
        }
        var shares = new double[parts];
        for (var subset = 0; subset < worth.Length; subset++)
        {
            var size = int.PopCount(subset);
            for (var i = 0; i < parts; i++)
            {
                if ((subset & (1 << i)) == 0)
                {
                    shares[i] += weights[size] * (worth[subset | (1 << i)] - worth[subset]);
                }
            }
        }
        return shares;
    }

    /// <summary>What each part adds to all others together.</summary>
    /// <inheritdoc cref="Shares"/>
    public static double[] Unique(ReadOnlySpan<double> worth, int parts)
    {
        var unique = new double[parts];
        for (var i = 0; i < parts; i++)
        {
            unique[i] = worth[^1] - worth[(worth.Length - 1) & ~(1 << i)];
        }
        return unique;
    }

    /// <summary>What each part is worth by itself.</summary>
    /// <inheritdoc cref="Shares"/>
    public static double[] Alone(ReadOnlySpan<double> worth, int parts)
    {
        var alone = new double[parts];
        for (var i = 0; i < parts; i++)
        {
            alone[i] = worth[1 << i] - worth[0];
        }
        return alone;
    }
}
