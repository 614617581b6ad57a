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
        var first = new Dictionary<(string, string), List<int>>();
        for (var i = 0; i < spectra.Count; i++)
        {
            if (spectra[i].ObjectId.Length == 0)
            {
                continue;
            }
            var key = (spectra[i].Kind, spectra[i].ObjectId);
            if (!first.TryGetValue(key, out var others))
            {
                first[key] = others = [];
            }
            foreach (var other in others)
            {
                unite(other, i);
            }
            others.Add(i);
        }
    }

    private static void UniteByPosition(IReadOnlyList<ImportedSpectrum> spectra, Action<int, int> unite)
    {
        var known = Enumerable
            .Range(0, spectra.Count)
            .Where(i => double.IsFinite(spectra[i].RightAscensionDegrees) && double.IsFinite(spectra[i].DeclinationDegrees))
            .OrderBy(i => spectra[i].DeclinationDegrees)
            .ThenBy(i => i)
            .ToArray();
        for (var k = 0; k < known.Length; k++)
        {
            var a = spectra[known[k]];
            for (
                var m = k + 1;
                m < known.Length && (spectra[known[m]].DeclinationDegrees - a.DeclinationDegrees) * ArcsecPerDegree <= MostArcsec;
                m++
            )
            {
                if (Separation(a, spectra[known[m]]) <= MostArcsec)
                {
                    unite(known[k], known[m]);
                }
            }
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
