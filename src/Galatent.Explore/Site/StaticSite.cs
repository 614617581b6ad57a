using System.Text;
using System.Text.Json;
using Galatent.Explore.Data;
using Galatent.Explore.Server;
using Galatent.Files;
using Galatent.Numerics;

namespace Galatent.Explore.Site;

/// <summary>The page and its data as files for any web server: everything but the simulator and the import, which need the program. No
/// path, user or token of this machine stands in them.</summary>
public static class StaticSite
{
    private const string DataFolder = "data";
    private const string Ending = ".safetensors";

    /// <summary>Writes a site.</summary>
    /// <param name="runFolder">The run.</param>
    /// <param name="folder">Folder of the site; files of an earlier one are replaced.</param>
    /// <param name="progress">Told after each step; may be null.</param>
    /// <param name="cancellation">Ends the work early.</param>
    /// <returns>Number of files, their size in bytes, and what is to be said.</returns>
    /// <exception cref="InputException">The run cannot be read, or a file cannot be written.</exception>
    public static (int Files, long Bytes, IReadOnlyList<string> Remarks) Write(
        string runFolder,
        string folder,
        IProgress<StepProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        using var run = ExploredRun.Open(runFolder);
        var input = InputSpectra.Of(run, cancellation);
        var steps = Steps(run, input).ToList();
        var bytes = 0L;
        for (var s = 0; s < steps.Count; s++)
        {
            cancellation.ThrowIfCancellationRequested();
            var (name, content) = steps[s];
            var path = Path.Combine([folder, .. name.Split('/')]);
            ResultFolder.Make(Path.GetDirectoryName(path)!);
            var written = content();
            AtomicFile.Write(path, temporary => File.WriteAllBytes(temporary, written));
            bytes += written.Length;
            progress?.Report(new StepProgress(s + 1, steps.Count));
        }
        return (steps.Count, bytes, input.Remark.Length == 0 ? [] : [input.Remark]);
    }

    // The page comes last: a folder without it is not taken for a site.
    private static IEnumerable<(string Name, Func<byte[]> Content)> Steps(ExploredRun run, InputSpectra input)
    {
        var capabilities = new Capabilities(false, "", input.Remark, []);
        yield return Data("run.json", () =>
            JsonSerializer.SerializeToUtf8Bytes(run.Describe(capabilities), ExploreJson.Default.RunDescription)
        );
        yield return Data("order" + Ending, () => new TensorFile().Add("row", run.Order.Rows).ToBytes());
        yield return Data("identifiers.json", () => JsonSerializer.SerializeToUtf8Bytes(run.Identifiers, ReplyJson.Default.StringArray));
        yield return Data("spectra" + Ending, () => input.Tensors);
        foreach (var column in run.OwnColumns)
        {
            yield return Data($"columns/{run.Hash}/{column.Name}{Ending}", () => PackedColumn.Of(run.InOrder(column)));
        }
        for (var m = 0; m < run.Models.Length; m++)
        {
            var model = run.Models[m];
            foreach (var column in run.ModelColumns[m])
            {
                // Sliders and decoder start from the latents: these keep all their digits.
                var isExact = column.Group == ExploredColumn.Dimensions;
                yield return Data($"columns/{model.Hash}/{column.Name}{Ending}", () =>
                    isExact ? new TensorFile().Add("values", run.InOrder(column)).ToBytes() : PackedColumn.Of(run.InOrder(column))
                );
            }
            yield return Data($"models/{model.Hash}/decoder{Ending}", () => DecoderFile.Small(model.Stored));
            yield return Data($"models/{model.Hash}/information.json", () =>
                JsonSerializer.SerializeToUtf8Bytes(model.Information.Reply, ExploreJson.Default.InformationReply)
            );
        }
        foreach (var (name, file) in PageFiles.All.OrderBy(f => f.Key == PageFiles.Index))
        {
            yield return (name, () => name == PageFiles.Index ? Index(file) : file.Content);
        }
    }

    private static (string, Func<byte[]>) Data(string name, Func<byte[]> content) => ($"{DataFolder}/{name}", content);

    // A policy in the page itself, because a web server elsewhere sends none.
    private static byte[] Index(PageFile page) =>
        Encoding.UTF8.GetBytes(
            Encoding
                .UTF8.GetString(page.Content)
                .Replace("data-source=\"live\"", "data-source=\"static\"", StringComparison.Ordinal)
                .Replace(
                    "<meta charset=\"utf-8\">",
                    "<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" "
                        + $"content=\"{SecurityHeaders.ContentPolicy}\">",
                    StringComparison.Ordinal
                )
        );
}
