using System.CommandLine;
using Galatent.App.Options;
using Galatent.App.Terminal;
using Galatent.Spectra;
using Galatent.Surveys;

namespace Galatent.App.Commands;

/// <summary><c>galatent merge</c>: joins the parts of a simulation or of an import into one file.</summary>
internal static class MergeCommand
{
    public static Command Create()
    {
        var parts = new Argument<string[]>("parts")
        {
            Description = "Every file that 'galatent simulate --shard i/n' or 'galatent import --shard i/n' wrote, in any order.",
            Arity = ArgumentArity.OneOrMore,
        };
        var output = CommonOptions.Out("The HDF5 file to write.");
        var command = new Command(
            "merge",
            "Joins the parts of a simulation or an import into the file that one process would have written, byte for byte."
        )
        {
            parts,
            output,
        };
        command.SetAction(parsed =>
        {
            var path = parsed.GetRequiredValue(output);
            using var place = OutputPath.ForFile(path);
            var files = parsed.GetRequiredValue(parts);
            Interruption.ExpectStartOver();
            if (SurveyImport.IsPart(files[0]))
            {
                OutputPath.RequireNoInput(parsed, SurveyImport.TableOf(path));
                var summary = ProgressDisplay.Run("merging", "spectra", progress =>
                    SurveyImport.Merge(path, files, progress, Interruption.Token)
                );
                ImportOutcome.Tell(summary, path, isPart: false, isJson: false);
                return;
            }
            ProgressDisplay.Run("merging", "spectra", progress =>
            {
                SpectrumFileMerger.Merge(path, files, progress, Interruption.Token);
                return 0;
            });
            ProgressDisplay.Say($"{path}: {files.Length} parts, {new FileInfo(path).Length / 1e6:F1} MB");
        });
        return command;
    }
}
