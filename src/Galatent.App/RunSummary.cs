using System.Globalization;
using Galatent.Latents;
using Galatent.Networks;
using Galatent.Report.Runs;

namespace Galatent.App;

/// <summary>What <c>reproduce</c> prints at its end: the numbers that a newcomer compares with the README, and where everything
/// lies.</summary>
internal static class RunSummary
{
    public static void Print(TextWriter output, RunPaths paths, RunManifest manifest, TimeSpan elapsed)
    {
        output.WriteLine();
        output.WriteLine($"{manifest.Count} spectra, seed {manifest.Seed}, preset {manifest.Preset}");
        output.WriteLine(
            $"{"beta", 6} {"informative", 12} {$"KL > {ActiveDimensions.ThresholdNat}", 9} {"squared error", 14} {"KL", 7} "
                + $"{"loss", 8} {"linear VAE", 11} {"lowest line R2", 15}"
        );
        foreach (var beta in manifest.Betas)
        {
            var result = AnalysisFolder.Read(paths.Analysis(beta));
            var loss = result.Loss;
            output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{beta, 6} {result.Informative.Length, 12} {result.Informativeness.ByKl.Length, 9} "
                        + $"{loss.SquaredErrorOfSample, 14:F2} {loss.KlNat, 7:F2} {loss.Loss, 8:F2} {loss.Linear.Loss, 11:F2} "
                        + $"{result.Lines.Min(l => l.R2), 15:F3}"
                )
            );
        }
        output.WriteLine(
            $"informative: mean absolute covariance with the pixels above {Informativeness.CovarianceThreshold} (eq. 11 of the "
                + "study); KL in nat; validation spectra"
        );
        output.WriteLine();
        output.WriteLine($"report    {paths.Report}");
        output.WriteLine($"figures   {paths.Figures}");
        output.WriteLine($"spectra   {paths.Spectra}");
        output.WriteLine($"models    {Path.Combine(paths.Folder, "beta-*", "model")}; latents.h5 and analysis/ beside them");
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"time      {elapsed.TotalMinutes:F1} min now, {manifest.Stages.Sum(s => s.Seconds) / 60:F1} min in all stages"
            )
        );
    }
}
