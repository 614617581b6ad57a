using System.CommandLine;
using System.Text;
using Galatent.App.Options;
using Galatent.App.Terminal;
using Galatent.Exports.Explorer;
using Galatent.Exports.Onnx;
using Galatent.Files;
using Galatent.Latents;
using Galatent.Networks;
using Galatent.Numerics;

namespace Galatent.App.Commands;

/// <summary><c>galatent export</c>: a model for Python and for browsers.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        var model = new Option<string>("--model")
        {
            Description = "The model folder that train made.",
            Required = true,
            HelpName = "DIR",
        };
        var onnx = new Option<string?>("--onnx")
        {
            Description =
                "Write NAME-encoder.onnx (flux to mu and log_variance) and NAME-decoder.onnx (z to flux): two files, so that one can "
                + "decode without a spectrum.",
            HelpName = "NAME.onnx",
        };
        var html = new Option<string?>("--html")
        {
            Description = "Write one page that decodes in the browser, with a slider for every dimension in use.",
            HelpName = "FILE.html",
        };
        var latents = new Option<string?>("--latents")
        {
            Description = "Latent representations that give the sliders their ranges; the latents.h5 of analyze when left out.",
            HelpName = "FILE",
        };
        var command = new Command("export", "Writes a trained model as ONNX files, or as an HTML page with sliders.")
        {
            model,
            onnx,
            html,
            latents,
        };
        command.SetAction(parsed =>
            Export(parsed.GetRequiredValue(model), parsed.GetValue(onnx), parsed.GetValue(html), parsed.GetValue(latents), outputs =>
                OutputPath.RequireNoInput(parsed, outputs)
            )
        );
        return command;
    }

    private static void Export(string folder, string? onnx, string? html, string? latents, Action<string[]> requireNoInput)
    {
        if (onnx is null && html is null)
        {
            throw new InputException("Give --onnx NAME.onnx, --html FILE.html or both: what is to be written.");
        }
        string[] files = [.. onnx is null ? [] : OnnxFiles(onnx), .. html is null ? [] : new[] { html }];
        if (files.Select(OutputPath.Resolved).Distinct().Count() < files.Length)
        {
            throw new InputException($"--html '{html}' is also a file of --onnx; give another name.");
        }
        requireNoInput(files);
        var places = new List<ResultFolder>();
        try
        {
            places.AddRange(files.Select(ResultFolder.PrepareFor));
            var stored = StoredModel.Read(folder);
            var contents = new List<byte[]>();
            if (onnx is not null)
            {
                contents.AddRange([OnnxNetwork.Encoder(stored), OnnxNetwork.Decoder(stored)]);
            }
            if (html is not null)
            {
                contents.Add(Encoding.UTF8.GetBytes(ExplorerPage.Compose(stored, Source(folder, latents))));
            }
            AtomicFile.WriteTogether(files.Zip(contents).ToArray());
            foreach (var (file, content) in files.Zip(contents))
            {
                ProgressDisplay.Say(FormattableString.Invariant($"{file}: {content.Length / 1e6:F1} MB"));
            }
        }
        finally
        {
            places.ForEach(p => p.Dispose());
        }
    }

    // A name without the ending is meant with it.
    private static string[] OnnxFiles(string onnx)
    {
        AtomicFile.RequireReplaceable(onnx);
        const string ending = ".onnx";
        var stem = onnx.EndsWith(ending, StringComparison.OrdinalIgnoreCase) ? onnx[..^ending.Length] : onnx;
        return [$"{stem}-encoder{ending}", $"{stem}-decoder{ending}"];
    }

    private static ExplorerSource Source(string folder, string? latents)
    {
        // Beside the model folder, where analyze puts what it measured.
        var home = Path.GetFullPath(VaeModel.Home(folder));
        var file = latents ?? Path.Combine(Path.GetDirectoryName(home) ?? home, LatentFile.FileName);
        if (latents is null && !File.Exists(file))
        {
            throw new InputException(
                $"There is no '{file}', which gives the sliders their ranges; run 'galatent analyze', or give --latents FILE of "
                    + "'galatent encode'."
            );
        }
        var set = LatentFile.Read(file);
        var analysis = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file))!, AnalysisFolder.FolderName);
        var source = ExplorerSource.Of(set, Directory.Exists(analysis) ? AnalysisFolder.Read(analysis) : null);
        ProgressDisplay.Say(
            $"{file}: ranges of {set.Count} spectra"
                + (source.Parameters is null ? "; no mutual information with parameters beside it, so that sliders are named by KL" : "")
        );
        return source;
    }
}
