using System.Text;
using Galatent.Exports.Explorer;
using Galatent.Files;
using Galatent.Latents;
using Galatent.Numerics;
using Galatent.Report.Runs;

namespace Galatent.Explore.Data;

/// <summary>A run as the explorer sees it: spectra that stay on disk, models, and the columns that the map can show.</summary>
internal sealed class ExploredRun : IDisposable
{
    private const int HashDigits = 16;

    private readonly Dictionary<string, ExploredColumn> _columns;
    private readonly Lazy<string[]> _identifiers;

    private ExploredRun(string folder, PixelRows pixels, ExploredModel[] models, string hash)
    {
        (Folder, Pixels, Models, Hash) = (folder, pixels, models, hash);
        Order = RunOrder.Of(pixels.Spectra.Count);
        OwnColumns = RunColumns.Of(this);
        ModelColumns = Array.ConvertAll(models, m => Galatent.Explore.Data.ModelColumns.Of(this, m));
        _columns = OwnColumns
            .Select(c => (Key: Key(hash, c.Name), Column: c))
            .Concat(models.SelectMany((m, i) => ModelColumns[i].Select(c => (Key: Key(m.Hash, c.Name), Column: c))))
            .ToDictionary(c => c.Key, c => c.Column, StringComparer.Ordinal);
        _identifiers = new(ReadIdentifiers);
    }

    /// <summary>The run folder.</summary>
    public string Folder { get; }

    /// <summary>Its spectra.</summary>
    public PixelRows Pixels { get; }

    /// <summary>Its models, ascending in beta.</summary>
    public ExploredModel[] Models { get; }

    /// <summary>Names the columns that belong to no model.</summary>
    public string Hash { get; }

    /// <summary>The order in which the page gets the galaxies.</summary>
    public RunOrder Order { get; }

    /// <summary>Columns of the run.</summary>
    public ExploredColumn[] OwnColumns { get; }

    /// <summary>Columns of each model.</summary>
    public ExploredColumn[][] ModelColumns { get; }

    /// <summary>Number of spectra.</summary>
    public int Count => Pixels.Spectra.Count;

    /// <summary>The model that is shown first: its beta has the smallest ratio to the study's.</summary>
    public int Chosen => Array.IndexOf(Models, Models.MinBy(m => Math.Abs(Math.Log(m.Description.Beta / RunResults.StudyBeta))));

    /// <summary>Whether the spectra were observed.</summary>
    public bool IsObserved => Pixels.Spectra.Provenance.IsObserved;

    /// <summary>Identifiers of a survey, one per spectrum; empty when the file has none.</summary>
    public string[] Identifiers => _identifiers.Value;

    /// <summary>Opens a run folder.</summary>
    /// <param name="folder">The folder of <c>galatent reproduce</c>, or of one analysed model with its spectra.</param>
    /// <exception cref="InputException">It is no run folder, or a file is missing or damaged.</exception>
    public static ExploredRun Open(string folder)
    {
        var layout = new RunLayout(folder);
        var places = layout.Models();
        if (!File.Exists(layout.Spectra))
        {
            throw new InputException(
                $"There is no '{layout.Spectra}'; the explorer shows the spectra that the models were analysed with, so put them there."
            );
        }
        var pixels = new PixelRows(layout.Spectra);
        var isOpen = false;
        try
        {
            ExploredModel[] models = [.. places.Select(p => new ExploredModel(p, pixels.Spectra.Count)).OrderBy(m => m.Description.Beta)];
            Array.ForEach(models, m => m.Description.RequireAlike(pixels.Spectra));
            var stamp = Encoding.UTF8.GetBytes(ExploredModel.Stamp(new FileInfo(layout.Spectra)));
            var run = new ExploredRun(folder, pixels, models, Convert.ToHexStringLower(Sha256Hash.Of(stamp))[..HashDigits]);
            isOpen = true;
            return run;
        }
        finally
        {
            if (!isOpen)
            {
                pixels.Dispose();
            }
        }
    }

    /// <summary>A column; null when there is none.</summary>
    /// <param name="hash">The run's or a model's.</param>
    /// <param name="name">Its name.</param>
    public ExploredColumn? Column(string hash, string name) => _columns.GetValueOrDefault(Key(hash, name));

    /// <summary>A model; null when there is none.</summary>
    public ExploredModel? Model(string hash) => Array.Find(Models, m => m.Hash == hash);

    /// <summary>The values of a column in the order of the page.</summary>
    public float[] InOrder(ExploredColumn column)
    {
        var values = column.Values();
        return Order.Apply(row => values[row]);
    }

    /// <summary>All that the page reads first.</summary>
    /// <param name="capabilities">What the page can do.</param>
    public RunDescription Describe(Capabilities capabilities)
    {
        var description = Models[Chosen].Description;
        var grid = Pixels.Spectra.Grid;
        return new RunDescription(
            Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(Folder))),
            Hash,
            Count,
            IsObserved,
            Identifiers.Length > 0,
            grid.WavelengthAngstrom,
            ExplorerAxes.FluxLabel(description),
            ExplorerAxes.FluxSymbol(description),
            ExplorerAxes.StrongLines(grid),
            ExplorerAxes.AllLines(grid),
            Array.ConvertAll(OwnColumns, c => c.Description),
            [.. Models.Select((m, i) => Describe(m, ModelColumns[i]))],
            Chosen,
            capabilities
        );
    }

    /// <inheritdoc/>
    public void Dispose() => Pixels.Dispose();

    private static DescribedModel Describe(ExploredModel model, ExploredColumn[] columns) =>
        new(
            model.Hash,
            model.Description.Beta,
            model.Description.Network.LatentDimensions,
            [.. model.InUse.OrderByDescending(d => model.KlNat[d]).Select(d => Describe(model, d))],
            Array.ConvertAll(columns, c => c.Description),
            model.Information.Sentences(),
            FirstViews.Of(model, columns)
        );

    private static DescribedDimension Describe(ExploredModel model, int dimension)
    {
        var (low, high) = (float.PositiveInfinity, float.NegativeInfinity);
        for (var i = dimension; i < model.Latents.Mu.Length; i += model.Latents.Dimensions)
        {
            (low, high) = (Math.Min(low, model.Latents.Mu[i]), Math.Max(high, model.Latents.Mu[i]));
        }
        var name = AnalysisResults.DimensionName(dimension);
        var (sentence, about) = model.Information.About(name);
        return new DescribedDimension(dimension, name, model.KlNat[dimension], model.Information.Tells(name), sentence, about, low, high);
    }

    private string[] ReadIdentifiers()
    {
        var path = new RunLayout(Folder).Spectra;
        return Hdf5.Open(path, file =>
            file.LinkExists("object_id")
            && Hdf5Columns.Texts(path, Hdf5.Dataset(file, path, "object_id"), "object_id") is { } texts
            && texts.Length >= Count
                ? texts[..Count]
                : []
        );
    }

    private static string Key(string hash, string name) => $"{hash}/{name}";
}
