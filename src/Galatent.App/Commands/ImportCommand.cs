using System.CommandLine;
using Galatent.App.Options;
using Galatent.App.Terminal;
using Galatent.Files;
using Galatent.Report.Page;
using Galatent.Spectra;
using Galatent.Surveys;

namespace Galatent.App.Commands;

/// <summary><c>galatent import</c>: observed spectra of surveys, as one dataset.</summary>
internal static class ImportCommand
{
    private static readonly SurveyOptions Defaults = new();

    public static Command Create()
    {
        var inputs = new Argument<string[]>("files")
        {
            Description = "Files of spectra, folders with all that is below them, or @LIST, a text file with one path a line.",
            Arity = ArgumentArity.OneOrMore,
        };
        var output = CommonOptions.Out("The HDF5 file to write; beside it a table tells what became of every spectrum (.import.csv).");
        var redshifts = new Option<string?>("--redshifts")
        {
            Description = "A table of redshifts (CSV, FITS, HDF5, Parquet), joined by identifier or file name; comes before all others.",
            HelpName = "FILE",
        };
        var ids = new Option<string?>("--ids")
        {
            Description = "Import only these: a text file with one identifier a line.",
            HelpName = "FILE",
        };
        var select = new Option<string>("--select")
        {
            Description = "default: galaxies with good redshifts and signal; all: whatever has a redshift and covers the window.",
            DefaultValueFactory = _ => "default",
        }.OneOf("default", "all");
        var classes = new Option<string>("--classes")
        {
            Description = "Classes to import, with commas between, e.g. galaxy,qso.",
            DefaultValueFactory = _ => "galaxy",
            HelpName = "CLASS,...",
        };
        var signal = new Option<double>("--least-sn")
        {
            Description = "Least median signal-to-noise for each observed ångström.",
            DefaultValueFactory = _ => Defaults.LeastSignalToNoise,
        };
        var coverage = new Option<double>("--least-coverage")
        {
            Description = "Least share of good pixels of the grid.",
            DefaultValueFactory = _ => Defaults.LeastCoverage,
        }.Checked(c => c is >= 0 and <= 1, "must lie between 0 and 1");
        var redshift = new Option<double>("--least-redshift")
        {
            Description = "Least redshift.",
            DefaultValueFactory = _ => Defaults.LeastRedshift,
        };
        var normalise = new Option<string>("--normalise")
        {
            Description =
                "window: only spectra that cover 5000-5500 Å at rest; fallback: others by 4150-4300 Å, or by all good pixels "
                + "(norm_kind 1, 2).",
            DefaultValueFactory = _ => "window",
        }.OneOf("window", "fallback");
        var reference = new Option<string?>("--reference")
        {
            Description =
                "The dataset that a fallback takes its ratios from; by default the imported spectra with both windows, at least 20.",
            HelpName = "FILE",
        };
        var contrast = new Option<double>("--least-delta-chi-squared")
        {
            Description = "Least DELTACHI2 of redrock, where a catalogue has it; DESI takes 40 for bright galaxies, 15 for red ones.",
            DefaultValueFactory = _ => Defaults.LeastDeltaChiSquare,
        };
        var plates = new Option<bool>("--good-plates") { Description = "SDSS: leave out plates that the survey calls bad." };
        var uncalibrated = new Option<bool>("--allow-uncalibrated") { Description = "Also spectra whose continuum is the instrument's." };
        var repeats = new Option<bool>("--keep-repeats") { Description = "All spectra of an object, not only the best." };
        var exposures = new Option<bool>("--exposures")
        {
            Description = "DESI spectra files: each exposure for itself; then no spectrum is a repeat.",
        };
        var figures = new Option<string?>("--figures")
        {
            Description =
                "Folder for quality.html and its figures: coverage, redshift and S/N, mean and spread beside simulated spectra, random and "
                + "worst spectra.",
            HelpName = "DIR",
        };
        var strict = new Option<bool>("--strict")
        {
            Description = "End at the first file that is damaged, odd or not recognised; DESI: only fibres without any flag.",
        };
        var shard = new Option<string>("--shard")
        {
            Description = "Import only part i of n of the files; 'galatent merge' joins the parts.",
            HelpName = "I/N",
        }.Readable(ShardRange.Parse);
        var json = CommonOptions.Json();
        var threads = CommonOptions.Threads();
        var settings = new SurveySettings();
        var command = new Command("import", "Brings observed spectra of surveys, or your own, onto the grid of a model: one dataset.")
        {
            inputs,
            output,
            redshifts,
            ids,
        };
        settings.AddReading(command);
        settings.AddPreparation(command);
        command.Options.Add(normalise);
        command.Options.Add(reference);
        foreach (
            var option in new Option[]
            {
                select,
                classes,
                signal,
                coverage,
                redshift,
                contrast,
                plates,
                uncalibrated,
                repeats,
                exposures,
                figures,
                strict,
                shard,
                json,
                threads,
            }
        )
        {
            command.Options.Add(option);
        }
        command.SetAction(parsed =>
        {
            var path = parsed.GetRequiredValue(output);
            OutputPath.RequireNoInput(parsed, SurveyImport.TableOf(path));
            var drawings = parsed.GetValue(figures);
            string[] drawn = drawings is null ? [] : [.. QualityPage.Files(drawings)];
            OutputPath.RequireNoInput(parsed, drawn);
            var options = settings.Whole(parsed) with
            {
                Redshifts = parsed.GetValue(redshifts),
                Ids = parsed.GetValue(ids),
                UseFallbackWindow = parsed.GetRequiredValue(normalise) == "fallback",
                Reference = parsed.GetValue(reference),
                SelectAll = parsed.GetRequiredValue(select) == "all",
                Classes =
                [
                    .. parsed.GetRequiredValue(classes).Split(',', StringSplitOptions.TrimEntries).Select(c => c.ToUpperInvariant()),
                ],
                LeastSignalToNoise = parsed.GetValue(signal),
                LeastCoverage = parsed.GetValue(coverage),
                LeastRedshift = parsed.GetValue(redshift),
                LeastDeltaChiSquare = parsed.GetValue(contrast),
                OnlyGoodPlates = parsed.GetValue(plates),
                AllowUncalibrated = parsed.GetValue(uncalibrated),
                KeepRepeats = parsed.GetValue(repeats),
                KeepExposures = parsed.GetValue(exposures),
                IsStrict = parsed.GetValue(strict),
                Shard = parsed.GetValue(shard) is { } part ? ShardRange.Parse(part) : null,
                Threads = parsed.GetValue(threads),
            };
            var files = WithoutFigures(InputFiles.Expand(parsed.GetRequiredValue(inputs)), drawn);
            using var place = OutputPath.ForFile(path);
            using var figurePlace = drawings is not null && Job.Processes.IsFirst ? FigurePlace(drawings, drawn) : null;
            Interruption.ExpectStartOver();
            var summary = ProgressDisplay.Run("importing", "files", progress =>
                SurveyImport.Run(path, files, options, progress, Job.Processes, Interruption.Token)
            );
            if (Job.Processes.IsFirst)
            {
                ImportOutcome.Tell(summary, path, options.Shard is not null, parsed.GetValue(json), drawings is not null);
                if (drawings is not null && summary.Written > 0)
                {
                    var page = ProgressDisplay.Run("drawing", "figures", progress =>
                        QualityPage.Write(path, summary, drawings, options.Threads, progress, Interruption.Token)
                    );
                    ProgressDisplay.Say($"{page}: what was imported, with {drawn.Length - 1} files of figures beside it");
                }
            }
        });
        return command;
    }

    // Everything that would hinder the figures is found before the import begins.
    private static ResultFolder FigurePlace(string folder, IEnumerable<string> files)
    {
        var place = ResultFolder.Prepare(folder, "--figures");
        var isFree = false;
        try
        {
            foreach (var file in files)
            {
                AtomicFile.RequireReplaceable(file);
            }
            isFree = true;
            return place;
        }
        finally
        {
            if (!isFree)
            {
                place.Dispose();
            }
        }
    }

    // Tables of earlier figures may lie in the folder that is imported, and look like spectra.
    private static (string Path, bool IsNamed)[] WithoutFigures(IReadOnlyList<(string Path, bool IsNamed)> files, string[] drawn)
    {
        var own = drawn.Select(Path.GetFullPath).ToHashSet(StringComparer.Ordinal);
        return [.. files.Where(f => f.IsNamed || !own.Contains(Path.GetFullPath(f.Path)))];
    }
}
