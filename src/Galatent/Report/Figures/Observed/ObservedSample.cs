using Galatent.Files;
using Galatent.Numerics;
using Galatent.Spectra;
using PureHDF;

namespace Galatent.Report.Figures.Observed;

/// <summary>A dataset that <c>galatent import</c> wrote, as its figures see it. Spectra stay in the file and are read by row, so that
/// memory does not grow with their number.</summary>
internal sealed class ObservedSample : IDisposable
{
    private readonly RowFile<float> _flux;
    private readonly RowFile<float>? _ivar;
    private readonly RowFile<byte>? _mask;

    private ObservedSample(string path, WavelengthGrid grid, int count, string scratchFolder)
    {
        (Path, Grid, Count) = (path, grid, count);
        var (texts, masked, known) = Hdf5.Open(path, file =>
            (Names(file, path, count), Rows(file, SpectrumFile.Mask), Rows(file, SpectrumFile.InverseVariance))
        );
        (Ids, Sources) = texts;
        Parameters = SpectrumFile.ReadParameters(path, count);
        _flux = RowFile<float>.Open(path, "flux", scratchFolder, count, count, grid.Count);
        _mask = masked ? RowFile<byte>.Open(path, SpectrumFile.Mask, scratchFolder, count, count, grid.Count) : null;
        _ivar = known ? RowFile<float>.Open(path, SpectrumFile.InverseVariance, scratchFolder, count, count, grid.Count) : null;

        bool Rows(IH5Group file, string name) => SpectrumFile.PixelRows(file, path, name, count, grid.Count) == count;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The pixels, Å, vacuum, rest frame.</summary>
    public WavelengthGrid Grid { get; }

    /// <summary>Number of spectra.</summary>
    public int Count { get; }

    /// <summary>Identifiers; the place in the file where a spectrum has none.</summary>
    public IReadOnlyList<string> Ids { get; }

    /// <summary>File and row that each spectrum comes from.</summary>
    public IReadOnlyList<string> Sources { get; }

    /// <summary>Quantities of the spectra.</summary>
    public IReadOnlyList<ParameterColumn> Parameters { get; }

    /// <summary>Simulated spectra on the same pixels.</summary>
    public SimulatedPopulation Simulated { get; private set; } = null!;

    /// <summary>Statistics of the pixels over all spectra.</summary>
    public PixelStatistics Pixels { get; private set; } = null!;

    /// <summary>How bad each spectrum is by several scores.</summary>
    public ScoreTable Scores { get; private set; } = null!;

    /// <summary>Opens a dataset, simulates spectra to stand beside it, and reads it once.</summary>
    /// <param name="path">The HDF5 file, as the import wrote it.</param>
    /// <param name="scratchFolder">Folder for flat copies, if the file is not stored row by row.</param>
    /// <param name="threads">Threads of the simulation; the result does not depend on it.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="InputException">Missing, damaged, or not of this layout.</exception>
    public static ObservedSample Open(string path, string scratchFolder, int threads, CancellationToken cancellation = default)
    {
        var (grid, count, _) = SpectrumFile.ReadHeader(path);
        var sample = new ObservedSample(path, grid, count, scratchFolder);
        var isWhole = false;
        try
        {
            sample.Simulated = SimulatedPopulation.On(grid, threads, cancellation);
            sample.Scores = new ScoreTable(count, sample.Simulated, sample.Column("sn_median"));
            sample.Pixels = new PixelStatistics(grid.Count, count);
            for (var row = 0; row < count; row++)
            {
                cancellation.ThrowIfCancellationRequested();
                var spectrum = sample.Read(row);
                sample.Pixels.Add(spectrum);
                sample.Scores.Add(spectrum);
            }
            isWhole = true;
            return sample;
        }
        finally
        {
            if (!isWhole)
            {
                sample.Dispose();
            }
        }
    }

    /// <summary>Values of a quantity; NaN where the file has none.</summary>
    /// <param name="name">Its name in <c>/parameters</c>.</param>
    public double[] Column(string name) =>
        Parameters.FirstOrDefault(p => p.Name == name)?.Values ?? [.. Enumerable.Repeat(double.NaN, Count)];

    /// <summary>One spectrum.</summary>
    public ObservedRow Read(int row)
    {
        var spectrum = new ObservedRow(row, Values(_flux, row), Values(_ivar, row), Values(_mask, row));
        _flux.RequireUnchanged();
        return spectrum;
    }

    /// <summary>The wavelengths that any spectrum covers, widened to whole hundreds of Å.</summary>
    public (double LowAngstrom, double HighAngstrom) CoveredRange()
    {
        var first = Array.FindIndex(Pixels.Good, g => g > 0);
        var last = Array.FindLastIndex(Pixels.Good, g => g > 0);
        return first < 0
            ? (Grid.CellEdgeAngstrom[0], Grid.CellEdgeAngstrom[^1])
            : (Math.Floor(Grid.CellEdgeAngstrom[first] / 100) * 100, Math.Ceiling(Grid.CellEdgeAngstrom[last + 1] / 100) * 100);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _flux.Dispose();
        _ivar?.Dispose();
        _mask?.Dispose();
    }

    private T[] Values<T>(RowFile<T>? rows, int row)
        where T : unmanaged
    {
        var values = new T[Grid.Count];
        rows?.Read(row, values);
        return values;
    }

    private static (string[] Ids, string[] Sources) Names(IH5Group file, string path, int count)
    {
        string[] Texts(string name) =>
            file.LinkExists(name) && Hdf5Columns.Texts(path, Hdf5.Dataset(file, path, name), name) is { } texts && texts.Length == count
                ? texts
                : [.. Enumerable.Repeat("", count)];
        var sources = Texts("source");
        var ids = Texts("object_id");
        for (var i = 0; i < count; i++)
        {
            sources[i] = sources[i].Length > 0 ? sources[i] : $"row {i}";
            ids[i] = ids[i].Length > 0 ? ids[i] : System.IO.Path.GetFileName(sources[i]);
        }
        return (ids, sources);
    }
}
