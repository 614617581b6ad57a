using Galatent.Report.Page;

namespace Galatent.Report.Figures.Observed;

/// <summary>A number that tells how bad a spectrum is.</summary>
/// <param name="Name">Name in tables.</param>
/// <param name="Title">What is wrong, in a word or two.</param>
/// <param name="Meaning">What is measured, for captions.</param>
/// <param name="Measure">The score: larger is worse. NaN where it is not known, 0 or less where nothing is wrong.</param>
/// <param name="Text">The score in words.</param>
internal sealed record SpectrumScore(
    string Name,
    string Title,
    string Meaning,
    Func<ScoredSpectrum, double> Measure,
    Func<double, string> Text
)
{
    private const double Errors = 3;

    /// <summary>All scores.</summary>
    public static IReadOnlyList<SpectrumScore> All { get; } =
    [
        new(
            "low_signal",
            "low signal",
            "low signal: 1 over the median signal-to-noise for each observed ångström",
            s =>
                s.SignalToNoise > 0 ? 1 / s.SignalToNoise
                : s.SignalToNoise <= 0 ? double.PositiveInfinity
                : double.NaN,
            v => $"S/N {Wording.Number(1 / v, 2)}"
        ),
        new("gaps", "gaps", "gaps: bad share of the pixels between the first and the last good one", Gaps, v => $"{Percent(v)} bad"),
        new(
            "negative",
            "negative",
            "negative: share of good pixels below zero by more than three errors",
            s => GoodShare(s, (f, error, _) => f < -Errors * error),
            v => $"{Percent(v)} below 0"
        ),
        new(
            "unlike",
            "unlike",
            "unlike: share of good pixels more than three errors outside the central 90 % of the simulated spectra",
            s => GoodShare(s, (f, error, j) => f < s.Simulated.Low[j] - (Errors * error) || f > s.Simulated.High[j] + (Errors * error)),
            v => $"{Percent(v)} outside"
        ),
    ];

    private static string Percent(double share) => $"{Wording.Number(100 * share, 2)} %";

    private static double Gaps(ScoredSpectrum s)
    {
        var (first, end) = s.Row.GoodRange;
        return end == first ? 1 : 1 - ((double)s.Row.Mask.AsSpan(first, end - first).Count((byte)0) / (end - first));
    }

    // Pixels without a known error do not count.
    private static double GoodShare(ScoredSpectrum s, Func<float, double, int, bool> isBad)
    {
        var good = 0;
        var bad = 0;
        for (var j = 0; j < s.Row.Flux.Length; j++)
        {
            if (s.Row.Mask[j] == 0 && s.Row.InverseVariance[j] > 0)
            {
                good++;
                bad += isBad(s.Row.Flux[j], 1 / Math.Sqrt(s.Row.InverseVariance[j]), j) ? 1 : 0;
            }
        }
        return good == 0 ? double.NaN : (double)bad / good;
    }
}

/// <summary>What a score may look at.</summary>
/// <param name="Row">The spectrum.</param>
/// <param name="SignalToNoise">Its median signal-to-noise for each observed ångström; NaN where it is not known.</param>
/// <param name="Simulated">Simulated spectra.</param>
internal sealed record ScoredSpectrum(ObservedRow Row, double SignalToNoise, SimulatedPopulation Simulated);
