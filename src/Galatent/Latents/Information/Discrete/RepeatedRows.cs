namespace Galatent.Latents.Information.Discrete;

/// <summary>
/// Finds rows that occur several times in a table (joined catalogues, resampled tables). Equal rows alone prove nothing: two columns of
/// counts have many.
/// Rows count as repeated in two cases. Either rows are equal far more often than expected from rows with neighbouring values, or the
/// numbers of equal rows all have a common divisor.
/// </summary>
public static class RepeatedRows
{
    // Less than one per cent of repeated rows has no visible effect.
    private const double LeastShare = 0.01;

    // How many times more equal pairs than chance would give. A column that is a noisy function of another reaches 2 to 8.
    private const double Excess = 20;

    // With so few distinct rows, each occurring many times, the values are classes.
    private const int FewRows = 30;
    private const int ManyCopies = 10;

    // ln(10^6). With smaller probability than 10^-6 all counts are multiples of the divisor by chance.
    private const double DivisorEvidence = 13.8;

    /// <summary>The rows that remain when each is counted once, ascending; null when rows do not repeat.</summary>
    /// <param name="columns">At least one column, all of the same length.</param>
    public static int[]? Distinct(IReadOnlyList<NamedColumn> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        var count = columns[0].Values.Length;
        if (columns.Any(DistinctValues.ArePlain))
        {
            return null;
        }
        var values = new DistinctValues[columns.Count];
        for (var c = 0; c < values.Length; c++)
        {
            values[c] = DistinctValues.Of(columns[c].Values);
        }
        var groups = Group([.. values.Select(v => v.Codes)]);
        var counts = Counts(groups);
        var divisor = counts.Aggregate(0, Divisor);
        if (divisor > 1 && counts.Length * Math.Log(divisor) > DivisorEvidence && counts.Min() < counts.Max())
        {
            return Keep(groups, Array.ConvertAll(counts, c => c / divisor));
        }
        // Rows in which every column has a spike value (zero and zero) are expected to be equal.
        var spikes = values.Select(v => v.Spikes()).ToArray();
        int[] others =
        [
            .. Enumerable.Range(0, count).Where(row => Enumerable.Range(0, values.Length).Any(c => !spikes[c][values[c].Codes[row]])),
        ];
        var different = others.Select(row => groups[row]).Distinct().Count();
        if (
            others.Length - different < Math.Max(1, LeastShare * others.Length)
            || IsDiscrete(columns, values, others.Length, different)
            || !IsExcess(values, others)
        )
        {
            return null;
        }
        var isOther = new bool[counts.Length];
        Array.ForEach(others, row => isOther[groups[row]] = true);
        return Keep(
            groups,
            [.. counts.Select((c, g) => isOther[g] ? 1 : Math.Max(1, (int)Math.Round((double)c * different / others.Length)))]
        );
    }

    // Discrete columns give equal rows too, e.g. a count and its copy, or two names of the same thing. They are recognised in two ways: few
    // distinct rows, or lattices with hardly more pairs of values than values.
    private static bool IsDiscrete(IReadOnlyList<NamedColumn> columns, DistinctValues[] values, int rows, int different) =>
        (different <= FewRows && rows > ManyCopies * different)
        || (
            different <= values.Sum(v => v.Values.Length)
            && Enumerable.Range(0, values.Length).All(c => columns[c].IsClass || values[c].IsFullLattice())
        );

    private static bool IsExcess(DistinctValues[] values, int[] rows)
    {
        int[][] codes = [.. values.Select(v => Array.ConvertAll(rows, row => v.Codes[row]))];
        var equal = Counts(Group(codes)).Sum(c => (double)c * (c - 1));
        // Take one column as the leading one. How often do the other columns agree in rows whose leading values are neighbours?
        var chance = Enumerable.Range(0, codes.Length).Min(lead => ByChance(codes[lead], Group([.. codes.Where((_, c) => c != lead)])));
        return equal > Excess * chance;
    }

    private static double ByChance(int[] lead, int[] others)
    {
        var groups = lead.Zip(others)
            .GroupBy(pair => pair.First)
            .OrderBy(g => g.Key)
            .Select(g => g.GroupBy(pair => pair.Second).ToDictionary(same => same.Key, same => same.Count()))
            .ToArray();
        var sizes = groups.Select(g => (double)g.Values.Sum()).ToArray();
        var agree = 0.0;
        var pairs = 0.0;
        for (var a = 1; a < groups.Length; a++)
        {
            agree += groups[a].Sum(same => (double)same.Value * groups[a - 1].GetValueOrDefault(same.Key));
            pairs += sizes[a] * sizes[a - 1];
        }
        return pairs == 0 ? double.PositiveInfinity : sizes.Sum(s => s * (s - 1)) * agree / pairs;
    }

    // Rows with the same codes in all columns get the same number.
    private static int[] Group(int[][] columns)
    {
        var groups = new int[columns.Length == 0 ? 0 : columns[0].Length];
        foreach (var column in columns)
        {
            var seen = new Dictionary<(int, int), int>();
            for (var row = 0; row < groups.Length; row++)
            {
                if (!seen.TryGetValue((groups[row], column[row]), out var group))
                {
                    group = seen.Count;
                    seen.Add((groups[row], column[row]), group);
                }
                groups[row] = group;
            }
        }
        return groups;
    }

    private static int[] Counts(int[] groups)
    {
        var counts = new int[groups.Max() + 1];
        Array.ForEach(groups, g => counts[g]++);
        return counts;
    }

    private static int[] Keep(int[] groups, int[] wanted)
    {
        var left = (int[])wanted.Clone();
        return [.. Enumerable.Range(0, groups.Length).Where(row => left[groups[row]]-- > 0)];
    }

    private static int Divisor(int a, int b) => b == 0 ? a : Divisor(b, a % b);
}
