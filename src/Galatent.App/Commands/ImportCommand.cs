using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Galatent.App.Options;
using Galatent.App.Terminal;
using Galatent.Files;
using Galatent.Numerics;
using Galatent.Report.Page;
using Galatent.Surveys;

namespace Galatent.App.Commands;

/// <summary><c>galatent import</c>: observed spectra of surveys, as one dataset.</summary>
internal static class ImportCommand
{
    private const int MostSentences = 20;
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
        var plates = new Option<bool>("--good-plates") { Description = "SDSS: leave out plates that the survey calls bad." };
        var uncalibrated = new Option<bool>("--allow-uncalibrated") { Description = "Also spectra whose continuum is the instrument's." };
        var repeats = new Option<bool>("--keep-repeats") { Description = "All spectra of an object, not only the best." };
        var exposures = new Option<bool>("--exposures") { Description = "DESI spectra files: each exposure for itself." };
        var figures = new Option<string?>("--figures")
        {
            Description =
                "Folder for quality.html and its figures: coverage, redshift and S/N, mean and spread beside simulated spectra, random and "
                + "worst spectra.",
            HelpName = "DIR",
        };
        var strict = new Option<bool>("--strict") { Description = "End at the first file that is damaged, odd or not recognised." };
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
                plates,
                uncalibrated,
                repeats,
                exposures,
                figures,
                strict,
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
            var table = SurveyImport.TableOf(path);
            OutputPath.RequireNoInput(parsed, table);
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
                OnlyGoodPlates = parsed.GetValue(plates),
                AllowUncalibrated = parsed.GetValue(uncalibrated),
                KeepRepeats = parsed.GetValue(repeats),
                KeepExposures = parsed.GetValue(exposures),
                IsStrict = parsed.GetValue(strict),
                Threads = parsed.GetValue(threads),
            };
            var files = WithoutFigures(InputFiles.Expand(parsed.GetRequiredValue(inputs)), drawn);
            using var place = OutputPath.ForFile(path);
            using var figurePlace = drawings is null ? null : FigurePlace(drawings, drawn);
            var summary = ProgressDisplay.Run("importing", "files", progress =>
                SurveyImport.Run(path, files, options, progress, Interruption.Token)
            );
            ProgressDisplay.Say(summary.Sentences(MostSentences));
            Print(summary, path, table, parsed.GetValue(json));
            if (summary.Written == 0)
            {
                throw new InputException(
                    $"No spectrum was written, so there is no '{path}'{(drawings is null ? "" : " and no figure")}; '{table}' tells why, "
                        + "spectrum by spectrum."
                );
            }
            if (drawings is not null)
            {
                var page = ProgressDisplay.Run("drawing", "figures", progress =>
                    QualityPage.Write(path, summary, drawings, options.Threads, progress, Interruption.Token)
                );
                ProgressDisplay.Say($"{page}: what was imported, with {drawn.Length - 1} files of figures beside it");
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

    private static void Print(ImportSummary summary, string path, string table, bool isJson)
    {
        if (isJson)
        {
            PrintJson(summary, path, table);
            return;
        }
        var kindWidth = summary.Counts.Select(c => c.Kind.Length).DefaultIfEmpty().Max();
        foreach (var (outcome, words, kind, count) in summary.Counts)
        {
            Console.Out.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"{count, 8}  {kind.PadRight(kindWidth)}  {words} ({outcome})")
            );
        }
        Console.Out.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{summary.Read} spectra read, {summary.Written} written")
                + (summary.Written > 0 ? $" to {path}" : "")
                + $"; what became of each: {table}"
        );
    }

    private static void PrintJson(ImportSummary summary, string path, string table)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteNumber("read", summary.Read);
            json.WriteNumber("written", summary.Written);
            json.WriteString("file", summary.Written > 0 ? path : null);
            json.WriteString("table", table);
            json.WriteStartArray("outcomes");
            foreach (var (outcome, _, kind, count) in summary.Counts)
            {
                json.WriteStartObject();
                json.WriteString("outcome", outcome);
                json.WriteString("kind", kind);
                json.WriteNumber("count", count);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        Console.Out.WriteLine(Encoding.UTF8.GetString(stream.ToArray()));
    }
}
