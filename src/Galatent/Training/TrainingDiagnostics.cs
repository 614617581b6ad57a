using System.Globalization;
using Galatent.Networks;

namespace Galatent.Training;

/// <summary>Remarks on a training history for its reader: spikes, posterior collapse, and whether the network is better than the linear
/// model.</summary>
public static class TrainingDiagnostics
{
    // In a good run epochs scatter by tens of per cent. This factor is for jumps like the one from 175 to 4989 of a run that later
    // recovered.
    private const double SpikeFactor = 3;

    // All dimensions together carry less than this when the posterior has collapsed, nat. A single dimension counts as active from 0.1 nat.
    private const double CollapsedNat = 0.01;

    /// <summary>Remarks on a run so far, most serious first; empty when there are none.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<EpochRecord> history)
    {
        ArgumentNullException.ThrowIfNull(history);
        if (history.Count == 0)
        {
            return [];
        }
        var remarks = new List<string>();
        var best = history.MinBy(e => e.ValidationLoss)!;
        if (Collapse(best) is { } collapse)
        {
            remarks.Add(collapse);
        }
        remarks.AddRange(Spikes(history));
        if (best.LinearLoss is { } linear && best.ValidationLoss >= linear)
        {
            remarks.Add(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the validation loss {best.ValidationLoss:G5} is above {linear:G5}, which the best linear model reaches on the same "
                        + $"validation spectra: train longer, or take another recipe"
                )
            );
        }
        return remarks;
    }

    /// <summary>A sentence about posterior collapse (the posterior equals the prior); null when there is none.</summary>
    public static string? Collapse(EpochRecord epoch)
    {
        ArgumentNullException.ThrowIfNull(epoch);
        return epoch.KullbackLeibler < CollapsedNat
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"posterior collapse: in epoch {epoch.Epoch} all latent dimensions together carry {epoch.KullbackLeibler:G2} nat, so "
                        + $"every spectrum is decoded to the same one; lower TrainingOptions.Beta or TrainingOptions.LearningRate, or "
                        + $"raise the weight of the divergence slowly with the annealed TrainingOptions.Objective"
                )
            : epoch.ActiveDimensions == 0
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"near posterior collapse: in epoch {epoch.Epoch} no latent dimension carries {ActiveDimensions.Threshold} (together "
                        + $"{epoch.KullbackLeibler:G2}); lower TrainingOptions.Beta, or take the annealed TrainingOptions.Objective"
                )
            : null;
    }

    /// <summary>
    /// A sentence for each epoch with an unusually large validation error. Single updates are not reported: while the learning rate is
    /// large, updates of tens of times the epoch's mean are ordinary (10 to 60 times in most epochs of the preset's first half). The
    /// history holds them.
    /// </summary>
    public static IEnumerable<string> Spikes(IReadOnlyList<EpochRecord> history)
    {
        ArgumentNullException.ThrowIfNull(history);
        // The best epoch is chosen by the whole loss, so an epoch with a spike in the squared error can still be the best.
        var best = history.MinBy(e => e.ValidationLoss)?.Epoch;
        for (var i = 1; i < history.Count; i++)
        {
            var now = history[i];
            var before = history.Take(i).Min(e => e.SquaredError);
            if (now.SquaredError > SpikeFactor * before && now.SquaredError - before > 1)
            {
                yield return string.Create(
                    CultureInfo.InvariantCulture,
                    $"spike in epoch {now.Epoch}: the validation error rose to {now.SquaredError:G4} from "
                        + $"{before:G4}{(now.Epoch == best ? "" : "; this epoch is not kept")}"
                );
            }
        }
    }
}
