using System.Globalization;
using Galatent.Latents;
using Galatent.Numerics;

namespace Galatent.Report.Runs;

/// <summary>The paths of a run: <c>run.json</c>, <c>spectra.h5</c>, one folder per beta (<see cref="ModelLayout"/>), <c>figures</c>,
/// <c>report.html</c>. In a run with one model, the model's files may be in the run folder itself. A run with several seeds holds the
/// first one in this way, and each further one as a whole run folder of its own, <c>seed-2</c>.</summary>
/// <param name="Folder">The run folder.</param>
public sealed record RunLayout(string Folder)
{
    /// <summary>File of the spectra inside a run folder.</summary>
    public const string SpectraName = "spectra.h5";

    private const string BetaPrefix = "beta-";
    private const string SeedPrefix = "seed-";

    /// <summary>Seed, options, versions, timings.</summary>
    public string Manifest => In("run.json");

    /// <summary>The spectra.</summary>
    public string Spectra => In(SpectraName);

    /// <summary>SVG, PNG, PDF and numbers (CSV) of every figure.</summary>
    public string Figures => In("figures");

    /// <summary>The report.</summary>
    public string Report => In("report.html");

    /// <summary>Folder of the tables of the whole run: of several betas, of several seeds.</summary>
    public string Analysis => In(AnalysisFolder.FolderName);

    /// <summary>The known parameters of the spectra: units, ranges, how they were drawn (table 1 of the study).</summary>
    public string ParameterTable => Path.Combine(Analysis, "parameters.csv");

    /// <summary>A pattern for the folders of all betas.</summary>
    public ModelLayout EveryModel => new(In(BetaPrefix + "*"));

    /// <summary>The paths of one beta.</summary>
    public ModelLayout Model(double beta) => new(In(BetaPrefix + beta.ToString(CultureInfo.InvariantCulture)));

    /// <summary>The same run with another seed, inside this run's folder.</summary>
    public RunLayout Further(long seed) => new(In(SeedPrefix + seed.ToString(CultureInfo.InvariantCulture)));

    /// <summary>This run, and the same with further seeds that it holds, ascending in seed.</summary>
    public IReadOnlyList<RunLayout> WithSeeds() =>
        [
            this,
            .. (Directory.Exists(Folder) ? Directory.GetDirectories(Folder, SeedPrefix + "*") : [])
                .Select(folder => (Folder: folder, IsSeed: TryParseSeed(folder, out var seed), Seed: seed))
                .Where(f => f.IsSeed)
                .OrderBy(f => f.Seed)
                .Select(f => new RunLayout(f.Folder)),
        ];

    /// <summary>The models in the folder, ascending in beta.</summary>
    /// <exception cref="InputException">The folder does not exist or holds no model.</exception>
    public IReadOnlyList<ModelLayout> Models()
    {
        if (!Directory.Exists(Folder))
        {
            throw new InputException($"There is no folder '{Folder}'; give a run folder made by 'galatent reproduce'.");
        }
        var only = new ModelLayout(Folder);
        string[] found = Directory.Exists(only.Model) ? [Folder] : Directory.GetDirectories(Folder, BetaPrefix + "*");
        return found.Length > 0
            ? [.. found.OrderBy(BetaOf).ThenBy(f => f, StringComparer.Ordinal).Select(f => new ModelLayout(f))]
            : throw new InputException(
                $"'{Folder}' holds neither '{Path.GetFileName(only.Model)}' nor folders like '{BetaPrefix}0.3'; give a run folder made by "
                    + "'galatent reproduce'."
            );
    }

    private static double BetaOf(string folder) =>
        TypedNumber.TryParse(Path.GetFileName(folder).AsSpan().TrimStart(BetaPrefix), out var beta) ? beta : double.MaxValue;

    private static bool TryParseSeed(string folder, out long seed) =>
        long.TryParse(Path.GetFileName(folder).AsSpan(SeedPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out seed);

    private string In(string name) => Path.Combine(Folder, name);
}
