using Galatent.Latents;
using Galatent.Numerics;
using Galatent.Report.Runs;
using Galatent.Spectra.Quantities;

namespace Galatent.Report.Page;

/// <summary>What the report of a run on observed spectra says instead of a comparison with the study, whose spectra were
/// simulated.</summary>
internal static class ObservedText
{
    /// <summary>Column headings of <see cref="Rows"/>.</summary>
    public static readonly string[] Header = ["", "These spectra"];

    /// <summary>Where the spectra come from and what they cover.</summary>
    public static IEnumerable<string[]> Rows(RunResults run)
    {
        yield return ["Surveys", run.Provenance.Source.Length > 0 ? run.Provenance.Source : "not stated"];
        yield return ["Spectra", Wording.Count(run.SpectrumCount)];
        yield return ["Redshift", Range(run, GalaxyQuantities.Redshift.Name)];
        yield return ["Signal-to-noise for each observed ångström", Range(run, "sn_median")];
        var (low, high) = run.ShownRange;
        yield return ["Wavelengths at rest", $"{low:0} to {high:0} Å{(run.Gaps is null ? "" : " are covered by at least one spectrum")}"];
        yield return
        [
            "Bad pixels",
            run.Gaps is { } gaps ? $"{Percent(gaps.BadShare)} of all; the network saw them filled from principal components" : "none",
        ];
        yield return ["Parameters that are known", Wording.List(Known(run))];
    }

    /// <summary>A sentence for the chapter on physical parameters.</summary>
    public static string Parameters(RunResults run)
    {
        var known = Known(run);
        return run.IsObserved
            ? $"These spectra were observed. Of the eight parameters that simulated galaxies have, "
                + (
                    known.Length == 0
                        ? "none is known, so there is nothing to compare the dimensions with."
                        : $"{Wording.List(known)} {(known.Length == 1 ? "is" : "are")} known. "
                            + "Redshift also decides which wavelengths a spectrum covers, so that a dimension may know it from there."
                )
            : "The file of the spectra holds none of the eight parameters of simulated galaxies, so there is nothing to compare the "
                + "dimensions with.";
    }

    /// <summary>A sentence on what the errors of filled spectra mean; empty for spectra without gaps.</summary>
    public static string Errors(RunResults run) =>
        run.Gaps is { } gaps
            ? $" {Percent(gaps.BadShare)} of the pixels are bad; errors, variance and loss of this table count what they were filled with."
            : "";

    /// <summary>A sentence on models that were trained with weights of the pixels; empty without any.</summary>
    public static string Weights(RunResults run) =>
        run.Models.Any(m => m.IsWeighted)
            ? " With weights of the pixels in the training, no best linear model is known in closed form: the one of this table is of "
                + "spectra without weights, so there is no verdict."
            : "";

    private static string Percent(double share) => $"{Wording.Number(100 * share, 2)} %";

    private static string[] Known(RunResults run) =>
        [.. ComparedParameters.Of(run.Parameters).Select(p => GalaxyQuantities.WordsOf(p.Name))];

    private static string Range(RunResults run, string name)
    {
        var values = run.Parameters.FirstOrDefault(p => p.Name == name)?.Values.Where(double.IsFinite).ToArray() ?? [];
        return values.Length == 0
            ? "not known"
            : $"{Wording.Number(values.Min())} to {Wording.Number(values.Max())}, median {Wording.Number(SampleMoments.Median(values))}";
    }
}
