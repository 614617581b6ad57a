using Galatent.Files;
using Galatent.Spectra;

namespace Galatent.Training;

/// <summary>Records a run epoch by epoch: <c>history.csv</c>, <c>lines.csv</c>, TensorBoard events, and the listener of the
/// context.</summary>
internal sealed class RunRecord
{
    private const int LineCount = 20;

    private readonly string _folder;
    private readonly ObjectiveRun _run;
    private readonly LinearBaseline? _baseline;
    private readonly TrainingContext _context;
    private readonly IReadOnlyList<SpectralFeature> _lines;
    private readonly int _latent;

    /// <summary>Chooses the lines to follow. All processes call this together.</summary>
    /// <param name="folder">The model folder.</param>
    /// <param name="grid">The pixels.</param>
    /// <param name="options">The run's options.</param>
    /// <param name="run">The objective.</param>
    /// <param name="baseline">What linear models reach; of the first process only.</param>
    /// <param name="context">Clock and listeners.</param>
    public RunRecord(
        string folder,
        WavelengthGrid grid,
        TrainingOptions options,
        ObjectiveRun run,
        LinearBaseline? baseline,
        TrainingContext context
    )
    {
        (_folder, _run, _context, _latent) = (folder, run, context, options.Network.LatentDimensions);
        _baseline = baseline;
        _lines = _baseline is null ? [] : SpectralLines.Brightest(grid, _baseline.Components.Variance, LineCount);
        // The other processes add zeros, so the sum gives them the number of lines and their pixels.
        var told = new double[1 + LineCount];
        told[0] = _lines.Count;
        for (var i = 0; i < _lines.Count; i++)
        {
            told[i + 1] = grid.Nearest(_lines[i].CenterAngstrom);
        }
        context.Processes.Sum(told);
        LinePixels = [.. told.Skip(1).Take((int)told[0]).Select(pixel => (int)pixel)];
    }

    /// <summary>Pixels at the centres of the lines of largest variance.</summary>
    public int[] LinePixels { get; }

    private bool IsFirst => _context.Processes.IsFirst;

    private double Now => (_context.Time.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds;

    private string Events => Path.Combine(_folder, EventFile.FileName);

    /// <summary>Starts the files with the epochs of an earlier part of the run. A new run writes no file before its first epoch is
    /// finished.</summary>
    public void Begin(IReadOnlyList<EpochRecord> history)
    {
        if (IsFirst)
        {
            ResultFolder.Make(_folder);
            if (history.Count > 0)
            {
                EventFile.Begin(Events, history, Now);
            }
        }
        foreach (var epoch in history)
        {
            _context.Epochs?.Report(epoch);
        }
    }

    /// <summary>Completes an epoch's record with the values of the objective, the linear models and the lines.</summary>
    public EpochRecord Complete(EpochRecord epoch, ValidationScore score) =>
        epoch with
        {
            Beta = (double)(decimal)_run.At(epoch.Epoch).Beta,
            LinearLoss = _baseline?.LinearLoss,
            PrincipalError = _baseline?.SquaredError(_latent),
            PrincipalErrorActive = _baseline?.SquaredError(epoch.ActiveDimensions),
            LineR2 = score.LineR2,
        };

    /// <summary>Writes the files with a new epoch (first process only), and reports the epoch to the listener.</summary>
    public void Write(IReadOnlyList<EpochRecord> history)
    {
        if (IsFirst)
        {
            new TrainingHistory(history).Write(Path.Combine(_folder, TrainingHistory.FileName));
            if (history.Count == 1)
            {
                EventFile.Begin(Events, history, Now);
            }
            else
            {
                EventFile.Append(Events, history[^1], Now);
            }
        }
        if (_lines.Count > 0)
        {
            LineHistory.Of(_lines, history).Write(Path.Combine(_folder, LineHistory.FileName));
        }
        _context.Epochs?.Report(history[^1]);
    }
}
