using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Galatent.Files;
using Galatent.Numerics;

namespace Galatent.Report.Runs;

/// <summary>A finished stage of a run.</summary>
/// <param name="Name">E.g. <c>simulate</c> or <c>train beta 0.3</c>.</param>
/// <param name="Seconds">Wall-clock time of the call that finished the stage. Time before an interruption is not counted.</param>
public sealed record RunStage(string Name, double Seconds);

/// <summary>
/// The file <c>run.json</c>: the settings of a run, versions, and finished stages. The settings decide the results; a run is only resumed
/// in a folder with equal settings. The file is written after each stage and appears only when it is complete, so an interrupted run knows
/// its position.
/// </summary>
public sealed record RunManifest
{
    private const string SeedsName = "seeds";

    /// <summary>Version of this file's layout.</summary>
    public int FormatVersion { get; init; } = 1;

    /// <summary>Program and version.</summary>
    public required string Generator { get; init; }

    /// <summary>Name of the recipe.</summary>
    public required string Preset { get; init; }

    /// <summary>Root of all random numbers.</summary>
    public required long Seed { get; init; }

    /// <summary>Number of seeds, when more than one: the run is done with <see cref="Seed"/> and the whole numbers after it. Null stands
    /// for one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Seeds { get; init; }

    /// <summary>Number of spectra.</summary>
    public required int Count { get; init; }

    /// <summary>Population model.</summary>
    public required string Population { get; init; }

    /// <summary>Stellar populations: a file, or "built-in".</summary>
    public required string StellarPopulations { get; init; }

    /// <summary>Values of beta, ascending.</summary>
    public required double[] Betas { get; init; }

    /// <summary>Device of the network.</summary>
    public required string Device { get; init; }

    /// <summary>Threads used. They do not change results.</summary>
    public int Threads { get; init; }

    /// <summary>Runtime, operating system and processor architecture; for information only.</summary>
    public string Environment { get; init; } = "";

    /// <summary>Hash of the spectra; empty before they exist.</summary>
    public string DataHash { get; init; } = "";

    /// <summary>Finished stages, in order.</summary>
    public IReadOnlyList<RunStage> Stages { get; init; } = [];

    /// <summary>The seeds after the first, ascending.</summary>
    [JsonIgnore]
    public IEnumerable<long> FurtherSeeds => Enumerable.Range(1, (Seeds ?? 1) - 1).Select(i => Seed + i);

    /// <summary>Whether a stage is finished.</summary>
    public bool Has(string stage) => Stages.Any(s => s.Name == stage);

    /// <summary>This manifest without some finished stages, which are then done again.</summary>
    public RunManifest Without(params IReadOnlyList<string> stages) =>
        this with
        {
            Stages = [.. Stages.Where(s => !stages.Contains(s.Name))],
        };

    /// <summary>This manifest with one more finished stage.</summary>
    public RunManifest With(string stage, double seconds) =>
        this with
        {
            Stages = [.. Stages.Where(s => s.Name != stage), new RunStage(stage, Math.Round(seconds, 1))],
        };

    /// <summary>The first setting that differs from another run and changes results, as "name a instead of b"; null when there is
    /// none.</summary>
    public string? DifferenceFrom(RunManifest other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Deciding()
            .Zip(other.Deciding())
            .Where(p => p.First != p.Second)
            .Select(p => $"{p.First.Name} {p.Second.Value} instead of {p.First.Value}")
            .FirstOrDefault();
    }

    /// <summary>Names and values for the report's table.</summary>
    public IReadOnlyList<(string Name, string Value)> Rows() =>
        [
            .. Deciding().Where(d => d.Name != SeedsName || Seeds is not null),
            ("threads", $"{Threads}"),
            ("environment", Environment),
            ("data hash", DataHash),
            .. Stages.Select(s => ($"time: {s.Name}", string.Create(CultureInfo.InvariantCulture, $"{s.Seconds:F1} s"))),
        ];

    /// <summary>Writes the file. It appears only when it is complete.</summary>
    public void Write(string path) =>
        AtomicFile.WriteText(path, JsonSerializer.Serialize(this, RunManifestJson.Default.RunManifest) + "\n");

    /// <summary>Reads a file.</summary>
    /// <exception cref="InputException">The file is missing or not a manifest.</exception>
    public static RunManifest Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new InputException($"There is no '{path}'; give the folder of a run that 'galatent reproduce' made.");
        }
        try
        {
            var manifest = JsonSerializer.Deserialize(File.ReadAllText(path), RunManifestJson.Default.RunManifest);
            var isWhole =
                manifest
                    is {
                        Generator: not null,
                        Preset: not null,
                        Population: not null,
                        StellarPopulations: not null,
                        Betas: not null,
                        Device: not null,
                        Environment: not null,
                        DataHash: not null,
                        Stages: not null
                    }
                && manifest.Stages.All(s => s?.Name is not null)
                && manifest.Seeds is not < 1;
            return isWhole ? manifest! : throw new JsonException("it holds null");
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new InputException(
                $"'{path}' is not a run manifest ({e.Message.TrimEnd('.')}); restore it or start the run again in another folder.",
                e
            );
        }
    }

    private (string Name, string Value)[] Deciding() =>
        [
            ("generator", Generator),
            ("preset", Preset),
            ("seed", $"{Seed}"),
            (SeedsName, $"{Seeds ?? 1}"),
            ("spectra", $"{Count}"),
            ("population", Population),
            ("stellar populations", StellarPopulations),
            ("betas", string.Join(", ", Betas.Select(b => b.ToString(CultureInfo.InvariantCulture)))),
            ("device", Device),
        ];
}

[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow
)]
[JsonSerializable(typeof(RunManifest))]
internal sealed partial class RunManifestJson : JsonSerializerContext;
