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
    /// <summary>Column headings.</summary>
    public static readonly string[] Header = ["", "The study", "This run"];

    /// <summary>One row per statement: its subject, the study's value with its section, this run's value.</summary>
    public static IEnumerable<string[]> Rows(RunResults run)
    {
        var chosen = run.Chosen;
        var analysis = chosen.Analysis;
        var grid = run.Grid;
        yield return ["Spectra", "100 000 (section 3.1)", Wording.Count(run.SpectrumCount)];
        yield return
        [
            "Data points",
            "4582 from 1000 to 10 000 Å (section 3.1)",
            $"{grid.Count} from {grid.WavelengthAngstrom[0]:0} to {grid.WavelengthAngstrom[^1]:0} Å",
        ];
        yield return ["Latent dimensions", "32 (section 3.2.2)", $"{chosen.Latents.Dimensions}"];
        yield return
        [
            "Values of β compared",
            $"{string.Join(", ", TrainingOptions.StudyBetas.Select(Wording.Beta))} (section 4.1.1)",
            string.Join(", ", run.Models.Select(m => Wording.Beta(m.Beta))),
        ];
        yield return ["Training", "at most 100 epochs of 80 000 spectra", Epochs(chosen)];
        if (run.Models.Count > 1)
        {
            yield return ["Squared error as β grows", "grows (figure 8)", Trend(run, m => m.Analysis.Loss.SquaredErrorOfMean, true)];
            yield return
            [
                "Informative dimensions as β grows",
                "become fewer (figure 9)",
                Trend(run, m => m.Analysis.Informative.Length, grows: false),
            ];
        }
        yield return ["Errors where pixels are coarse", "larger at the extremes of the continuum (section 4.1.1)", CoarseErrors(run)];
        yield return
        [
            $"Informative dimensions at β = {Wording.Beta(chosen.Beta)}",
            "7 of 32 at β = 0.3: 2, 6, 12, 13, 18, 26, 28 (their numbers are arbitrary)",
            $"{analysis.Informative.Length} of {chosen.Latents.Dimensions} ({Wording.Dimensions(analysis.Informative)}); "
                + $"{analysis.Informativeness.ByKl.Length} with KL above {ActiveDimensions.Threshold}",
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
            ];
            if (latents.Rows.Length > 2)
            {
                var second = latents
                    .Nat.Where((_, i) => i / latents.Columns.Length > i % latents.Columns.Length)
                    .OrderDescending()
                    .ElementAt(1);
                yield return ["Second most dependent pair", "far smaller (figure 10)", $"{FigureAxes.Number(second, 2)} nat"];
            }
        }
        if (analysis.Parameters is { } parameters && analysis.ParametersInUse is { } inUse)
        {
            var columns = Figures.InformationCells.ParametersOf(run, inUse);
            var ranking = columns
                .Select(c =>
                    (Name: GalaxyQuantities.WordsOf(inUse.Columns[c]), Best: Enumerable.Range(0, inUse.Rows.Length).Max(r => inUse[r, c]))
                )
                .OrderByDescending(p => p.Best);
            yield return
            [
                "Parameters that the dimensions describe",
                "gas metallicity, redshift, star formation rate, stellar mass, dust in front of young stars, stellar metallicity "
                    + "(section 4.4)",
                string.Join(", ", ranking.Select(p => $"{p.Name} {FigureAxes.Number(p.Best, 2)}"))
                    + $" nat ({Drawn(analysis.ParametersOfSamples)}, {Figures.InformationCells.From(run, inUse)})",
            ];
            yield return
            [
                "Other dimensions with any parameter",
                "at most 0.005 nat (section 4.3)",
                Others(run, parameters, "posterior means")
                    + (analysis.ParametersOfSamples is { } samples ? "; " + Others(run, samples, "samples z") : ""),
            ];
        }
    }

    private static string Drawn(MutualInformationMatrix? ofSamples) => ofSamples is null ? "posterior means" : "samples z";

    private static string Epochs(ModelResults model) => model.History is { } h ? $"{h.Epochs.Count} epochs at {model.Label}" : "–";

    private static string Trend(RunResults run, Func<ModelResults, double> value, bool grows)
    {
        var values = run.Models.Select(value).ToArray();
        var monotonic = values.Zip(values.Skip(1)).All(p => grows ? p.Second > p.First : p.Second <= p.First);
        return $"{string.Join(", ", values.Select(v => grows ? Wording.Number(v) : $"{v:0}"))}: "
            + $"{(monotonic ? (grows ? "grows" : "become fewer or stay") : "no clear trend")}";
    }

    private static string CoarseErrors(RunResults run)
    {
        var (fine, end) = run.Grid.Range(3601.8, 7401.8);
        var mse = run.Chosen.Analysis.Error.MeanSquaredError;
        if (fine == 0 || end - fine < 2 || end == mse.Length)
        {
            return "the grid is not the study's";
        }
        var inside = Median(mse[fine..end]);
        return $"median error {Wording.Number(Median(mse[..fine]) / inside, 2)} times that of 3602–7402 Å below, "
            + $"{Wording.Number(Median(mse[end..]) / inside, 2)} times above";
    }

    private static string Others(RunResults run, MutualInformationMatrix matrix, string of)
    {
        var columns = Figures.InformationCells.ParametersOf(run, matrix);
        var cells = Enumerable
            .Range(0, matrix.Rows.Length)
            .Except(run.Chosen.Analysis.InUse)
            .SelectMany(d => columns.Select(c => (Row: d, Column: c)))
            .Where(c => !double.IsNaN(matrix[c.Row, c.Column]))
            .ToArray();
        if (cells.Length == 0)
        {
            return $"no other dimension ({of})";
        }
        var (row, column) = cells.MaxBy(c => matrix[c.Row, c.Column]);
        return $"at most {FigureAxes.Number(matrix[row, column], 3)} ± {FigureAxes.Number(matrix.Deviation(row, column), 3)} nat ({of})";
    }

    private static string Estimate(MutualInformationMatrix matrix, int row, int column) =>
        $"{FigureAxes.Number(matrix[row, column], 2)} ± {FigureAxes.Number(matrix.Deviation(row, column), 2)}";

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);
}
