using System.CommandLine;
using Galatent.App.Options;
using Galatent.App.Terminal;
using Galatent.Latents;
using Galatent.Networks;
using Galatent.Networks.Objectives;
using Galatent.Spectra;

namespace Galatent.App.Commands;

/// <summary><c>galatent encode</c>: latent posteriors of spectra from a trained model.</summary>
internal static class EncodeCommand
{
    public static Command Create()
    {
        var model = new Option<string>("--model")
        {
            Description = "The model folder that train made.",
            Required = true,
            HelpName = "DIR",
        };
        var data = new Option<string>("--data")
        {
            Description = "The spectra (HDF5), on the model's wavelengths.",
            Required = true,
            HelpName = "FILE",
        };
        var output = CommonOptions.Out("The HDF5 file of latent representations to write.", "latents.h5");
        var seed = CommonOptions.Seed();
        var threads = CommonOptions.Threads();
        var device = CommonOptions.Device();
        var engine = CommonOptions.Engine();
        var memory = CommonOptions.Memory();
        var command = new Command(
            "encode",
            "Writes mean, log variance and one sample of every spectrum's posterior: /mu, /log_variance, /z."
        )
        {
            model,
            data,
            output,
            seed,
            threads,
            memory,
            device,
            engine,
        };
        command.SetAction(parsed =>
        {
            var folder = parsed.GetRequiredValue(model);
            var path = parsed.GetRequiredValue(output);
            var compute = CommonOptions.Compute(parsed.GetRequiredValue(device), parsed.GetValue(threads), parsed.GetRequiredValue(engine));
            using var place = OutputPath.ForFile(path);
            using var network = VaeModel.Load(folder, compute);
            var spectra = CommonOptions.OpenSpectra(
                parsed.GetRequiredValue(memory),
                parsed.GetRequiredValue(data),
                Path.GetDirectoryName(Path.GetFullPath(path))!
            );
            using var stream = spectra as SpectrumStream;
            network.Description.RequireAlike(spectra);
            var scratch = Path.GetDirectoryName(Path.GetFullPath(path))!;
            using var gaps = SpectrumGaps.Open(parsed.GetRequiredValue(data), spectra, scratch);
            using var filled = GapRemarks.Fill(gaps, network, scratch);
            var posterior = ProgressDisplay.Run("encoding", "spectra", progress =>
                network.Encode(filled ?? spectra, progress, Job.Processes, Interruption.Token)
            );
            var root = (ulong)parsed.GetValue(seed);
            if (!Job.Processes.IsFirst)
            {
                return;
            }
            LatentFile.Write(path, new LatentSet(posterior.Dimensions, posterior.Mu, posterior.LogVariance, posterior.Sample(root), root));
            ProgressDisplay.Say(
                $"{path}: {posterior.Count} spectra in {posterior.Dimensions} dimensions, "
                    + $"{ActiveDimensions.Count(KullbackLeibler.ByDimension(posterior))} of them above "
                    + ActiveDimensions.Threshold
            );
        });
        return command;
    }
}
