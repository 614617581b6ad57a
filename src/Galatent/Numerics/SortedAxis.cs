namespace Galatent.Numerics;

/// <summary>An ascending axis of at least two values, as tables have: where a value lies on it.</summary>
public static class SortedAxis
{
    /// <summary>Whether a value lies on an axis and not beyond its ends, where it is held.</summary>
    public static bool IsInside(double[] axis, double x)
    {
        ArgumentNullException.ThrowIfNull(axis);
        return x >= axis[0] && x <= axis[^1];
    }

    /// <summary>The interval that holds a value, and its share of the way to the upper end, in [0, 1]; values beyond the ends are
    /// held.</summary>
    public static (int Lower, double Share) Bracket(double[] axis, double x)
    {
        ArgumentNullException.ThrowIfNull(axis);
        var index = Array.BinarySearch(axis, x);
        var lower = Math.Clamp(index >= 0 ? index : ~index - 1, 0, axis.Length - 2);
        return (lower, Math.Clamp((x - axis[lower]) / (axis[lower + 1] - axis[lower]), 0, 1));
    }
}
