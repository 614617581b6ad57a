using System.CommandLine.Parsing;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Galatent.App;
using Galatent.App.Options;
using Galatent.Files;
using Galatent.Latents;
using Galatent.Networks;
using Galatent.Numerics;
using Galatent.Report.Runs;
using Galatent.Spectra;
using Galatent.Synthesis.Ssp;
using Parquet;
using Parquet.Schema;
using PureHDF;
using PureHDF.Filters;
using PureHDF.VOL.Native;

namespace Galatent.Benchmarks;

/// <summary>A reader that is given mutated files: how a small valid file is made, how it is read, and whether the format has a checksum
/// over its numbers.</summary>
/// <param name="Name">For the command line.</param>
/// <param name="Extension">Of the file.</param>
/// <param name="IsChecksummed">Whether other numbers than the valid file's are a fault.</param>
/// <param name="IsText">Whether numbers stand in it as text.</param>
/// <param name="Write">Makes the valid file.</param>
/// <param name="Read">Reads a file and tells what it holds, as a hash.</param>
internal sealed record MutationSeed(
    string Name,
    string Extension,
    bool IsChecksummed,
    bool IsText,
    Action<string> Write,
    Func<string, string> Read
);

/// <summary>All readers of files.</summary>
internal static class MutationSeeds
{
    public static MutationSeed[] All { get; } =
    [
        new("text", ".csv", false, true, WriteText, ReadColumns),
        new("hdf5-columns", ".h5", false, false, WriteColumns, ReadColumns),
        new("hdf5-spectra", ".h5", false, false, WriteSpectra, ReadSpectra),
        new(
            "hdf5-latents",
            ".h5",
            false,
            false,
            p => LatentFile.Write(p, new LatentSet(3, Singles(60), Singles(60), Singles(60), 1)),
            ReadLatents
        ),
        new("hdf5-ssp", ".h5", false, false, p => DspsHdf5.Write(p, Table()), p => Hash(DspsHdf5.Read(p))),
        new("parquet", ".parquet", false, false, WriteParquet, ReadColumns),
        new("fits", ".fits", false, false, p => BagpipesFits.Write(p, Table()), p => Hash(BagpipesFits.Read(p))),
        new("fits-parts", ".fits", false, false, MutationFits.WriteAll, MutationFits.ReadAll),
        new("surveys", ".fits", false, false, MutationFits.WriteSpectrum, MutationFits.Import),
        new("surveys-header", ".fits", false, true, MutationFits.WriteSpectrum, MutationFits.Import),
        new("surveys-parquet", ".parquet", false, false, MutationParquet.Write, MutationFits.Import),
        new("surveys-text", ".csv", false, true, MutationFits.WriteText, MutationFits.Import),
        new("safetensors", ".safetensors", false, false, WriteTensors, ReadTensors),
        new("model", ".json", false, true, WriteModel, p =>
            JsonSerializer.Serialize(ModelDescription.Read(p), ModelJson.Default.ModelDescription)
        ),
        new("spec", ".spec", false, true, WriteSpec, p => Hash(FspsSpecReader.Read(p).Lnu)),
        new("galssp", ".galssp", true, false, p => SspPack.Write(p, Table(), Lines()), p => Hash(SspPack.Read(p).Stars)),
        new("config", ".json", false, true, WriteConfig, ReadConfig),
        new("run", ".json", false, true, WriteRun, p => string.Join('\n', RunManifest.Read(p).Rows())),
    ];

    private static float[] Singles(int count) => [.. Enumerable.Range(0, count).Select(i => (float)Math.Sin(i))];

    private static double[] Doubles(int count) => [.. Enumerable.Range(0, count).Select(i => Math.Sin(i))];

    private static SspTable Table()
    {
        double[] wavelength = [.. Enumerable.Range(0, 40).Select(i => 912 + (220.0 * i))];
        double[] ages = [.. Enumerable.Range(0, 6).Select(i => 5.5 + (0.9 * i))];
        return new SspTable
        {
            LogZ = [-1, 0],
            LogAgeYr = ages,
            WavelengthAngstrom = wavelength,
            Lnu = [.. Enumerable.Range(0, 480).Select(i => (float)(1e-13 * Math.Exp(-3000 / wavelength[i % 40])))],
            LogIonizingRate = [.. Enumerable.Range(0, 12).Select(i => 46.5 - i)],
            LivingMass = [.. Enumerable.Range(0, 12).Select(i => 1 - (0.03 * i))],
            Provenance = new SspProvenance("invented", "nobody", "Kroupa", "none", "smooth", 0.02, 3.826e33),
        };
    }

    private static NebularLineTable Lines() =>
        new()
        {
            LogZ = [-1, 0],
            LogAgeYr = [6, 7],
            LogU = [-3, -2],
            WavelengthAngstrom = [4862.71, 6564.6],
            Name = ["H beta 4861", "H alpha 6563"],
            LogErgPerPhoton = [.. Enumerable.Range(0, 16).Select(i => i % 2 == 0 ? -12.33f : -11.87f)],
        };

    private static void WriteText(string path)
    {
        var text = new StringBuilder("# made up\nid,mass,\"star, formation\",class\n");
        for (var i = 0; i < 40; i++)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"{4611686018427387904 + i},{Math.Sin(i):R},{1e3 * Math.Cos(i):E3},{(i % 3 == 0 ? "disk" : "\"bulge\"")}\n"
            );
        }
        File.WriteAllText(path, text.ToString());
    }

    private static void WriteColumns(string path) =>
        new H5File
        {
            ["id"] = Enumerable.Range(0, 40).Select(i => 4611686018427387904 + i).ToArray(),
            ["mass"] = new H5Dataset(
                Doubles(40),
                chunks: [16],
                datasetCreation: new H5DatasetCreation(Filters: [ShuffleFilter.Id, DeflateFilter.Id])
            ),
            ["text"] = Enumerable.Range(0, 40).Select(i => $"t{i % 3}").ToArray(),
            ["matrix"] = new H5Dataset<float[]>(Singles(120), fileDims: [40, 3]),
            ["group"] = new H5Group
            {
                ["inner"] = new H5Dataset<double[]>(Doubles(40))
                {
                    Attributes = new() { ["units"] = "Gyr", ["_FillValue"] = 0.0 },
                },
            },
        }.Write(path);

    private static void WriteSpectra(string path) =>
        SpectrumFile.Write(
            path,
            new SpectrumSet(
                new WavelengthGrid([.. Enumerable.Range(0, 30).Select(i => 4800.0 + (30 * i))]),
                [.. Enumerable.Repeat(1f, 600)],
                [.. Enumerable.Repeat(2.0, 20)],
                [
                    new ParameterColumn("id", "", "", new double[20], WholeNumbers.Of(new long[20])),
                    new ParameterColumn("z", "", "redshift", Doubles(20)),
                ],
                new SpectrumProvenance("g", 1, "Lsun/Hz", 5000, 5500, "s", "p")
            )
        );

    private static void WriteParquet(string path)
    {
        var schema = new ParquetSchema(new DataField<long>("id"), new DataField<double?>("mass"), new DataField<string>("class"));
        async Task Write()
        {
            await using var file = File.Create(path);
            await using var writer = await ParquetWriter.CreateAsync(schema, file).ConfigureAwait(false);
            using var group = writer.CreateRowGroup();
            await group
                .WriteAsync<long>(schema.DataFields[0], Enumerable.Range(0, 40).Select(i => (long)i).ToArray())
                .ConfigureAwait(false);
            await group
                .WriteAsync<double>(
                    schema.DataFields[1],
                    Enumerable.Range(0, 40).Select(i => i % 7 == 0 ? null : (double?)Math.Sin(i)).ToArray()
                )
                .ConfigureAwait(false);
            await group
                .WriteAsync(schema.DataFields[2], Enumerable.Range(0, 40).Select(i => (string?)$"c{i % 3}").ToArray())
                .ConfigureAwait(false);
        }
        Write().GetAwaiter().GetResult();
    }

    private static void WriteTensors(string path) =>
        SafetensorsFile.Write(
            path,
            [new NamedTensor("a", [4, 5], Singles(20)), new NamedTensor("b", [3], Singles(3))],
            new Dictionary<string, string> { ["format"] = "pt" }
        );

    private static void WriteModel(string path) =>
        new ModelDescription
        {
            FormatVersion = ModelDescription.CurrentFormat,
            Generator = "galatent",
            Network = new NetworkOptions(),
            WavelengthAngstrom = [.. Enumerable.Range(0, 30).Select(i => 4800.0 + (30 * i))],
            NormalizationLowAngstrom = 5000,
            NormalizationHighAngstrom = 5500,
            Beta = 0.3,
            Seed = 1,
            DataHash = "00",
            BestEpoch = 3,
            SpectrumCount = 20,
            ValidationFraction = 0.2,
            Training = JsonSerializer.SerializeToElement(1),
        }.Write(path);

    private static void WriteSpec(string path)
    {
        var folder = Directory.CreateTempSubdirectory("galatent-spec-");
        var files = FspsSpecFile.Write(Path.Combine(folder.FullName, "a.spec"), Table());
        File.Copy(files[0], path, true);
        folder.Delete(true);
    }

    private static void WriteRun(string path) =>
        new RunManifest
        {
            Generator = "galatent",
            Preset = "quick",
            Seed = 1,
            Count = 20,
            Population = "p",
            StellarPopulations = "built-in",
            Betas = [0.1, 0.3],
            Device = "cpu",
            Stages = [new RunStage("simulate", 1.5)],
        }.Write(path);

    private static void WriteConfig(string path) =>
        File.WriteAllText(
            path,
            """{ "data": "s.h5", "out": "m", "beta": 0.3, "epochs": 20, "subtract-mean": true, "seed": 7, "device": "cpu" }"""
        );

    // What the options then are, or the sentence about the first that has no meaning.
    private static string ReadConfig(string path)
    {
        var root = Cli.Root();
        var (arguments, _, _) = ConfigFile.Expand(["train", "--config", path], root);
        var parsed = root.Parse(arguments, Cli.Words());
        return parsed.Errors.Count > 0
            ? throw new InputException(parsed.Errors[0].Message)
            : string.Join(
                '\n',
                parsed
                    .CommandResult.Children.OfType<OptionResult>()
                    .Where(o => !o.Implicit)
                    .Select(o => $"{o.Option.Name} {string.Join(' ', o.Tokens)}")
            );
    }

    private static string ReadColumns(string path)
    {
        var file = ColumnFile.Read(path);
        return Hash(string.Join('\n', file.Names.Select(n => n + string.Join(',', file.Classes(n)))));
    }

    private static string ReadSpectra(string path)
    {
        var set = SpectrumFile.Read(path);
        _ = SpectrumLayout.Inspect(path, set);
        using var stream = SpectrumStream.Open(path, Path.GetTempPath());
        var flux = new float[set.Flux.Length];
        stream.ReadFrom(0, flux);
        return flux.AsSpan().SequenceEqual(set.Flux)
            ? Hash(set.Flux) + Hash(set.Norm) + Hash(string.Join(',', set.Parameters.Select(p => p.Name + Hash(p.Values)))) + set.Provenance
            : throw new InvalidOperationException("the stream gives other numbers than the set in memory");
    }

    private static string ReadLatents(string path)
    {
        var set = LatentFile.Read(path);
        return Hash(set.Mu) + Hash(set.LogVariance) + Hash(set.Z) + set.Seed;
    }

    private static string ReadTensors(string path)
    {
        var file = SafetensorsFile.Read(path);
        return Hash(file.Tensor("a", [4, 5]).ToArray()) + Hash(file.Tensor("b", [3]).ToArray());
    }

    private static string Hash(SspTable t) =>
        Hash(t.LogZ)
        + Hash(t.LogAgeYr)
        + Hash(t.WavelengthAngstrom)
        + Hash(t.Lnu)
        + Hash(t.LogIonizingRate)
        + Hash(t.LivingMass)
        + t.Provenance;

    private static string Hash<T>(T[] values)
        where T : unmanaged => Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(values.AsSpan())))[..16];

    private static string Hash(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
}
