using System.Globalization;
using Galatent.Networks;

namespace Galatent.Training;

/// <summary>What a reader of a history should be told in words: spikes, collapse, and whether the network has passed the linear
/// model.</summary>
public static class TrainingDiagnostics
{
    // In a run that goes well epochs scatter by tens of per cent; one that jumped from 175 to 4989 and came back is what this is for.
    private const double SpikeFactor = 3;

    // Divergence of a dimension that carries nothing at all, nat; one of 0.1 counts as active.
    private const double CollapsedNat = 0.01;

    /// <summary>Remarks about a run so far, most serious first; empty when there is nothing to say.</summary>
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
                        + $"spectra: train longer, or take another recipe"
                )
            );
        }
        return remarks;
    }

    /// <summary>A sentence on a posterior that has collapsed onto the prior; null when it has not.</summary>
    public static string? Collapse(EpochRecord epoch)
    {
        ArgumentNullException.ThrowIfNull(epoch);
        return epoch.KullbackLeibler < CollapsedNat
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"posterior collapse: in epoch {epoch.Epoch} all latent dimensions together carry {epoch.KullbackLeibler:G2} nat, so "
                        + $"every spectrum is decoded to the same one; lower TrainingOptions.Beta or TrainingOptions.LearningRate, or let "
                        + $"the divergence come in slowly with the annealed TrainingOptions.Objective"
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
    /// A sentence for each epoch whose validation error stands out. Single updates are not named: while steps are large, one of tens of
    /// times the epoch's mean is ordinary (10 to 60 in most epochs of the preset's first half); they stand in the history.
    /// </summary>
    public static IEnumerable<string> Spikes(IReadOnlyList<EpochRecord> history)
    {
        ArgumentNullException.ThrowIfNull(history);
        // By the whole loss, a spike of the error may yet be the best epoch.
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
