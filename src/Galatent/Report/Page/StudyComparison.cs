using Galatent.Latents;
using Galatent.Networks;
using Galatent.Numerics;
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
        + "errors of this run, which are those over spectra: another seed of the training, or of the study's, changes more. A trend agrees "
        + "if every step goes its way. The study's spectra were made by FSPS with parameters that were not "
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
            run.Models.Count > TrainingOptions.StudyBetas.Count && AtStudyBetas(run).Length == TrainingOptions.StudyBetas.Count
                ? $"agrees: the study's, and {run.Models.Count - TrainingOptions.StudyBetas.Count} more"
                : StudyVerdict.When(run.Models.Select(m => m.Beta).SequenceEqual(TrainingOptions.StudyBetas), "a setting of this run"),
        ];
        yield return ["Training", "at most 100 epochs of 80 000 spectra", Epochs(chosen), Recipe(run)];
        if (run.Models.Count > 1)
        {
            yield return
            [
                "Squared error of posterior means as β grows",
                "grows (its figure 8)",
                $"{string.Join(", ", run.Models.Select(SquaredError))} (all spectra): " + (IsGrowing(run) ? "grows" : "no clear trend"),
                StudyVerdict.When(IsGrowing(run), "it does not grow throughout"),
            ];
            yield return
            [
                "Informative dimensions as β grows",
                "become fewer (its figure 9)",
                string.Join(", ", run.Models.Select(m => Wording.Range(StudyVerdict.Counted(m)))),
                FewerVerdict(run),
            ];
        }
        yield return
        [
            "Errors where pixels are coarse",
            "larger at the extremes of the continuum (section 4.1.1)",
            CoarseErrors(run) is var (below, above)
                ? $"median error {Wording.Number(below, 2)} times that of 3602–7402 Å below, {Wording.Number(above, 2)} times above; "
                    + $"R² of the median pixel {MedianR2(run)}"
                : "–",
            CoarseErrors(run) is var (low, high)
                ? StudyVerdict.When(low > 1 && high > 1, "not at both ends")
                : "not comparable: the grid is not the study's",
        ];
        yield return
        [
            $"Informative dimensions at β = {Wording.Beta(chosen.Beta)}",
            "7 of 32 at β = 0.3: 2, 6, 12, 13, 18, 26, 28 (their numbers are arbitrary)",
            $"{Wording.Range(StudyVerdict.Counted(chosen))} of {chosen.Latents.Dimensions} ({Wording.Dimensions(analysis.Informative)}"
                + $"{Undecided(chosen)}); {analysis.Informativeness.ByKl.Length} with KL above {ActiveDimensions.Threshold}",
            StudyVerdict.AtStudyBeta(run, () => StudyVerdict.Dimensions(run, StudyVerdict.Counted(chosen), 7)),
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
                "13 and 28: 1.73 nat, a strong linear correlation (section 4.2)",
                $"{latents.Rows[row]} and {latents.Columns[column]}: {Estimate(latents, row, column)} nat "
                    + $"({Drawn(analysis.LatentSamples)}, {Figures.InformationCells.From(run, latents)}, informative dimensions with KL "
                    + $"above {ActiveDimensions.Threshold})"
                    + $"; their linear correlation is {FigureAxes.Number(Correlation(run, latents.Rows[row], latents.Columns[column]), 2)}"
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
                var (secondRow, secondColumn) = Pairs(latents).OrderByDescending(p => latents[p.Row, p.Column]).ElementAt(1);
                var second = latents[secondRow, secondColumn];
                yield return
                [
                    "Second most dependent pair",
                    "far smaller (its figure 10)",
                    $"{latents.Rows[secondRow]} and {latents.Columns[secondColumn]}: {Estimate(latents, secondRow, secondColumn)} nat, "
                        + $"{FigureAxes.Number(second / nat, 2)} of the first",
                    StudyVerdict.AtStudyBeta(run, () => StudyVerdict.When(second < nat / 2, "more than half of the first pair's")),
                ];
            }
        }
        if (run.Models.Count > 1 && run.Models.All(m => m.Analysis.BetweenInUse is not null))
        {
            yield return
            [
                "Most dependent pair as β grows",
                "not stated",
                string.Join(", ", run.Models.Select(m => LargestPair(m.Analysis.BetweenInUse!)))
                    + $" nat ({Drawn(analysis.LatentSamples)})",
                "not comparable: the study measured one β",
            ];
        }
        if (analysis.Parameters is { } parameters && analysis.ParametersInUse is { } inUse)
        {
            var columns = Figures.InformationCells.ParametersOf(run, inUse);
            var ranking = columns
                .Select(c =>
                {
                    var row = Enumerable.Range(0, inUse.Rows.Length).MaxBy(r => inUse[r, c]);
                    return (Name: GalaxyQuantities.WordsOf(inUse.Columns[c]), Best: inUse[row, c], Error: inUse.Deviation(row, c));
                })
                .OrderByDescending(p => p.Best)
                .ToArray();
            yield return
            [
                "Parameters that the dimensions describe",
                $"{string.Join(", ", Described.Select(q => q.Words))} (section 4.4)",
                $"above {Figures.DensityPanels.ThresholdNat} nat: {Listed(ranking, isAbove: true)}; below: "
                    + $"{Listed(ranking, isAbove: false)} "
                    + $"({Drawn(analysis.ParametersOfSamples)}, {Figures.InformationCells.From(run, inUse)})",
                StudyVerdict.AtStudyBeta(run, () =>
                    StudyVerdict.Described(
                        [.. ranking.Select(p => (p.Name, p.Best))],
                        [.. Described.Select(q => q.Words)],
                        Figures.DensityPanels.ThresholdNat
                    )
                ),
            ];
            yield return
            [
                "Dimensions that are not informative, with any parameter",
                "at most 0.005 nat (section 4.3)",
                Others(run, parameters, "posterior means")
                    + (analysis.ParametersOfSamples is { } samples ? "; " + Others(run, samples, "samples z") : ""),
                StudyVerdict.AtStudyBeta(run, () => OthersVerdict(run, parameters, analysis.ParametersOfSamples)),
            ];
        }
    }

    private static string Listed(IEnumerable<(string Name, double Best, double Error)> ranking, bool isAbove) =>
        Wording.List([
            .. ranking
                .Where(p => p.Best > Figures.DensityPanels.ThresholdNat == isAbove)
                .Select(p => $"{p.Name} {Wording.Estimate(p.Best, p.Error)}"),
        ]);

    private static IEnumerable<(int Row, int Column)> Pairs(MutualInformationMatrix matrix) =>
        Enumerable.Range(0, matrix.Rows.Length).SelectMany(r => Enumerable.Range(0, r).Select(c => (r, c)));

    private static string LargestPair(MutualInformationMatrix matrix)
    {
        var (row, column, _) = matrix.Largest();
        return $"{Estimate(matrix, row, column)} ({matrix.Rows[row]} and {matrix.Columns[column]})";
    }

    private static string SquaredError(ModelResults model) =>
        Wording.Estimate(model.Analysis.Loss.SquaredErrorOfMean, SampleMoments.StandardError(model.Analysis.Error.SquaredErrorPerSpectrum));

    private static string Undecided(ModelResults model) =>
        StudyVerdict.Undecided(model) is { Length: > 0 } undecided ? $"; eq. 11 is undecided for {Wording.Dimensions(undecided)}" : "";

    private static string MedianR2(RunResults run)
    {
        var (fine, end) = run.Grid.Range(3601.8, 7401.8);
        double[] r2 = [.. Enumerable.Range(0, run.Grid.Count).Select(run.Chosen.Analysis.Error.R2)];
        return $"{Number(r2[..fine])} below, {Number(r2[fine..end])} inside, {Number(r2[end..])} above";
        static string Number(double[] values) => FigureAxes.Number(SampleMoments.Median([.. values.Where(double.IsFinite)]), 4);
    }

    // Of posterior means over all spectra.
    private static double Correlation(RunResults run, string first, string second)
    {
        double[] Column(string name) =>
            run.Chosen.Latents.MuColumn(
                Enumerable.Range(0, run.Chosen.Latents.Dimensions).First(d => AnalysisResults.DimensionName(d) == name)
            );
        var (x, y) = (Column(first), Column(second));
        var (meanX, meanY) = (SampleMoments.Mean(x), SampleMoments.Mean(y));
        var product = x.Zip(y, (a, b) => (a - meanX) * (b - meanY)).Sum() / (x.Length - 1);
        return product / (SampleMoments.Deviation(x) * SampleMoments.Deviation(y));
    }

    private static string Drawn(MutualInformationMatrix? ofSamples) => ofSamples is null ? "posterior means" : "samples z";

    private static string Epochs(ModelResults model) => model.History is { } h ? $"{h.Epochs.Count} epochs at {model.Label}" : "–";

    private static ModelResults[] AtStudyBetas(RunResults run) => [.. run.Models.Where(m => TrainingOptions.StudyBetas.Contains(m.Beta))];

    // The study looked at its own betas. With each further one "fewer at every step" is harder to meet.
    private static string FewerVerdict(RunResults run)
    {
        var own = AtStudyBetas(run);
        var isJudgedThere = own.Length > 1 && own.Length < run.Models.Count;
        var verdict = StudyVerdict.Fewer([.. (isJudgedThere ? own : run.Models).Select(StudyVerdict.Counted)]);
        return isJudgedThere ? $"{verdict} (at β = {string.Join(", ", own.Select(m => Wording.Beta(m.Beta)))})" : verdict;
    }

    private static bool IsGrowing(RunResults run) =>
        run.Models.Zip(run.Models.Skip(1)).All(p => p.Second.Analysis.Loss.SquaredErrorOfMean > p.First.Analysis.Loss.SquaredErrorOfMean);

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
            ? $"at most {Estimate(matrix, row, column)} nat ({of}: {matrix.Rows[row]} with "
                + $"{GalaxyQuantities.WordsOf(matrix.Columns[column])})"
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
        return ofMeans == ofSamples ? ofSamples : $"{ofSamples} (samples z); posterior means: {ofMeans}";
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
                .Except(run.Chosen.Analysis.Informative)
                .SelectMany(d => columns.Select(c => (Row: d, Column: c)))
                .Where(c => !double.IsNaN(matrix[c.Row, c.Column])),
        ];
        return cells.Length == 0 ? null : cells.MaxBy(c => matrix[c.Row, c.Column]);
    }

    private static string Estimate(MutualInformationMatrix matrix, int row, int column) =>
        Wording.Estimate(matrix[row, column], matrix.Deviation(row, column));

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);
}
