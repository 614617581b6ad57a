using Galatent.Files;
using Galatent.Spectra;

namespace Galatent.Training;

/// <summary>What a run tells about itself, epoch by epoch: <c>history.csv</c>, <c>lines.csv</c>, TensorBoard's events, and whoever
/// listens.</summary>
internal sealed class RunRecord
{
    private const int LineCount = 20;

    private readonly string _folder;
    private readonly ObjectiveRun _run;
    private readonly LinearBaseline? _yardstick;
    private readonly TrainingContext _surroundings;
    private readonly IReadOnlyList<SpectralFeature> _lines;
    private readonly int _latent;

    /// <summary>Measures what linear models reach on the training spectra, and chooses the lines to follow. The first process does so for
    /// all: it reads up to 100,000 spectra four times.</summary>
    public RunRecord(
        string folder,
        ISpectrumSource spectra,
        int[] training,
        TrainingOptions options,
        ObjectiveRun run,
        int threads,
        TrainingContext surroundings
    )
    {
        (_folder, _run, _surroundings, _latent) = (folder, run, surroundings, options.Network.LatentDimensions);
        _yardstick = IsFirst ? LinearBaseline.Of(spectra.Read, spectra.Grid, training, options, run, threads) : null;
        _lines = _yardstick is null ? [] : SpectralLines.Brightest(spectra.Grid, _yardstick.Components.Variance, LineCount);
        // The others learn the number of lines and their pixels by a sum to which they add nothing.
        var told = new double[1 + LineCount];
        told[0] = _lines.Count;
        for (var i = 0; i < _lines.Count; i++)
        {
            told[i + 1] = spectra.Grid.Nearest(_lines[i].CenterAngstrom);
        }
        surroundings.Processes.Sum(told);
        LinePixels = [.. told.Skip(1).Take((int)told[0]).Select(pixel => (int)pixel)];
    }

    /// <summary>Centres of the lines of largest variance.</summary>
    public int[] LinePixels { get; }

    private bool IsFirst => _surroundings.Processes.IsFirst;

    private double Now => (_surroundings.Time.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds;

    private string Events => Path.Combine(_folder, EventFile.FileName);

    /// <summary>Starts the files with the epochs of an earlier part of the run; a new run leaves none before its first epoch is
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
            _surroundings.Epochs?.Report(epoch);
        }
    }

    /// <summary>Adds to an epoch what the objective, the linear models and the lines say.</summary>
    public EpochRecord Complete(EpochRecord epoch, ValidationScore score) =>
        epoch with
        {
            Beta = (double)(decimal)_run.At(epoch.Epoch).Beta,
            LinearLoss = _yardstick?.LinearLoss,
            PrincipalError = _yardstick?.Components.SquaredError(_latent),
            PrincipalErrorActive = _yardstick?.Components.SquaredError(epoch.ActiveDimensions),
            LineR2 = score.LineR2,
        };

    /// <summary>Writes the files with a new epoch, which the first process does, and tells who listens.</summary>
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
        _surroundings.Epochs?.Report(history[^1]);
    }
}
