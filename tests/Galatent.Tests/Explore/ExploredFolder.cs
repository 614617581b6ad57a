using Galatent.Explore.Server;
using Galatent.Latents;
using Galatent.Networks;
using Galatent.Spectra;
using Galatent.Synthesis;
using Galatent.Synthesis.Galaxies;
using Galatent.Tests.Exports;

namespace Galatent.Tests.Explore;

/// <summary>A small run on disk: simulated galaxies, a network with its first weights, and the tables that an analysis would have
/// made.</summary>
public sealed class ExploredFolder : IDisposable
{
    public const int Count = 300;
    public const int Latents = 8;

    /// <summary>Dimensions in use by the table, the largest KL first.</summary>
    public static readonly int[] InUse = [2, 0, 5];

    private readonly TemporaryFolder _folder = new();

    public ExploredFolder()
    {
        var spectra = Path.Combine(Run, "spectra.h5");
        Directory.CreateDirectory(Run);
        var options = SimulationOptions.Study(1) with { Grid = Grid };
        new Simulator(Galatent.Synthesis.Ssp.SspFile.Load(null), options).WritePopulation(
            spectra,
            Count,
            new PopulationOptions(),
            "r25",
            1
        );
        var home = Path.Combine(Run, "beta-0.3");
        var model = Path.Combine(home, VaeModel.FolderName);
        Directory.CreateDirectory(model);
        Stored.Description.Write(Path.Combine(model, VaeModel.DescriptionFile));
        Stored.Weights.Write(Path.Combine(model, VaeModel.WeightsFile), new Dictionary<string, string>());
        using (var engine = VaeModel.Load(model, new ComputeOptions { Threads = 1 }))
        {
            LatentFile.Write(Path.Combine(home, LatentFile.FileName), LatentSet.Of(engine.Encode(SpectrumFile.Read(spectra)), 1));
        }
        var analysis = Path.Combine(home, AnalysisFolder.FolderName);
        Directory.CreateDirectory(analysis);
        File.WriteAllLines(
            Path.Combine(analysis, "dimensions.csv"),
            [
                "dimension,mean_absolute_covariance,kl_nat",
                .. Enumerable.Range(0, Latents).Select(d => FormattableString.Invariant($"{d},0.1,{Kl(d)}")),
            ]
        );
        File.WriteAllLines(
            Path.Combine(analysis, "mutual-information-parameters-z.csv"),
            [
                "row,column,mutual_information_nat,standard_error_nat,q_value,nearest_neighbour_nat,spectra",
                "z00,log_z_gas,0.5,0.01,0.0001,0.5,300",
                "z00,dust2,0.1,0.01,0.0001,0.1,300",
                "z02,log_z_gas,0.3,0.01,0.0001,0.3,300",
                "z02,dust2,0.2,0.1,0.0001,0.2,300",
                "z05,log_z_gas,0.01,0.01,0.5,0.01,300",
                "z05,dust2,0.4,0.01,0.0001,0.4,300",
            ]
        );
        File.WriteAllLines(
            Path.Combine(analysis, "spectra.csv"),
            ["spectrum,squared_error", .. Enumerable.Range(0, Count).Select(i => FormattableString.Invariant($"{i},{100 + i}"))]
        );
    }

    /// <summary>Every fourth pixel of the study's grid.</summary>
    public static WavelengthGrid Grid { get; } = new([.. WavelengthGrid.Study.WavelengthAngstrom.Where((_, i) => i % 4 == 0)]);

    /// <summary>The network, which no training has changed.</summary>
    internal static StoredModel Stored { get; } = MakeModel();

    /// <summary>The run folder.</summary>
    public string Run => _folder.File("a run");

    /// <summary>A place for other files.</summary>
    public string Other(string name) => _folder.File(name);

    /// <summary>The explorer of this run.</summary>
    public Task<ExplorerServer> Serve() => ExplorerServer.Start(new ExploreOptions(Run), _ => { });

    public void Dispose() => _folder.Dispose();

    private static double Kl(int dimension) => Array.IndexOf(InUse, dimension) is var place and >= 0 ? 3 - place : 0.01;

    private static StoredModel MakeModel()
    {
        var made = StoredModels.Make(
            Grid.Count,
            new NetworkOptions
            {
                LatentDimensions = Latents,
                Channels = [4, 8, 8],
                LinearPath = true,
                OutputCalibration = true,
            }
        );
        return made with { Description = made.Description with { WavelengthAngstrom = Grid.WavelengthAngstrom } };
    }
}
