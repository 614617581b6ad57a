using System.CommandLine;
using System.Text.Json;
using Galatent.App.Options;
using Galatent.App.Terminal;
using Galatent.Numerics;
using Galatent.Synthesis.Ssp;

namespace Galatent.App.Commands;

/// <summary><c>galatent ssp</c>: shows, packs and converts stellar populations and lines.</summary>
internal static class SspCommand
{
    public static Command Create() =>
        new("ssp", "The stellar populations and emission lines that spectra are made of.") { Info(), Pack(), ConvertTable() };

    private static Command Info()
    {
        var file = new Argument<string>("file")
        {
            Description =
                "An SSP table (.galssp, DSPS HDF5, bagpipes FITS, or FSPS .spec files separated by commas); the built-in one when left "
                + "out.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var json = CommonOptions.Json();
        var command = new Command("info", "States grid, ages, metallicities, IMF, provenance, citation and accuracy of an SSP table.")
        {
            file,
            json,
        };
        command.SetAction(parsed =>
        {
            var library = SspSource.Load(parsed.GetValue(file));
            if (parsed.GetValue(json))
            {
                Console.Out.WriteLine(JsonSerializer.Serialize(SspSummary.Of(library), SspSummaryJson.Default.SspSummary));
            }
            else
            {
                SspSummary.Of(library).Print(Console.Out);
            }
        });
        return command;
    }

    private static Command Pack()
    {
        var stars = new Argument<string>("file")
        {
            Description = "The SSP table to pack (DSPS HDF5, bagpipes FITS, or FSPS .spec files separated by commas).",
        };
        var lines = new Option<string?>("--lines")
        {
            Description = "FSPS' nebular line table (ZAU_*.lines); the built-in one when left out.",
            HelpName = "FILE",
        };
        var list = new Option<string?>("--line-list")
        {
            Description = "Wavelength and name of those lines, 'wavelength,name' on each line.",
            HelpName = "FILE",
        };
        var output = CommonOptions.Out("The packed library to write (.galssp).");
        var command = new Command(
            "pack",
            "Packs an SSP table and emission lines into one compact file that every command reads with --ssp."
        )
        {
            stars,
            lines,
            list,
            output,
        };
        command.SetAction(parsed =>
        {
            using var place = OutputPath.ForFile(parsed.GetRequiredValue(output));
            var table = SspFile.ReadTable(parsed.GetRequiredValue(stars));
            var nebular = SspSource.ReadLines(parsed.GetValue(lines), parsed.GetValue(list));
            var path = parsed.GetRequiredValue(output);
            ProgressDisplay.Say(
                $"packing {table.MetallicityCount} metallicities x {table.AgeCount} ages x {table.WavelengthCount} wavelengths (about a "
                    + $"minute)"
            );
            var error = SspPack.Write(path, table, nebular);
            ProgressDisplay.Say($"{path}: {new FileInfo(path).Length / 1e6:F2} MB, largest error {100 * error:F4} %");
        });
        return command;
    }

    private static Command ConvertTable()
    {
        var stars = new Argument<string>("file")
        {
            Description = "The SSP table to convert (.galssp, DSPS HDF5, bagpipes FITS, or FSPS .spec files separated by commas).",
        };
        var output = CommonOptions.Out(
            "What to write, by its extension: DSPS HDF5 (.h5), bagpipes' stellar grid (.fits), FSPS files (.spec: one per metallicity, "
                + "named after it), or a packed library (.galssp)."
        );
        var command = new Command("convert", "Writes an SSP table in another format.") { stars, output };
        command.SetAction(parsed =>
        {
            var source = parsed.GetRequiredValue(stars);
            var path = parsed.GetRequiredValue(output);
            using var place = OutputPath.ForFile(path);
            switch (Path.GetExtension(path).ToUpperInvariant())
            {
                case ".H5" or ".HDF5":
                    DspsHdf5.Write(path, SspFile.ReadTable(source));
                    break;
                case ".FITS":
                    BagpipesFits.Write(path, SspFile.ReadTable(source));
                    break;
                case ".SPEC":
                    var table = SspFile.ReadTable(source);
                    OutputPath.RequireNoInput(parsed, FspsSpecFile.Names(path, table));
                    var files = FspsSpecFile.Write(path, table);
                    ProgressDisplay.Say(
                        $"{string.Join(", ", files)}: {files.Sum(f => new FileInfo(f).Length) / 1e6:F2} MB; give them to --ssp with "
                            + $"commas between"
                    );
                    return;
                case ".GALSSP":
                    var library = SspSource.Load(source);
                    SspPack.Write(path, library.Stars, library.Lines);
                    break;
                default:
                    throw new InputException($"'{path}': the format follows from the extension; choose .h5, .fits, .spec or .galssp.");
            }
            ProgressDisplay.Say($"{path}: {new FileInfo(path).Length / 1e6:F2} MB");
        });
        return command;
    }
}
