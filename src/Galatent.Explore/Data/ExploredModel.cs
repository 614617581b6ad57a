using System.Globalization;
using System.Text;
using Galatent.Files;
using Galatent.Latents;
using Galatent.Networks;
using Galatent.Numerics;
using Galatent.Report.Runs;

namespace Galatent.Explore.Data;

/// <summary>One model of a run: its latents, its decoder, and what was measured of it. Large parts are read when they are first
/// needed.</summary>
internal sealed class ExploredModel
{
    // Enough hexadecimal digits that no two models of a run are confused.
    private const int HashDigits = 16;

    private readonly Lazy<LatentSet> _latents;
    private readonly Lazy<StoredModel> _stored;
    private readonly Lazy<ExploredInformation> _information;

    /// <summary>Reads the description and the list of dimensions.</summary>
    /// <param name="layout">Where its files are.</param>
    /// <param name="count">Number of spectra of the run.</param>
    /// <exception cref="InputException">The model was not analysed, or its files are damaged or of other spectra.</exception>
    public ExploredModel(ModelLayout layout, int count)
    {
        Layout = layout;
        if (!File.Exists(layout.Latents))
        {
            throw new InputException(
                $"'{layout.Folder}' has no {Path.GetFileName(layout.Latents)}: the model was not analysed; run 'galatent analyze' or the "
                    + "same 'galatent reproduce' again."
            );
        }
        Description = ModelDescription.Read(layout.Description);
        _latents = new(() => ReadLatents(count));
        _stored = new(() => StoredModel.Read(layout.Model));
        KlNat =
            AnalysisFolder.Find(layout.Analysis, "dimensions") is { } table
            && DimensionInformativeness.Columns.Rows(table) is var rows
            && rows.Length == Description.Network.LatentDimensions
                ? Array.ConvertAll(rows, r => r.KlNat)
                : Galatent.Latents.Informativeness.MeanKl(Latents.Mu, Latents.LogVariance, Latents.Dimensions);
        InUse = [.. Enumerable.Range(0, KlNat.Length).Where(d => KlNat[d] > ActiveDimensions.ThresholdNat)];
        if (InUse.Length == 0)
        {
            throw new InputException(
                $"No dimension of '{layout.Folder}' has a KL above {ActiveDimensions.Threshold}, so there is nothing to explore; train "
                    + "longer, or with a smaller --beta."
            );
        }
        _information = new(() => new ExploredInformation(layout.Analysis, InUse));
        Hash = HashOf(layout);
    }

    /// <summary>Where its files are.</summary>
    public ModelLayout Layout { get; }

    /// <summary>How it was made.</summary>
    public ModelDescription Description { get; }

    /// <summary>Names its columns and its decoder: another training or analysis has another.</summary>
    public string Hash { get; }

    /// <summary>Mean divergence of each dimension from the prior, nat.</summary>
    public double[] KlNat { get; }

    /// <summary>Dimensions with a mean KL above 0.1 nat, ascending.</summary>
    public int[] InUse { get; }

    /// <summary>Latent representations of all spectra of the run.</summary>
    public LatentSet Latents => _latents.Value;

    /// <summary>The trained network's numbers.</summary>
    public StoredModel Stored => _stored.Value;

    /// <summary>What its dimensions share with parameters.</summary>
    public ExploredInformation Information => _information.Value;

    /// <summary>Whether its analysis has a table, which is not read.</summary>
    public bool HasTable(string name) => AnalysisFolder.Has(Layout.Analysis, name);

    /// <summary>A table of its analysis; null when there is none.</summary>
    public ResultTable? Table(string name) => AnalysisFolder.Find(Layout.Analysis, name);

    /// <summary>Which spectra trained it; null when that is not stored.</summary>
    public bool[]? IsHeldOut(int count)
    {
        var path = Path.Combine(Layout.Model, Spectra.SplitFile.FileName);
        if (Description.SpectrumCount != count || !File.Exists(path))
        {
            return null;
        }
        var held = new bool[count];
        foreach (var row in Spectra.SplitFile.Read(path, count).Validation)
        {
            held[row] = true;
        }
        return held;
    }

    private LatentSet ReadLatents(int count)
    {
        var latents = LatentFile.Read(Layout.Latents);
        return latents.Count == count && latents.Dimensions == Description.Network.LatentDimensions
            ? latents
            : throw new InputException(
                $"'{Layout.Latents}' holds {latents.Count} spectra in {latents.Dimensions} dimensions, but the run has {count} and the "
                    + $"model {Description.Network.LatentDimensions}; analyse the model again, with all {count} spectra (by default those "
                    + "of the training)."
            );
    }

    // Sizes and times of the large files stand for their content: a hash of them would take longer than the rest of the start.
    private static string HashOf(ModelLayout layout)
    {
        var tables = Directory.Exists(layout.Analysis) ? Directory.GetFiles(layout.Analysis, "*.csv") : [];
        string[] files = [layout.Latents, layout.Description, Path.Combine(layout.Model, VaeModel.WeightsFile), .. tables.Order()];
        var text = string.Join('\n', files.Select(f => Stamp(new FileInfo(f))));
        return Convert.ToHexStringLower(Sha256Hash.Of(Encoding.UTF8.GetBytes(text)))[..HashDigits];
    }

    /// <summary>Name, size and time of a file.</summary>
    internal static string Stamp(FileInfo file) =>
        file.Exists ? string.Create(CultureInfo.InvariantCulture, $"{file.Name} {file.Length} {file.LastWriteTimeUtc.Ticks}") : file.Name;
}
