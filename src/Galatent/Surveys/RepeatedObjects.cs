namespace Galatent.Surveys;

/// <summary>Finds spectra of one object: the same identifier, or positions within 1 arcsec, and redshifts within 0.001. The one with the
/// best signal-to-noise is kept.</summary>
internal static class RepeatedObjects
{
    private const double MostArcsec = 1;
    private const double MostRedshiftDifference = 0.001;
    private const double ArcsecPerDegree = 3600;

    /// <summary>For each spectrum the place of the one that is kept instead; -1 for those that are kept.</summary>
    /// <param name="spectra">The spectra.</param>
    public static int[] Find(IReadOnlyList<ImportedSpectrum> spectra)
    {
        var parent = Enumerable.Range(0, spectra.Count).ToArray();
        int Root(int i)
        {
            while (parent[i] != i)
            {
                i = parent[i] = parent[parent[i]];
            }
            return i;
        }
        void Unite(int i, int j)
        {
            if (Math.Abs(spectra[i].Redshift - spectra[j].Redshift) < MostRedshiftDifference)
            {
                // The lower place leads, so that the result does not depend on the order of unions.
                var (a, b) = (Root(i), Root(j));
                parent[Math.Max(a, b)] = Math.Min(a, b);
            }
        }
        UniteByName(spectra, Unite);
        UniteByPosition(spectra, Unite);
        var best = new Dictionary<int, int>();
        for (var i = 0; i < spectra.Count; i++)
        {
            var root = Root(i);
            if (!best.TryGetValue(root, out var other) || spectra[i].SignalToNoise > spectra[other].SignalToNoise)
            {
                best[root] = i;
            }
        }
        return [.. Enumerable.Range(0, spectra.Count).Select(i => best[Root(i)] is var kept && kept == i ? -1 : kept)];
    }

    private static void UniteByName(IReadOnlyList<ImportedSpectrum> spectra, Action<int, int> unite)
    {
        foreach (
            var group in Enumerable
                .Range(0, spectra.Count)
                .Where(i => spectra[i].ObjectId.Length > 0)
                .GroupBy(i => (spectra[i].Kind, spectra[i].ObjectId))
        )
        {
            Chain(group, spectra, unite);
        }
    }

    private static void UniteByPosition(IReadOnlyList<ImportedSpectrum> spectra, Action<int, int> unite)
    {
        var places = Enumerable
            .Range(0, spectra.Count)
            .Where(i => double.IsFinite(spectra[i].RightAscensionDegrees) && double.IsFinite(spectra[i].DeclinationDegrees))
            .GroupBy(i => (spectra[i].DeclinationDegrees, spectra[i].RightAscensionDegrees))
            .OrderBy(g => g.Key)
            .Select(g => g.ToArray())
            .ToArray();
        for (var k = 0; k < places.Length; k++)
        {
            Chain(places[k], spectra, unite);
            var a = spectra[places[k][0]];
            for (
                var m = k + 1;
                m < places.Length && (spectra[places[m][0]].DeclinationDegrees - a.DeclinationDegrees) * ArcsecPerDegree <= MostArcsec;
                m++
            )
            {
                if (Separation(a, spectra[places[m][0]]) <= MostArcsec)
                {
                    Chain([.. places[k], .. places[m]], spectra, unite);
                }
            }
        }
    }

    // Where two spectra have nearly one redshift, those between them have, too: neighbours in redshift are enough.
    private static void Chain(IEnumerable<int> members, IReadOnlyList<ImportedSpectrum> spectra, Action<int, int> unite)
    {
        var order = members.OrderBy(i => spectra[i].Redshift).ThenBy(i => i).ToArray();
        for (var k = 1; k < order.Length; k++)
        {
            unite(order[k - 1], order[k]);
        }
    }

    private static double Separation(ImportedSpectrum a, ImportedSpectrum b)
    {
        var turn = Math.Abs(a.RightAscensionDegrees - b.RightAscensionDegrees);
        turn = Math.Min(turn, 360 - turn) * Math.Cos(a.DeclinationDegrees * Math.PI / 180);
        var up = a.DeclinationDegrees - b.DeclinationDegrees;
        return Math.Sqrt((turn * turn) + (up * up)) * ArcsecPerDegree;
    }
}
