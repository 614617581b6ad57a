using System.CommandLine;
using Galatent.App.Options;
using Galatent.App.Terminal;
using Galatent.Latents;
using Galatent.Latents.Traversals;
using Galatent.Networks;
using Galatent.Numerics;
using Galatent.Spectra;

namespace Galatent.App.Commands;

/// <summary><c>galatent traverse</c>: decodes one spectrum along one latent dimension.</summary>
internal static class TraverseCommand
{
    public static Command Create()
    {
        var model = new Option<string>("--model")
        {
            Description = "The model folder.",
            Required = true,
            HelpName = "DIR",
        };
        var data = new Option<string>("--data")
        {
            Description = "The spectra; their latent representations give the range.",
            Required = true,
            HelpName = "FILE",
        };
        var index = new Option<int>("--index")
        {
            Description = "Row of the spectrum to start from, counted from 0.",
            DefaultValueFactory = _ => 0,
        }.Checked(i => i >= 0, "must not be negative");
        var dimension = new Option<int>("--dimension")
        {
            Description = "Latent dimension to vary, counted from 0.",
            Required = true,
        }.Checked(d => d >= 0, "must not be negative");
        var steps = new Option<int>("--steps")
        {
            Description = "Steps on each side.",
            DefaultValueFactory = _ => new TraversalOptions().StepsPerSide,
        }.Checked(s => s is >= 1 and <= 10_000, "must lie between 1 and 10000");
        var negative = new Option<bool>("--through-negative") { Description = "Continue when a decoded flux falls below zero." };
        var output = CommonOptions.Out("The CSV file to write: one row per wavelength, one column per latent value.");
        var threads = CommonOptions.Threads();
        var device = CommonOptions.Device();
        var memory = CommonOptions.Memory();
        var command = new Command(
            "traverse",
            "Decodes a spectrum while one latent dimension goes from its minimum to its maximum over all spectra."
        )
        {
            model,
            data,
            index,
            dimension,
            steps,
            negative,
            output,
            threads,
            memory,
            device,
        };
        command.SetAction(parsed =>
        {
            var path = parsed.GetRequiredValue(output);
            using var place = OutputPath.ForFile(path);
            using var vae = VaeModel.Load(
                parsed.GetRequiredValue(model),
                CommonOptions.Compute(parsed.GetRequiredValue(device), parsed.GetValue(threads))
            );
            var spectra = CommonOptions.OpenSpectra(
                parsed.GetRequiredValue(memory),
                parsed.GetRequiredValue(data),
                Path.GetDirectoryName(Path.GetFullPath(path))!
            );
            using var stream = spectra as SpectrumStream;
            var row = parsed.GetValue(index);
            var d = parsed.GetValue(dimension);
            if (row >= spectra.Count || d >= vae.LatentDimensions)
            {
                throw new InputException(
                    $"--index {row} --dimension {d} do not exist: '{parsed.GetValue(data)}' has {spectra.Count} spectra and the model "
                        + $"{vae.LatentDimensions} dimensions, both counted from 0."
                );
            }
            var scratch = Path.GetDirectoryName(Path.GetFullPath(path))!;
            using var gaps = SpectrumGaps.Open(parsed.GetRequiredValue(data), spectra, scratch);
            using var filled = GapRemarks.Fill(gaps, vae, scratch);
            var latents = ProgressDisplay.Run("encoding", "spectra", progress =>
                LatentSet.Of(vae.Encode(filled ?? spectra, progress, cancellation: Interruption.Token), seed: 1)
            );
            var traversal = LatentAnalysis.Traverse(
                latents,
                row,
                d,
                (z, n) => vae.Decode(z, n),
                new TraversalOptions(parsed.GetValue(steps), !parsed.GetValue(negative))
            );
            traversal.ToTable(spectra.Grid.WavelengthAngstrom).Write(path);
            ProgressDisplay.Say(
                $"{path}: {traversal.Values.Length} spectra, {AnalysisResults.DimensionName(d)} from {traversal.Values[0]:G4} to "
                    + $"{traversal.Values[^1]:G4}{Stop("below", traversal.StoppedBelow)}{Stop("above", traversal.StoppedAbove)}"
            );
        });
        return command;
    }

    private static string Stop(string side, double? value) => value is { } v ? $"; stopped {side}, flux would be negative at {v:G4}" : "";
}
