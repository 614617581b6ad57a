using System.Text.Json;
using System.Text.Json.Serialization;
using Galatent.Files;
using Galatent.Numerics;
using Galatent.Spectra;

namespace Galatent.Networks;

/// <summary>What a reader must know to use a trained network: the file <c>model.json</c> beside <c>weights.safetensors</c>. Its schema is
/// <c>docs/model.schema.json</c>.</summary>
public sealed record ModelDescription
{
    /// <summary>Version of the layout. It is raised when an old reader would misread a new file.</summary>
    public const int CurrentFormat = 5;

    // Format 1 had an activation after decoder.input, so the same weights would decode to other spectra. Format 2 knew no linear path,
    // format 3 no mask channel, format 4 no output calibration.
    private const int OldestFormat = 2;

    private const string FormatName = "format_version";

    // Far more than any spectrograph has. The limit keeps a damaged file from asking for more memory than there is.
    private const int MostPixels = 10_000_000;

    /// <summary>Layout version of the file.</summary>
    public required int FormatVersion { get; init; }

    /// <summary>Program and version that trained the network.</summary>
    public required string Generator { get; init; }

    /// <summary>The network's shape.</summary>
    public required NetworkOptions Network { get; init; }

    /// <summary>Pixel centres that the network expects, Å, vacuum.</summary>
    public required double[] WavelengthAngstrom { get; init; }

    /// <summary>Lower end of the window in which the median flux is 1, Å; null when unknown.</summary>
    public double? NormalizationLowAngstrom { get; init; }

    /// <summary>Upper end of that window, Å; null when unknown.</summary>
    public double? NormalizationHighAngstrom { get; init; }

    /// <summary>Unit of the spectra before normalisation, as their file gives it; null when unknown. Spectra per hertz and per ångström
    /// have different shapes.</summary>
    public string? FluxUnit { get; init; }

    /// <summary>Weight of the divergence in the objective.</summary>
    public required double Beta { get; init; }

    /// <summary>Root seed of the training.</summary>
    public required ulong Seed { get; init; }

    /// <summary>SHA-256 of the training data's wavelengths and fluxes, hexadecimal.</summary>
    public required string DataHash { get; init; }

    /// <summary>Epoch whose weights these are, from 1.</summary>
    public required int BestEpoch { get; init; }

    /// <summary>Number of spectra used for training and validation: the first ones of the file. 0 when unknown (old files).</summary>
    public int SpectrumCount { get; init; }

    /// <summary>Share of the validation spectra; 0 when unknown. The rows are in <c>split.h5</c> (<see cref="SplitFile"/>). Without that
    /// file, <see cref="DataSplit.Random"/> gives the same rows again.</summary>
    public double ValidationFraction { get; init; }

    /// <summary>Every training option, as the trainer wrote it.</summary>
    public required JsonElement Training { get; init; }

    /// <summary>Reads and checks a description.</summary>
    /// <exception cref="InputException">Missing, not JSON, with unknown or missing members, or of another layout version.</exception>
    public static ModelDescription Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new InputException($"There is no file '{path}'; give a folder that 'galatent train' made.");
        }
        try
        {
            var text = File.ReadAllText(path);
            RequireCurrent(path, text);
            var description = JsonSerializer.Deserialize(text, ModelJson.Default.ModelDescription)
                ?? throw new InputException($"'{path}' is empty; train the model again.");
            return description.Checked(path);
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new InputException($"Cannot read '{path}': {e.Message.TrimEnd('.')}; repair the file or train the model again.", e);
        }
    }

    // The version is checked before anything else. A file of another version may have other members, and the message must name the version.
    private static void RequireCurrent(string path, string text)
    {
        using var document = JsonDocument.Parse(text);
        if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty(FormatName, out var found))
        {
            throw new InputException($"'{path}' has no {FormatName}, which every model has; give a folder that 'galatent train' made.");
        }
        var format = found.ValueKind == JsonValueKind.Number && found.TryGetInt32(out var number) ? number : 0;
        if (format > CurrentFormat)
        {
            throw new InputException(
                $"'{path}': {FormatName} {format} is newer than {CurrentFormat}, the latest this version reads; update galatent."
            );
        }
        if (format < OldestFormat)
        {
            throw new InputException(
                $"'{path}': {FormatName} {found.GetRawText()} belongs to an older network than {OldestFormat}, the first that is read; "
                    + $"train the model again."
            );
        }
    }

    // JSON does not check ranges. All values that are used later are checked here, where the name of the file is known.
    private ModelDescription Checked(string path)
    {
        void Require(bool isSound, string what)
        {
            if (!isSound)
            {
                throw new InputException($"'{path}': {what}; repair the file or train the model again.");
            }
        }
        Require(Generator is not null && Network is not null && DataHash is not null, "generator, network or data_hash is null");
        Require(WavelengthAngstrom is { Length: >= 2 and <= MostPixels }, $"wavelength_angstrom needs 2 to {MostPixels} numbers");
        for (var i = 0; i < WavelengthAngstrom.Length; i++)
        {
            Require(
                double.IsFinite(WavelengthAngstrom[i]) && WavelengthAngstrom[i] > (i == 0 ? 0 : WavelengthAngstrom[i - 1]),
                $"wavelength_angstrom must be positive and ascending, but entry {i} is {WavelengthAngstrom[i]}"
            );
        }
        Require(double.IsFinite(Beta) && Beta >= 0, $"beta is {Beta}, but it must be a number, 0 or more");
        Require(
            BestEpoch >= 0 && SpectrumCount >= 0,
            $"best_epoch is {BestEpoch}, spectrum_count {SpectrumCount}; neither can be negative"
        );
        Require(
            (NormalizationLowAngstrom ?? 1) is > 0 and < double.PositiveInfinity
                && (NormalizationHighAngstrom ?? 1) is > 0 and < double.PositiveInfinity,
            "normalization_low_angstrom and normalization_high_angstrom must be positive and finite"
        );
        Require(ValidationFraction is >= 0 and <= 1, $"validation_fraction is {ValidationFraction}, but it must lie between 0 and 1");
        Require(Network!.Channels is not null, "the network's channels are null");
        try
        {
            Network.Validate();
        }
        catch (InputException e)
        {
            throw new InputException($"'{path}': {e.Message}", e);
        }
        return this;
    }

    /// <summary>Refuses spectra that do not fit the network: other pixels, another normalisation, or per hertz instead of per ångström. A
    /// property is only compared when both sides state it.</summary>
    /// <exception cref="InputException">The spectra do not fit.</exception>
    public void RequireAlike(ISpectrumSource spectra)
    {
        var grid = new WavelengthGrid(WavelengthAngstrom);
        var found = spectra.Provenance;
        if (!spectra.Grid.IsSameAs(grid))
        {
            throw new InputException(
                $"The spectra have {spectra.Grid.Count} pixels from {spectra.Grid.WavelengthAngstrom[0]} to "
                    + $"{spectra.Grid.WavelengthAngstrom[^1]} Å, but the model was trained on {grid.Count} from "
                    + $"{grid.WavelengthAngstrom[0]} to {grid.WavelengthAngstrom[^1]} Å; bring them onto the model's grid."
            );
        }
        if (
            NormalizationLowAngstrom is { } low
            && NormalizationHighAngstrom is { } high
            && double.IsFinite(found.NormalizationLowAngstrom)
            && (low != found.NormalizationLowAngstrom || high != found.NormalizationHighAngstrom)
        )
        {
            throw new InputException(
                $"The spectra are normalised at {found.NormalizationLowAngstrom}-{found.NormalizationHighAngstrom} Å, but the model was "
                    + $"trained on spectra normalised at {low}-{high} Å; normalise them in the same way."
            );
        }
        if (
            SpectrumProvenance.IsPerHertz(FluxUnit ?? "") is { } trained
            && SpectrumProvenance.IsPerHertz(found.FluxUnit) is { } given
            && trained != given
        )
        {
            throw new InputException(
                $"The spectra are in {found.FluxUnit}, but the model was trained on {FluxUnit}: flux per hertz and per angstrom have "
                    + $"different shapes; convert them."
            );
        }
    }

    /// <summary>Writes the file. It appears only when it is complete.</summary>
    public void Write(string path) => AtomicFile.WriteText(path, JsonSerializer.Serialize(this, ModelJson.Default.ModelDescription) + "\n");
}

/// <summary>JSON with snake_case names. A misspelt member is an error.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    WriteIndented = true
)]
[JsonSerializable(typeof(ModelDescription))]
internal sealed partial class ModelJson : JsonSerializerContext;
