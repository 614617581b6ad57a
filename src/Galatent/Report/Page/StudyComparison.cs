using Galatent.Latents;
using Galatent.Networks;
using Galatent.Report.Drawing;
using Galatent.Report.Runs;
using Galatent.Spectra.Quantities;
using Galatent.Training;

namespace Galatent.Report.Page;

/// <summary>The results of the study (Marziano 2024) compared with those of this run.</summary>
internal static class StudyComparison
{
    private const int StudySpectra = 100_000;
    private const int StudyPixels = 4582;
    private const int StudyLatents = 32;

    // What the study finds single dimensions to describe, in its order (section 4.4).
    private static readonly GalaxyQuantity[] Described =
    [
        GalaxyQuantities.LogZGas,
        GalaxyQuantities.Redshift,
        GalaxyQuantities.LogSfr,
        GalaxyQuantities.LogMass,
        GalaxyQuantities.Dust1,
        GalaxyQuantities.LogZStar,
    ];

    /// <summary>A sentence on what the verdicts mean.</summary>
    public static string Note(RunResults run) =>
        "The study (Marziano 2024) is one training at each β and states no errors. An estimate agrees with it within two standard "
        + "errors of this run, a trend if every step goes its way. The study's spectra were made by FSPS with parameters that were not "
        + $"published; this run's stellar populations: {run.Provenance.Source}. So a number may differ where the method agrees.";

    /// <summary>Column headings.</summary>
    public static readonly string[] Header = ["", "The study", "This run", "Verdict"];

    /// <summary>One row per statement: its subject, the study's value with its section, this run's value, and whether they agree.</summary>
    public static IEnumerable<string[]> Rows(RunResults run)
    {
        var chosen = run.Chosen;
        var analysis = chosen.Analysis;
        var grid = run.Grid;
        yield return
        [
            "Spectra",
            "100 000 (section 3.1)",
            Wording.Count(run.SpectrumCount),
            StudyVerdict.When(run.SpectrumCount == StudySpectra, "a setting of this run"),
        ];
        yield return
        [
            "Data points",
            "4582 from 1000 to 10 000 Å (section 3.1)",
            $"{grid.Count} from {grid.WavelengthAngstrom[0]:0} to {grid.WavelengthAngstrom[^1]:0} Å",
            StudyVerdict.When(grid.Count == StudyPixels, "another grid"),
        ];
        yield return
        [
            "Latent dimensions",
            $"{StudyLatents} (section 3.2.2)",
            $"{chosen.Latents.Dimensions}",
            StudyVerdict.When(chosen.Latents.Dimensions == StudyLatents, "a setting of this run"),
        ];
        yield return
        [
            "Values of β compared",
            $"{string.Join(", ", TrainingOptions.StudyBetas.Select(Wording.Beta))} (section 4.1.1)",
            string.Join(", ", run.Models.Select(m => Wording.Beta(m.Beta))),
            StudyVerdict.When(run.Models.Select(m => m.Beta).SequenceEqual(TrainingOptions.StudyBetas), "a setting of this run"),
        ];
        yield return ["Training", "at most 100 epochs of 80 000 spectra", Epochs(chosen), Recipe(run)];
        if (run.Models.Count > 1)
        {
            yield return
            [
                "Squared error as β grows",
                "grows (figure 8)",
                Trend(run, m => m.Analysis.Loss.SquaredErrorOfMean, grows: true),
                StudyVerdict.When(IsMonotonic(run, m => m.Analysis.Loss.SquaredErrorOfMean, grows: true), "it does not grow throughout"),
            ];
            yield return
            [
                "Informative dimensions as β grows",
                "become fewer (figure 9)",
                Trend(run, m => m.Analysis.Informative.Length, grows: false),
                StudyVerdict.When(
                    IsMonotonic(run, m => m.Analysis.Informative.Length, grows: false)
                        && run.Models[^1].Analysis.Informative.Length < run.Models[0].Analysis.Informative.Length,
                    "they do not become fewer throughout"
                ),
            ];
        }
        yield return
        [
            "Errors where pixels are coarse",
            "larger at the extremes of the continuum (section 4.1.1)",
            CoarseErrors(run) is var (below, above)
                ? $"median error {Wording.Number(below, 2)} times that of 3602–7402 Å below, {Wording.Number(above, 2)} times above"
                : "–",
            CoarseErrors(run) is var (low, high)
                ? StudyVerdict.When(low > 1 && high > 1, "not at both ends")
                : "not comparable: the grid is not the study's",
        ];
        yield return
        [
            $"Informative dimensions at β = {Wording.Beta(chosen.Beta)}",
            "7 of 32 at β = 0.3: 2, 6, 12, 13, 18, 26, 28 (their numbers are arbitrary)",
            $"{analysis.Informative.Length} of {chosen.Latents.Dimensions} ({Wording.Dimensions(analysis.Informative)}); "
                + $"{analysis.Informativeness.ByKl.Length} with KL above {ActiveDimensions.Threshold}",
            StudyVerdict.AtStudyBeta(run, () => StudyVerdict.Dimensions(run, analysis.Informative.Length, 7)),
        ];
        foreach (var row in InformationRows(run))
        {
            yield return row;
        }
    }

    private static IEnumerable<string[]> InformationRows(RunResults run)
    {
        var analysis = run.Chosen.Analysis;
        if (analysis.BetweenInUse is { } latents)
        {
            var (row, column, nat) = latents.Largest();
            yield return
            [
                "Most dependent pair of dimensions",
                "13 and 28: 1.73 nat (section 4.2)",
                $"{latents.Rows[row]} and {latents.Columns[column]}: {Estimate(latents, row, column)} nat "
                    + $"({Drawn(analysis.LatentSamples)}, {Figures.InformationCells.From(run, latents)}, informative dimensions with KL "
                    + $"above {ActiveDimensions.Threshold})"
                    + (nat > 1 ? "; not disentangled here either" : ""),
                StudyVerdict.AtStudyBeta(run, () =>
                    StudyVerdict.Information(
                        nat,
                        latents.Deviation(row, column),
                        1.73,
                        run.Chosen.HasLinearPath ? "; this network has a linear path, the study's has none" : ""
                    )
                ),
            ];
            if (latents.Rows.Length > 2)
            {
                var second = latents
                    .Nat.Where((_, i) => i / latents.Columns.Length > i % latents.Columns.Length)
                    .OrderDescending()
                    .ElementAt(1);
                yield return
                [
                    "Second most dependent pair",
                    "far smaller (figure 10)",
                    $"{FigureAxes.Number(second, 2)} nat",
                    StudyVerdict.AtStudyBeta(run, () => StudyVerdict.When(second < nat / 2, "more than half of the first pair's")),
                ];
            }
        }
        if (analysis.Parameters is { } parameters && analysis.ParametersInUse is { } inUse)
        {
            var columns = Figures.InformationCells.ParametersOf(run, inUse);
            var ranking = columns
                .Select(c =>
                    (Name: GalaxyQuantities.WordsOf(inUse.Columns[c]), Best: Enumerable.Range(0, inUse.Rows.Length).Max(r => inUse[r, c]))
                )
                .OrderByDescending(p => p.Best)
                .ToArray();
            yield return
            [
                "Parameters that the dimensions describe",
                $"{string.Join(", ", Described.Select(q => q.Words))} (section 4.4)",
                string.Join(", ", ranking.Select(p => $"{p.Name} {FigureAxes.Number(p.Best, 2)}"))
                    + $" nat ({Drawn(analysis.ParametersOfSamples)}, {Figures.InformationCells.From(run, inUse)})",
                StudyVerdict.AtStudyBeta(run, () =>
                    StudyVerdict.Described(ranking, [.. Described.Select(q => q.Words)], Figures.DensityPanels.ThresholdNat)
                ),
            ];
            yield return
            [
                "Other dimensions with any parameter",
                "at most 0.005 nat (section 4.3)",
                Others(run, parameters, "posterior means")
                    + (analysis.ParametersOfSamples is { } samples ? "; " + Others(run, samples, "samples z") : ""),
                StudyVerdict.AtStudyBeta(run, () => OthersVerdict(run, parameters, analysis.ParametersOfSamples)),
            ];
        }
    }

    private static string Drawn(MutualInformationMatrix? ofSamples) => ofSamples is null ? "posterior means" : "samples z";

    private static string Epochs(ModelResults model) => model.History is { } h ? $"{h.Epochs.Count} epochs at {model.Label}" : "–";

    private static string Trend(RunResults run, Func<ModelResults, double> value, bool grows)
    {
        var values = run.Models.Select(value).ToArray();
        var monotonic = IsMonotonic(run, value, grows);
        return $"{string.Join(", ", values.Select(v => grows ? Wording.Number(v) : $"{v:0}"))}: "
            + $"{(monotonic ? (grows ? "grows" : "become fewer or stay") : "no clear trend")}";
    }

    private static bool IsMonotonic(RunResults run, Func<ModelResults, double> value, bool grows) =>
        run.Models.Zip(run.Models.Skip(1)).All(p => grows ? value(p.Second) > value(p.First) : value(p.Second) <= value(p.First));

    private static string Recipe(RunResults run) =>
        run.Chosen.Training is not { } training ? "–"
        : run.Manifest?.Preset == TrainingOptions.Thesis ? StudyVerdict.When(true, "")
        : $"differs: {(run.Manifest is { } manifest ? $"recipe {manifest.Preset}" : "another recipe")} with {training.Optimizer}";

    // Median error below and above the finely sampled range, in units of that inside; null on another grid.
    private static (double Below, double Above)? CoarseErrors(RunResults run)
    {
        var (fine, end) = run.Grid.Range(3601.8, 7401.8);
        var mse = run.Chosen.Analysis.Error.MeanSquaredError;
        if (fine == 0 || end - fine < 2 || end == mse.Length)
        {
            return null;
        }
        var inside = Median(mse[fine..end]);
        return (Median(mse[..fine]) / inside, Median(mse[end..]) / inside);
    }

    private static string Others(RunResults run, MutualInformationMatrix matrix, string of)
    {
        return LargestOfOthers(run, matrix) is var (row, column)
            ? $"at most {Estimate(matrix, row, column)} nat ({of})"
            : $"no other dimension ({of})";
    }

    // The study does not say of which of the two it speaks. Samples decide, because they are what reaches the decoder.
    private static string OthersVerdict(RunResults run, MutualInformationMatrix means, MutualInformationMatrix? samples)
    {
        var ofMeans = OthersVerdict(run, means);
        if (samples is null)
        {
            return ofMeans;
        }
        var ofSamples = OthersVerdict(run, samples);
        return ofMeans == ofSamples ? ofSamples : $"samples z: {ofSamples}; posterior means: {ofMeans}";
    }

    private static string OthersVerdict(RunResults run, MutualInformationMatrix matrix) =>
        LargestOfOthers(run, matrix) is var (row, column)
            ? StudyVerdict.Below(matrix[row, column], matrix.Deviation(row, column), 0.005)
            : "not comparable: no other dimension was measured";

    private static (int Row, int Column)? LargestOfOthers(RunResults run, MutualInformationMatrix matrix)
    {
        var columns = Figures.InformationCells.ParametersOf(run, matrix);
        (int Row, int Column)[] cells =
        [
            .. Enumerable
                .Range(0, matrix.Rows.Length)
                .Except(run.Chosen.Analysis.InUse)
                .SelectMany(d => columns.Select(c => (Row: d, Column: c)))
                .Where(c => !double.IsNaN(matrix[c.Row, c.Column])),
        ];
        return cells.Length == 0 ? null : cells.MaxBy(c => matrix[c.Row, c.Column]);
    }

    private static string Estimate(MutualInformationMatrix matrix, int row, int column) =>
        Figures.InformationCells.Estimate(matrix[row, column], matrix.Deviation(row, column));

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);
}
