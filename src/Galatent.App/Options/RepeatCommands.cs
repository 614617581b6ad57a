using System.Globalization;
using Galatent.Report.Runs;
using Galatent.Study;

namespace Galatent.App.Options;

/// <summary>The commands that repeat a run, made from its <c>run.json</c>. They give every option that differs from its default, quoted for
/// a POSIX shell. The number of threads is left out, because results do not depend on it.</summary>
internal static class RepeatCommands
{
    private const string RunFolder = "RUN";

    /// <summary>One command for the whole run, and the single steps for one of its betas.</summary>
    /// <param name="manifest">The settings of the run.</param>
    /// <param name="beta">The beta of the single steps.</param>
    public static string Of(RunManifest manifest, double beta)
    {
        var standard = new StudyOptions();
        var preset = StudyPreset.ForName(manifest.Preset);
        var layout = new RunLayout(RunFolder);
        var spectra = layout.Spectra;
        var seed = manifest.Seed.ToString(CultureInfo.InvariantCulture);
        string[] device = manifest.Device == standard.Compute.Device ? [] : ["--device", manifest.Device];
        string[] galaxies =
        [
            .. manifest.Population == standard.Population ? Array.Empty<string>() : ["--population", manifest.Population],
            .. manifest.StellarPopulations == StudyOptions.BuiltIn ? [] : new[] { "--ssp", OptionPath(manifest.StellarPopulations) },
        ];
        string[] count = manifest.Count == preset.Count ? [] : ["--count", Number(manifest.Count)];
        string[] seeds = manifest.Seeds is { } several ? ["--seeds", Number(several)] : [];
        string[] betas = manifest.Betas.SequenceEqual(standard.Betas) ? [] : ["--beta", .. manifest.Betas.Select(Number)];
        string[] train = ["--data", spectra, "--preset", preset.Name, "--beta", Number(beta), "--seed", seed, .. device];
        string[] analyze = ["--run", RunFolder, "--seed", seed, "--information-spectra", Number(preset.InformationSpectra), .. device];
        return string.Join(
            '\n',
            "# everything at once",
            Line([
                "reproduce",
                "--preset",
                preset.Name,
                .. count,
                .. betas,
                .. galaxies,
                "--seed",
                seed,
                .. seeds,
                .. device,
                "--out",
                RunFolder,
            ]),
            "",
            "# or step by step, for one value of beta",
            Line(["simulate", "--count", Number(manifest.Count), .. galaxies, "--seed", seed, "--out", spectra]),
            Line(["train", .. train, "--out", layout.Model(beta).Model]),
            Line(["analyze", .. analyze]),
            Line(["report", "--run", RunFolder])
        );
    }

    /// <summary>A word quoted for a POSIX shell: in single quotes, unless it has only plain characters.</summary>
    public static string Quote(string word) =>
        word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || "_-./:,+%".Contains(c, StringComparison.Ordinal))
            ? word
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    // A path that begins with - would be read as an option, one that begins with @ as a file of options.
    private static string OptionPath(string path) => path is ['-' or '@', ..] ? "./" + path : path;

    private static string Line(IEnumerable<string> words) => string.Join(' ', words.Prepend("galatent").Select(Quote));

    private static string Number(double value) => value.ToString(CultureInfo.InvariantCulture);
}
