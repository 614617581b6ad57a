using System.Globalization;
using Galatent.Networks.Objectives;
using Galatent.Networks.Weighting;
using Galatent.Report.Figures.Schematics;
using Galatent.Report.Runs;
using Galatent.Training;

namespace Galatent.Report.Page;

/// <summary>The chapter on methods: how the spectra were prepared, what the network is, how it was trained.</summary>
internal static class MethodsText
{
    /// <summary>Sentences and the table of the recipe, before the figures of the network.</summary>
    public static string Of(RunResults run)
    {
        var chosen = run.Chosen;
        var loss = chosen.Analysis.Loss;
        var spectra =
            $"{Wording.Count(run.SpectrumCount)} spectra of {Wording.Count(run.Grid.Count)} pixels"
            + (
                double.IsNaN(run.Provenance.NormalizationLowAngstrom)
                    ? "."
                    : $", each divided by its median between {run.Provenance.NormalizationLowAngstrom:0} and "
                        + $"{run.Provenance.NormalizationHighAngstrom:0} Å."
            )
            + $" {Wording.Count(loss.ValidationCount)} of them validate, the others train.";
        var objective = chosen.Training?.Objective is { } o ? $" It minimises: {o.Description} (objective {o.Name})." : "";
        return $"<p>{Html.Text(spectra + objective)}</p>{Recipe(run)}";
    }

    private static string Recipe(RunResults run)
    {
        if (run.Chosen is not { Training: { } training, Network: { } network })
        {
            return "<p>The description of the model (model.json) is not there or of another version, so the recipe is not shown.</p>";
        }
        static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
        string[][] rows =
        [
            ["Values of β", string.Join(", ", run.Models.Select(m => Wording.Beta(m.Beta)))],
            ["Optimizer", training.Optimizer.ToString()],
            ["Learning rate", $"{Text(training.LearningRate)}, {Schedule(training)}"],
            ["Spectra in a batch", $"{training.BatchSize}"],
            ["Epochs", Epochs(run, training)],
            ["Weight decay", training.WeightDecay == 0 ? "none" : Decay(training)],
            ["Initial weights", training.InitialScale.ToString()],
            ["Pixel weights", Weights(training)],
            ["Mask channel", network.MaskChannel ? "bad pixels are shown as such" : "none"],
            ["Changed training spectra", Changes(training.Augmentation)],
            ["Mean spectrum", network.SubtractMean ? "subtracted before the encoder, added after the decoder" : "left in"],
            ["Linear path", network.LinearPath ? "the best linear VAE, fixed, beside the convolutions" : "none"],
            ["Output", network.OutputCalibration ? "a gain and an offset for every pixel, fitted after every epoch" : "not calibrated"],
            ["Activation", NetworkLayers.Activation(network)],
            ["Seed of the training", $"{training.Seed}"],
        ];
        return $"<h3>Recipe</h3>{Html.Table(["", $"At {run.Chosen.Label}"], rows, "recipe")}";
    }

    private static string Weights(TrainingOptions training) =>
        training.Objective switch
        {
            { PixelWeighting: PixelWeighting.None } => "none",
            { CalibrationError: > 0 and var floor, PixelWeighting: var kind } => string.Create(
                CultureInfo.InvariantCulture,
                $"{kind}, with a floor of {100 * floor:G3} % of the flux under the noise"
            ),
            { PixelWeighting: var kind } => kind.ToString(),
        };

    private static string Changes(AugmentationOptions changes) =>
        changes.ChangesSpectra || changes.ConsistencyWeight > 0
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"masks of others in {changes.MaskShare:P0}, another coverage in {changes.CoverageShare:P0}, a window in "
                    + $"{changes.WindowShare:P0}, noise up to {changes.NoiseFactor:G3} times the variance, consistency "
                    + $"{changes.ConsistencyWeight:G3}"
                    + $"{(changes.ConsistencyUnit == ConsistencyUnit.Prior ? " in units of the prior" : "")}"
            )
            : "none";

    private static string Schedule(TrainingOptions training) =>
        training.Schedule switch
        {
            ScheduleShape.Halving => $"halved every {training.HalvingEpochs} epochs",
            ScheduleShape.OneCycle => $"at the peak of one cycle, which rises for "
                + $"{(100 * training.WarmUpFraction).ToString("0.#", CultureInfo.InvariantCulture)} % of the run",
            _ => "constant",
        };

    private static string Epochs(RunResults run, TrainingOptions training)
    {
        var done = run.Models.Where(m => m.History is not null).ToArray();
        var best = string.Join(", ", done.Select(m => $"{m.History!.Best.Epoch} of {m.History.Epochs.Count} at {m.Label}"));
        return $"at most {training.Epochs}, or {training.Patience} without a lower validation loss; the best is kept"
            + (best.Length > 0 ? $": {best}" : "");
    }

    private static string Decay(TrainingOptions training) =>
        training.WeightDecay.ToString("R", CultureInfo.InvariantCulture) + (training.DecoupledDecay ? ", decoupled" : ", L2");
}
