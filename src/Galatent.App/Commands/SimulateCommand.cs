using System.CommandLine;
using Galatent.Numerics;
using Galatent.Spectra;
using Galatent.Synthesis;

namespace Galatent.App.Commands;

/// <summary><c>galatent simulate</c>: galaxies in, spectra out.</summary>
internal static class SimulateCommand
{
    public static Command Create()
    {
        var count = new Option<int>("--count") { Description = "Number of galaxies.", DefaultValueFactory = _ => 20_000 }.Checked(n => n >= 1, "must be at least 1");
        var population = PopulationOption();
        var catalogue = new Option<string?>("--catalogue") { Description = "Simulate these galaxies instead, in this order (CSV; columns as the datasets under /parameters).", HelpName = "FILE.csv" };
        var ssp = SspOption();
        var (seed, output, threads) = (CommonOptions.Seed(), CommonOptions.Out("The HDF5 file to write."), CommonOptions.Threads());
        var command = new Command("simulate", "Simulates spectra of a galaxy population, or of given galaxies.") { count, population, catalogue, ssp, seed, output, threads };
        command.SetAction(parsed =>
        {
            var (path, file) = (parsed.GetRequiredValue(output), parsed.GetValue(catalogue));
            var galaxies = file is null ? null : new GalaxyCatalogue(file, CsvTable.Read(file));
            var simulator = new Simulator(SspSource.Load(parsed.GetValue(ssp)), SimulationOptions.Study(parsed.GetValue(threads)));
            ProgressDisplay.Run("simulating", "spectra", progress =>
            {
                if (galaxies is not null)
                {
                    simulator.WriteCatalogue(path, galaxies, progress, Interruption.Token);
                }
                else
                {
                    var preset = parsed.GetRequiredValue(population);
                    simulator.WritePopulation(path, parsed.GetValue(count), Population(preset), preset, (ulong)parsed.GetValue(seed), progress, Interruption.Token);
                }
                return 0;
            });
            ProgressDisplay.Say($"{path}: {galaxies?.Count ?? parsed.GetValue(count)} spectra of {WavelengthGrid.Study.Count} pixels, {new FileInfo(path).Length / 1e6:F1} MB");
        });
        return command;
    }

    /// <summary>Which population.</summary>
    public static Option<string> PopulationOption() => new Option<string>("--population") { Description = "Population model: r25 (brighter than 25 mag in r, the study's) or ch1_26 (above a survey's mass limit).", DefaultValueFactory = _ => "r25" }
        .OneOf("r25", "ch1_26");

    /// <summary>Which stars.</summary>
    public static Option<string?> SspOption() => new("--ssp") { Description = "Stellar populations: a .galssp pack or a DSPS HDF5 file; the built-in ones when left out.", HelpName = "FILE" };

    /// <summary>The options of a named population.</summary>
    public static PopulationOptions Population(string name) => name switch
    {
        "r25" => new PopulationOptions { Selection = SelectionPreset.RBand25 },
        "ch1_26" => new PopulationOptions { Selection = SelectionPreset.IracChannel1Band26 },
        _ => throw new InputException($"There is no population '{name}'; choose r25 or ch1_26."),
    };
}
