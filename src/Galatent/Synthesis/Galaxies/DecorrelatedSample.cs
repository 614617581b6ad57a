using Galatent.Numerics;
using Galatent.Synthesis.StarFormation;

namespace Galatent.Synthesis.Galaxies;

/// <summary>
/// A copy of a sample in which the parameters keep their distributions but lose their correlations. It separates what a network learns
/// about physics from what it learns about the population.
/// Shuffled independently: redshift, mass, specific star-formation rate (together with the type), both metallicities, log U, dust1, dust2
/// and slope. Histories are drawn anew for the new combinations of redshift, mass and rate.
/// Only the specific rate shapes a spectrum, so the mass becomes independent of everything visible. The only correlated column is log SFR =
/// log sSFR + log mass.
/// </summary>
internal static class DecorrelatedSample
{
    /// <summary>Shuffles the parameters of galaxies.</summary>
    /// <param name="galaxies">The sample.</param>
    /// <param name="imf">Initial mass function, which sets the surviving mass.</param>
    /// <param name="seed">Root seed.</param>
    public static IEnumerable<Galaxy> Of(IReadOnlyList<Galaxy> galaxies, InitialMassFunction imf, ulong seed)
    {
        var histories = new HistoryPrior(new SurvivingMass(imf));
        var order = Enumerable.Range(0, 9).Select(parameter => Permutation(galaxies.Count, seed, (ulong)parameter)).ToArray();
        for (var i = 0; i < galaxies.Count; i++)
        {
            Galaxy From(int parameter) => galaxies[order[parameter][i]];
            var redshift = From(0).Redshift;
            var logMass = From(1).LogMass;
            var active = From(2);
            var logSfr = logMass + (active.LogSfr - active.LogMass);
            var stream = new RandomStream(seed, "decorrelated history", (ulong)i);
            yield return new Galaxy
            {
                Redshift = redshift,
                LogMass = logMass,
                LogSfr = logSfr,
                LogZStar = From(3).LogZStar,
                LogZGas = From(4).LogZGas,
                LogU = From(5).LogU,
                Dust1 = From(6).Dust1,
                Dust2 = From(7).Dust2,
                DustIndex = From(8).DustIndex,
                IsQuiescent = active.IsQuiescent,
                History = histories.Make(HistoryDeviates.Draw(ref stream), Cosmology.AgeGyr(redshift), logMass, logSfr, active.IsQuiescent),
            };
        }
    }

    private static int[] Permutation(int count, ulong seed, ulong parameter)
    {
        var order = Enumerable.Range(0, count).ToArray();
        new RandomStream(seed, "decorrelation", parameter).Shuffle(order.AsSpan());
        return order;
    }
}
