using System.Globalization;
using Galatent.Latents;
using Galatent.Latents.Reconstructions;
using Galatent.Networks;
using Galatent.Report.Runs;

namespace Galatent.App;

/// <summary>The summary at the end of <c>reproduce</c>: the numbers that a newcomer compares with the README, and where the files
/// are.</summary>
internal static class RunSummary
{
    public static void Print(TextWriter output, RunLayout layout, RunManifest manifest, TimeSpan elapsed)
    {
        output.WriteLine();
        output.WriteLine($"{manifest.Count} spectra, seed {manifest.Seed}, preset {manifest.Preset}");
        output.WriteLine(
            $"{"beta", 6} {"informative", 12} {$"KL > {ActiveDimensions.ThresholdNat}", 9} {"squared error", 14} {"KL", 7} "
                + $"{"loss", 8} {"linear VAE", 11} {"lowest line R2", 15}"
        );
        foreach (var beta in manifest.Betas)
        {
            var result = AnalysisFolder.Read(layout.Model(beta).Analysis);
            var loss = result.Loss;
            output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{beta, 6} {result.Informative.Length, 12} {result.Informativeness.ByKl.Length, 9} "
                        + $"{loss.SquaredErrorOfSample, 14:F2} {loss.KlNat, 7:F2} {loss.Loss, 8:F2} {loss.Linear.Loss, 11:F2} "
                        + $"{LowestR2(result.Lines), 15}"
                )
            );
        }
        output.WriteLine(
            $"informative: mean absolute covariance with the pixels above {Informativeness.CovarianceThreshold} (eq. 11 of the "
                + "study); KL in nat; validation spectra"
        );
        if (ComparisonResults.ReadSeeds(layout.Analysis) is { } seeds && manifest.Seeds is { } count)
        {
            PrintScatter(output, seeds, manifest.Seed, count);
        }
        output.WriteLine();
        output.WriteLine($"report    {layout.Report}");
        output.WriteLine($"figures   {layout.Figures}");
        output.WriteLine($"spectra   {layout.Spectra}");
        output.WriteLine($"models    {layout.EveryModel.Model}; {LatentFile.FileName} and analysis/ beside them");
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"time      {elapsed.TotalMinutes:F1} min now, {manifest.Stages.Sum(s => s.Seconds) / 60:F1} min in all stages"
            )
        );
    }

    private static void PrintScatter(TextWriter output, ComparisonResults seeds, long first, int count)
    {
        output.WriteLine();
        output.WriteLine($"seeds {first} to {first + count - 1}: mean ± standard deviation");
        output.WriteLine(
            $"{"beta", 6} {"informative", 14} {$"KL > {ActiveDimensions.ThresholdNat}", 14} {"squared error", 16} {"KL", 16} {"loss", 16} "
                + $"{"linear VAE", 16}"
        );
        for (var row = 0; row < seeds.Scatter.Rows.Count; row++)
        {
            string Cell(string column, string format) => seeds.Estimate(row, column, v => v.ToString(format, CultureInfo.InvariantCulture));
            output.WriteLine(
                $"{seeds.Scatter.Texts("beta")[row], 6} {Cell("dimensions_eq_11", "F1"), 14} {Cell("dimensions_in_use", "F1"), 14} "
                    + $"{Cell("squared_error", "F2"), 16} {Cell("kl_nat", "F2"), 16} {Cell("loss", "F2"), 16} "
                    + $"{Cell("linear_vae_loss", "F2"), 16}"
            );
        }
    }

    private static string LowestR2(IEnumerable<LineR2> lines) =>
        LineR2.Lowest(lines) is { } lowest ? lowest.R2.ToString("F3", CultureInfo.InvariantCulture) : "undefined";
}
