using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Galatent.Files;
using Galatent.Numerics;
using Galatent.Spectra;

namespace Galatent.Surveys;

/// <summary>
/// Which part of an import a file holds. A part is a dataset as any other, with what became of every spectrum (<c>/import_spectra</c>, a
/// line of JSON each). Repeats are still in it: which spectrum of an object is the best is known when all parts are there.
/// </summary>
/// <param name="Shard">Number of the part, and of parts.</param>
/// <param name="Files">SHA-256 of the paths of all files of the import: parts of different lists do not fit together.</param>
/// <param name="IsShared">Whether it is that of one process among several, and goes when all are merged.</param>
internal sealed record ImportPart(ShardRange Shard, string Files, bool IsShared = false)
{
    public const string OptionsAttribute = "import_options";
    public const string LinesDataset = "import_spectra";
    private const string PartAttribute = "import_part";
    private const string FilesAttribute = "import_files";

    /// <summary>Which part of the files.</summary>
    public static ImportPart Of(ShardRange shard, IReadOnlyList<(string Path, bool IsNamed)> files, bool isShared)
    {
        using var hash = new Sha256Hash();
        foreach (var (path, _) in files)
        {
            hash.Append(Encoding.UTF8.GetBytes(path));
            hash.Append([0]);
        }
        return new ImportPart(shard, Convert.ToHexStringLower(hash.Finish()), isShared);
    }

    /// <summary>Attributes of the file.</summary>
    public IEnumerable<(string Name, string Value)> Attributes() =>
        [(PartAttribute, string.Create(CultureInfo.InvariantCulture, $"{Shard.Number}/{Shard.Of}")), (FilesAttribute, Files)];

    /// <summary>Lines of the file: every spectrum that was read.</summary>
    public static string[] Lines(IReadOnlyList<ImportedSpectrum> all) =>
        [.. all.Select(s => JsonSerializer.Serialize(s, ImportJson.Default.ImportedSpectrum))];

    /// <summary>Whether a file is a part of an import.</summary>
    /// <exception cref="InputException">It is no HDF5 file.</exception>
    public static bool Is(string path) => Hdf5.Open(path, file => file.AttributeExists(PartAttribute));

    /// <summary>Reads all of a part but its pixels.</summary>
    /// <exception cref="InputException">It is none, or damaged.</exception>
    public static (ImportPart Part, ImportPlan Plan, List<ImportedSpectrum> Spectra) Read(string path) => Hdf5.Open(path, file =>
        {
            if (!file.AttributeExists(PartAttribute))
            {
                throw new InputException($"'{path}' is no part of an import; an import writes parts with SurveyOptions.Shard.");
            }
            var part = new ImportPart(ShardRange.Parse(Hdf5.Text(file, PartAttribute)), Hdf5.Text(file, FilesAttribute));
            var plan = ImportPlan.Parse(path, SpectrumFile.ReadGrid(file, path), Hdf5.Text(file, OptionsAttribute));
            var row = 0L;
            var spectra = new List<ImportedSpectrum>();
            foreach (var line in Hdf5Columns.Texts(path, Hdf5.Dataset(file, path, LinesDataset), LinesDataset))
            {
                var spectrum = Spectrum(path, line);
                spectra.Add(spectrum with { ScratchRow = spectrum.IsWritten ? row++ : -1 });
            }
            if (row > 0)
            {
                var count = SpectrumFile.ReadHeader(file, path).Count;
                foreach (var name in new[] { SpectrumFile.InverseVariance, SpectrumFile.Mask })
                {
                    _ = SpectrumFile.PixelRows(file, path, name, count, plan.Grid.Count)
                        ?? throw new InputException($"'{path}' has no /{name}; make the part again.");
                }
                if (count != row)
                {
                    throw new InputException($"'{path}' has {count} spectra, and its lines say {row}; make the part again.");
                }
            }
            return (part, plan, spectra);
        });

    private static ImportedSpectrum Spectrum(string path, string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, ImportJson.Default.ImportedSpectrum)
                ?? throw new InputException($"'{path}': a line of /{LinesDataset} is empty; make the part again.");
        }
        catch (JsonException e)
        {
            throw new InputException($"'{path}': a line of /{LinesDataset} is damaged; make the part again.", e);
        }
    }
}

/// <summary>How a line is written; generated at compile time.</summary>
[JsonSourceGenerationOptions(NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(ImportedSpectrum))]
internal sealed partial class ImportJson : JsonSerializerContext;
