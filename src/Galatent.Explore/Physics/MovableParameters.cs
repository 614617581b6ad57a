using Galatent.Explore.Data;
using Galatent.Files;
using Galatent.Numerics;
using Galatent.Spectra.Quantities;

namespace Galatent.Explore.Physics;

/// <summary>The parameters of the simulator that have a slider. Stellar mass has none: a normalised spectrum depends on mass and rate only
/// through the shape of the history, which the recent rate and the older ratios move.</summary>
internal static class MovableParameters
{
    // Spread and range of the recent rate are those of so many galaxies; it must be computed from each history.
    private const int MostSampled = 5000;

    private static readonly GalaxyQuantity[] Direct =
    [
        GalaxyQuantities.LogZGas,
        GalaxyQuantities.LogZStar,
        GalaxyQuantities.LogU,
        GalaxyQuantities.Dust2,
        GalaxyQuantities.Dust1,
        GalaxyQuantities.DustIndex,
        GalaxyQuantities.Redshift,
    ];

    /// <summary>What a file needs, to be simulated again.</summary>
    public static IEnumerable<GalaxyQuantity> Needed => Direct.Concat(GalaxyQuantities.LogSfrRatios);

    // Of the logarithm of the recent rate per mass formed, 1/yr: from less than one star in the age of the universe to a burst.
    private static readonly (double Low, double High) RateRange = (-20, -8);

    /// <summary>Between which values a parameter can be moved.</summary>
    public static (double Low, double High) RangeOf(string name) => GalaxyQuantities.Named(name)?.Range ?? RateRange;

    /// <summary>The sliders, with the range of the run's galaxies; none for what is the same in all of them.</summary>
    /// <param name="parameters">Columns of the run.</param>
    public static PhysicsParameter[] Of(IReadOnlyList<ParameterColumn> parameters)
    {
        double[] Values(GalaxyQuantity quantity) => parameters.First(p => p.Name == quantity.Name).Values;
        PhysicsParameter Slider(GalaxyQuantity q, bool isHistory) => Make(q.Name, Label(q), Words(q), q.Unit, Values(q), isHistory);
        var count = parameters[0].Values.Length;
        double[] rates =
        [
            .. Enumerable
                .Range(0, Math.Min(count, MostSampled))
                .Select(i => RecentRate.Of(ParameterRow.Read(parameters, (int)((long)i * count / Math.Min(count, MostSampled)))))
                .Where(double.IsFinite),
        ];
        PhysicsParameter[] all =
        [
            .. Direct.Take(3).Select(q => Slider(q, false)),
            Make(RecentRate.Name, RecentRate.Symbol, RecentRate.Words, "log10(1/yr)", rates, false),
            .. Direct.Skip(3).Select(q => Slider(q, false)),
            // The second ratio is what the recent rate moves.
            .. GalaxyQuantities.LogSfrRatios.Where((_, j) => j != RecentRate.MovedRatio).Select(q => Slider(q, true)),
        ];
        return [.. all.Where(p => p.Deviation > 0)];
    }

    private static string Label(GalaxyQuantity q) => IsRatio(q) ? $"log SFR{q.Name[^1]}/SFR{(char)(q.Name[^1] + 1)}" : q.Symbol;

    private static string Words(GalaxyQuantity q) => IsRatio(q) ? $"rate of age bin {q.Name[^1]} over the next older" : q.Words;

    private static bool IsRatio(GalaxyQuantity q) => GalaxyQuantities.LogSfrRatios.Contains(q);

    private static PhysicsParameter Make(string name, string label, string words, string unit, double[] values, bool isHistory) =>
        new(name, label, words, unit, values.DefaultIfEmpty().Min(), values.DefaultIfEmpty().Max(), SpreadOf(values), isHistory);

    private static double SpreadOf(double[] values) => values.Length > 1 ? SampleMoments.Deviation(values) : 0;
}
