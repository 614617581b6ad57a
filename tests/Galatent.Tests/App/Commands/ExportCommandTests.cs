using System.Text.Json.Nodes;
using Galatent.App;
using Galatent.Latents;
using Galatent.Networks;
using Galatent.Tests.Exports;

namespace Galatent.Tests.App.Commands;

/// <summary><c>galatent export</c>: its files, and every fault in one sentence with nothing half-written.</summary>
public sealed class ExportCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Model => _folder.File("run", "model");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Writes_two_graphs_and_a_page_from_the_folder_of_a_beta()
    {
        Prepare();
        var (code, output, error) = Run("export --model {0}/run --onnx {0}/out/vae.onnx --html {0}/out/vae.html");
        Assert.True(code == 0, error);
        Assert.Empty(output);
        Assert.Contains("ranges of 300 spectra", error, StringComparison.Ordinal);
        Assert.Equal(
            ["vae-decoder.onnx", "vae-encoder.onnx", "vae.html"],
            Directory.GetFiles(_folder.File("out")).Select(Path.GetFileName).Order(StringComparer.Ordinal)
        );
        // Without the ending, and over what is there: the same bytes.
        var before = File.ReadAllBytes(_folder.File("out", "vae-encoder.onnx"));
        Assert.Equal(0, Run("export --model {0}/run/model --onnx {0}/out/vae").ExitCode);
        Assert.Equal(before, File.ReadAllBytes(_folder.File("out", "vae-encoder.onnx")));
        // A page of latents from elsewhere.
        File.Move(_folder.File("run", "latents.h5"), _folder.File("l.h5"));
        Assert.Equal(0, Run("export --model {0}/run --html {0}/out/vae.html --latents {0}/l.h5").ExitCode);
    }

    [Theory]
    [InlineData("Give --onnx NAME.onnx, --html FILE.html or both", "export --model {0}/run")]
    [InlineData("--latents has no meaning without --html", "export --model {0}/run --onnx {0}/x --latents {0}/run/latents.h5")]
    [InlineData("There is no file '{0}/none/model.json'", "export --model {0}/none --onnx {0}/x")]
    [InlineData("{0}/none.h5", "export --model {0}/run --html {0}/x.html --latents {0}/none.h5")]
    [InlineData("run 'galatent analyze', or give --latents FILE", "export --model {0}/alone --html {0}/x.html --onnx {0}/x")]
    [InlineData("is a folder", "export --model {0}/run --html {0}/full-decoder.onnx")]
    [InlineData("is a folder", "export --model {0}/run --onnx {0}/full-decoder.onnx")]
    [InlineData("is a folder", "export --model {0}/run --onnx {0}/full")]
    [InlineData("not written to standard output", "export --model {0}/run --onnx -")]
    [InlineData("not written to standard output", "export --model {0}/run --html -")]
    [InlineData("/proc/x", "export --model {0}/run --html /proc/x/y.html")]
    [InlineData("is also --latents", "export --model {0}/run --html {0}/run/latents.h5 --latents {0}/run/latents.h5")]
    [InlineData("belongs to --model", "export --model {0}/run/model --html {0}/run/model/model.json")]
    [InlineData("is also a file of --onnx", "export --model {0}/run --html {0}/x-encoder.onnx --onnx {0}/x")]
    [InlineData("8 dimensions, but the model has 4", "export --model {0}/run --html {0}/x.html --latents {0}/other.h5 --onnx {0}/x")]
    public void A_fault_is_one_sentence_and_leaves_nothing(string named, string command)
    {
        Prepare();
        Directory.CreateDirectory(_folder.File("full-decoder.onnx"));
        LatentFile.Write(_folder.File("other.h5"), StoredModels.Latents(8));
        CopyModel(_folder.File("alone", "model"));
        Refused(named, command);
    }

    [Theory]
    [InlineData("format_version 99 is newer than 5", 99)]
    [InlineData("format_version 1 belongs to an older network", 1)]
    [InlineData("has no format_version", null)]
    public void A_model_of_another_version_is_refused(string named, int? version)
    {
        Prepare();
        var path = Path.Combine(Model, VaeModel.DescriptionFile);
        var json = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        json["from_the_future"] = 1;
        json.Remove("format_version");
        if (version is not null)
        {
            json["format_version"] = version;
        }
        File.WriteAllText(path, json.ToJsonString());
        Refused(named, "export --model {0}/run --onnx {0}/x");
    }

    // A disk of 64 kB: the decoder does not fit beside the encoder.
    [Fact]
    public void A_full_disk_leaves_nothing_of_either_file()
    {
        Prepare();
        var disk = Directory.CreateDirectory(_folder.File("disk")).FullName;
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && CommandLine.Run("/bin/sh", ["-c", $"mount -t tmpfs -o size=64k none '{disk}'"]).ExitCode == 0,
            "Mounting a small disk needs Linux and its rights."
        );
        try
        {
            File.WriteAllText(Path.Combine(disk, "small-encoder.onnx"), "kept");
            Refused("No space left", "export --model {0}/run --onnx {0}/disk/small.onnx");
            Assert.Equal("kept", File.ReadAllText(Path.Combine(disk, "small-encoder.onnx")));
        }
        finally
        {
            CommandLine.Run("umount", [disk]);
        }
    }

    private void Refused(string named, string command)
    {
        var before = Entries();
        var (code, output, error) = Run(command);
        Assert.Equal(Cli.InputError, code);
        Assert.Empty(output);
        Assert.Contains(
            named.Replace("{0}", _folder.Path, StringComparison.Ordinal),
            Assert.Single(error.TrimEnd().Split('\n'), l => l.StartsWith("galatent:", StringComparison.Ordinal)),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        Assert.Equal(before, Entries());
    }

    private (int ExitCode, string Output, string Error) Run(string command) =>
        CommandLine.Galatent(command.Replace("{0}", _folder.Path, StringComparison.Ordinal).Split(' '));

    private string[] Entries() =>
        [
            .. Directory
                .GetFileSystemEntries(_folder.Path, "*", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
                .Select(p => File.Exists(p) ? $"{p} {new FileInfo(p).Length}" : p),
        ];

    private void Prepare()
    {
        CopyModel(Model);
        LatentFile.Write(_folder.File("run", LatentFile.FileName), StoredModels.Latents(4));
    }

    private static void CopyModel(string folder)
    {
        var model = StoredModels.Make(226, new NetworkOptions { LatentDimensions = 4, Channels = [8, 32, 64] });
        model.Description.Write(Path.Combine(folder, VaeModel.DescriptionFile));
        model.Weights.Write(Path.Combine(folder, VaeModel.WeightsFile), new Dictionary<string, string>());
    }
}
