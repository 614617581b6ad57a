using System.Globalization;
using Galatent.Numerics;
using Galatent.Training;

namespace Galatent.App.Terminal;

/// <summary>Shows the epochs of a training: a live plot on a terminal, otherwise one line per epoch.</summary>
internal sealed class TrainingDisplay : IProgress<EpochRecord>
{
    private const int PlotRows = 12;
    private const int PlotColumns = 96;

    private readonly List<EpochRecord> _epochs = [];
    private readonly Lock _lock = new();
    private readonly bool _isLive;

    private TrainingDisplay(bool isLive) => _isLive = isLive;

    /// <summary>Runs a training and shows its epochs.</summary>
    public static TrainingResult Run(string label, Func<IProgress<StepProgress>, IProgress<EpochRecord>, TrainingResult> work)
    {
        var display = new TrainingDisplay(!Console.IsErrorRedirected);
        var result = ProgressDisplay.Run(label, "spectra", progress => work(progress, display), display.Plot);
        foreach (var remark in TrainingDiagnostics.Of(result.History))
        {
            ProgressDisplay.Say($"note: {remark}.");
        }
        return result;
    }

    /// <inheritdoc/>
    public void Report(EpochRecord value)
    {
        lock (_lock)
        {
            _epochs.Add(value);
        }
        if (value.LeftOutUpdates > 0)
        {
            ProgressDisplay.Say(
                $"note: epoch {value.Epoch} left out {value.LeftOutUpdates} update{(value.LeftOutUpdates == 1 ? "" : "s")}: the loss of "
                    + "the batch was infinite, or above ten times the variance of the spectra and the mean of the epoch before."
            );
        }
        if (!_isLive)
        {
            var linear = value.LinearLoss is { } l ? string.Create(CultureInfo.InvariantCulture, $" (best linear VAE {l:G4})") : "";
            ProgressDisplay.Say(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"epoch {value.Epoch}: validation loss {value.ValidationLoss:G5}{linear}, squared error {value.SquaredError:G5}, KL "
                        + $"{value.KullbackLeibler:G4} nat in {value.ActiveDimensions} dimensions"
                )
            );
        }
    }

    private string Plot()
    {
        lock (_lock)
        {
            return _epochs.Count == 0
                ? ""
                : string.Join('\n', LossPlot.Draw(_epochs, Math.Clamp(Console.BufferWidth - 1, 40, PlotColumns), PlotRows));
        }
    }
}
