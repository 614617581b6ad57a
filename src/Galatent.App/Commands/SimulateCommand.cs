using System.CommandLine;
using Galatent.App.Options;
using Galatent.App.Terminal;
using Galatent.Files;
using Galatent.Numerics;
using Galatent.Report.Figures.Samples;
using Galatent.Spectra;
using Galatent.Spectra.Quantities;
using Galatent.Study;
using Galatent.Synthesis;
using Galatent.Synthesis.Galaxies;

namespace Galatent.App.Commands;

/// <summary><c>galatent simulate</c>: simulates spectra of galaxies.</summary>
internal static class SimulateCommand
{
    public static Command Create()
    {
        var count = new Option<int>("--count")
        {
            Description = "Number of galaxies.",
            DefaultValueFactory = _ => StudyPreset.Default.Count,
        }.Checked(n => n >= 1, "must be at least 1");
        var catalogue = new Option<string?>("--catalogue")
        {
            Description =
                "Simulate these galaxies instead, in this order (CSV, HDF5 or Parquet; columns as the datasets under /parameters, or as "
                + "in pop-cosmos).",
            HelpName = "FILE",
        };
        var one = new Option<string[]>("--one")
        {
            Description =
                "Simulate one galaxy, e.g. --one logM=10.5 logSFR=0.3; the rest follows the population's mean relations. Names: "
                + GalaxyDescription.ShortNames
                + ". Writes OUT.csv, and OUT.png, .svg and .pdf.",
            HelpName = "NAME=VALUE",
            Arity = ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = true,
        };
        var like = LikeOption.Create();
        var derivatives = new Option<bool>("--derivatives")
        {
            Description = "With --one: also write OUT-derivatives.csv, the change of the spectrum with each parameter.",
        };
        var history = HistoryOption.Create();
        var shard = new Option<string>("--shard")
        {
            Description = "Write only part i of n; 'galatent merge' joins the parts.",
            HelpName = "I/N",
        }.Readable(ShardRange.Parse);
        var figures = new Option<string?>("--figures")
        {
            Description =
                "Folder for figures of the sample: parameters, line ratios, the 4000 Å break and Hα against star formation, dust curves.",
            HelpName = "FOLDER",
        };
        var ssp = SspSource.Option();
        var seed = CommonOptions.Seed();
        var output = CommonOptions.Out("The HDF5 file to write.");
        var threads = CommonOptions.Threads();
        var population = new PopulationSettings();
        var content = new SimulationSettings();
        var tables = new TableSettings();
        var command = new Command("simulate", "Simulates spectra of a galaxy population, of given galaxies, or of one galaxy.")
        {
            count,
            catalogue,
            one,
            like,
            derivatives,
            history,
            shard,
            figures,
            ssp,
            seed,
            output,
            threads,
        };
        population.AddTo(command);
        content.AddTo(command);
        tables.AddTo(command);
        command.SetAction(parsed =>
        {
            var path = parsed.GetRequiredValue(output);
            var processes = Job.Processes;
            using var place = OutputPath.ForFile(parsed.GetValue(one) is { Length: > 0 } ? SingleSpectrum.Files(path)[0] : path);
            foreach (var spectrum in parsed.GetValue(one) is { Length: > 0 } ? SingleSpectrum.Files(path) : [])
            {
                AtomicFile.RequireReplaceable(spectrum);
            }
            using var drawings =
                processes.IsFirst && parsed.GetValue(figures) is { } drawn ? ResultFolder.Prepare(drawn, "--figures") : null;
            var part = parsed.GetValue(shard) is { } text ? ShardRange.Parse(text) : default(ShardRange?);
            if (processes.Size > 1)
            {
                RequireNoShard(part);
            }
            var reader = tables.Reader(parsed);
            using var survey = LikeOption.Open(
                parsed.GetValue(like),
                Path.GetDirectoryName(Path.GetFullPath(path))!,
                content.GivenGrid(parsed, reader)
            );
            if (processes.IsFirst)
            {
                ProgressDisplay.Say(survey?.Remarks ?? []);
            }
            var options = content.Read(parsed, parsed.GetValue(threads), reader, survey) with { Shard = part };
            var (galaxies, name) = population.Read(parsed);
            var given = parsed.GetValue(catalogue) is { } file ? GalaxyCatalogue.Of(reader.Read(file)) : null;
            ProgressDisplay.Say(given?.Remarks ?? []);
            var formation =
                parsed.GetValue(one) is { Length: > 0 } && parsed.GetValue(history) is { } told ? HistoryOption.Parse(told, reader) : null;
            reader.RequireUse();
            if (parsed.GetValue(one) is { Length: > 0 } settings)
            {
                if (!processes.IsFirst)
                {
                    return;
                }
                OutputPath.RequireNoInput(parsed, SingleSpectrum.Files(path));
                var library = SspSource.Load(parsed.GetValue(ssp));
                galaxies = galaxies with { Imf = population.Imf(parsed, library) };
                var galaxy = GalaxyDescription.Parse(settings, galaxies.Imf);
                if (formation is not null)
                {
                    HistoryOption.Remark(formation, settings);
                    galaxy = GalaxyDescription.WithHistory(galaxy, formation, galaxies.Imf);
                }
                SingleSpectrum.TellHeld(library, galaxy);
                SingleSpectrum.Write(path, library, options, galaxy, parsed.GetValue(derivatives));
                ProgressDisplay.Say($"{SingleSpectrum.Stem(path)}.csv, .png, .svg, .pdf: one spectrum of {options.Grid.Count} pixels");
                return;
            }
            var stars = SspSource.Load(parsed.GetValue(ssp));
            galaxies = galaxies with { Imf = population.Imf(parsed, stars) };
            if (
                given is not null
                && Enumerable.Range(0, given.Count).Count(i => stars.Beyond(given.Galaxy(i)) != TableLimits.None) is var beyond and > 0
                && processes.IsFirst
            )
            {
                ProgressDisplay.Say(
                    $"note: {beyond} of {given.Count} galaxies have a metallicity or log U beyond the tables, so the end of the table "
                        + $"is used; /parameters/{GalaxyQuantities.HeldAtTableEnd.Name} says which"
                );
            }
            var root = (ulong)parsed.GetValue(seed);
            var context = TerminalDisplay.Context;
            var written = given is not null
                ? Simulation.WriteCatalogue(path, stars, options, given, root, context)
                : Simulation.WritePopulation(path, stars, options, parsed.GetValue(count), galaxies, name, root, context);
            if (!processes.IsFirst)
            {
                return;
            }
            if (parsed.GetValue(figures) is { } folder)
            {
                foreach (var figure in SampleFigures.All(SimulatedSample.Read(path)))
                {
                    figure.Save(folder);
                }
            }
            ProgressDisplay.Say($"{path}: {written} spectra of {options.Grid.Count} pixels, {new FileInfo(path).Length / 1e6:F1} MB");
        });
        return command;
    }

    private static void RequireNoShard(ShardRange? part)
    {
        if (part is not null)
        {
            throw new InputException(
                "--shard is for independent processes; leave it out under mpirun or srun, where the processes share the spectra "
                    + "automatically."
            );
        }
    }
}
