using Galatent.Latents;
using Galatent.Latents.TwoSamples;

namespace Galatent.Report.Page;

/// <summary>The sentences of a comparison of real spectra with mocks: each follows from a number.</summary>
public static class GapText
{
    // Lines whose residuals differ by more are named.
    private const double StrongDifference = 5;
    private const int MostLines = 8;

    /// <summary>The sentences.</summary>
    public static IReadOnlyList<string> Of(DomainGap gap)
    {
        ArgumentNullException.ThrowIfNull(gap);
        return [.. Trust(gap), .. Measures(gap), Density(gap), Lines(gap)];
    }

    private static IEnumerable<string> Trust(DomainGap gap)
    {
        string Names(GapVerdict verdict) =>
            string.Join(", ", gap.Dimensions.Where(d => d.Verdict == verdict).Select(d => AnalysisResults.DimensionName(d.Dimension)));
        if (Names(GapVerdict.Agrees) is { Length: > 0 } agrees)
        {
            yield return $"Can be trusted as far as these spectra tell: {agrees}. Any shift of the real spectra is below a quarter "
                + "of the mocks' standard deviation, and their spread differs by less than a quarter (95 %).";
        }
        if (Names(GapVerdict.Differs) is { Length: > 0 } differs)
        {
            yield return $"Differ between real spectra and mocks: {differs}, at a false-discovery rate of {GapMeasure.Significant} over "
                + "all dimensions. What a calibration on mocks says of them does not hold as it stands.";
        }
        if (Names(GapVerdict.Undecided) is { Length: > 0 } undecided)
        {
            var least = gap.LeastVisibleShift;
            var spectra = gap.RealCount == 1 ? "one real spectrum" : $"{gap.RealCount} real spectra";
            yield return double.IsFinite(least)
                ? $"Undecided: {undecided}. With {spectra} a shift below {Wording.Number(least, 2)} standard deviations may not be seen."
                : $"Undecided: {undecided}. With {spectra} no shift would be seen.";
        }
    }

    private static IEnumerable<string> Measures(DomainGap gap)
    {
        if (gap.Measures.Count == 0)
        {
            yield return $"A classifier needs {DomainGap.LeastReal} real spectra; there are {gap.RealCount}, so none was trained.";
        }
        foreach (var measure in gap.Measures)
        {
            yield return $"A classifier that sees {measure.Name} tells real from mock with an area of "
                + $"{Wording.Number(measure.Test.Area, 3)} (chance 0.5 ± {Wording.Number(measure.Test.ChanceDeviation, 2)}, "
                + $"p = {Wording.Number(measure.Test.PValue, 2)}): "
                + (measure.Differs ? "they differ." : "no difference was found.");
        }
    }

    private static string Density(DomainGap gap) =>
        $"{Wording.Number(100 * gap.LowDensityShare, 3)} % of the real spectra ({Math.Round(gap.LowDensityShare * gap.RealCount)} of "
        + $"{gap.RealCount}) have latents where only {Wording.Number(100 * DomainGap.LowestShare, 1)} % of the mocks are.";

    private static string Lines(DomainGap gap)
    {
        var strong = gap
            .Lines.Where(l => Math.Abs(l.Difference) > StrongDifference)
            .OrderByDescending(l => Math.Abs(l.Difference))
            .ToArray();
        return strong.Length == 0
            ? $"Of {gap.Lines.Count} emission lines none has residuals that differ from the mocks' by {StrongDifference} standard errors."
            : $"Of {gap.Lines.Count} emission lines {strong.Length} have residuals that differ from the mocks' by more than "
                + $"{StrongDifference} standard errors: "
                + string.Join(
                    ", ",
                    strong.Take(MostLines).Select(l => $"{l.Line} ({(l.Difference > 0 ? "stronger" : "weaker")} than in the mocks)")
                )
                + ".";
    }
}
