using System.CommandLine;
using Galatent.App.Terminal;
using Galatent.Files;
using Galatent.Report.Page;
using Galatent.Report.Runs;

namespace Galatent.App.Commands;

/// <summary><c>galatent report</c>: figures and the HTML page of an analysed run.</summary>
internal static class ReportCommand
{
    public static Command Create()
    {
        var run = new Option<string>("--run")
        {
            Description = "The run folder; its models must have been analysed.",
            Required = true,
            HelpName = "DIR",
        };
        var command = new Command(
            "report",
            "Draws the figures (figures/*.svg, *.png) and writes report.html, one page that needs no other file."
        )
        {
            run,
        };
        command.SetAction(parsed =>
        {
            var folder = parsed.GetRequiredValue(run);
            // A folder that holds no run is not made one.
            _ = RunFolder.ModelFolders(folder);
            using var place = ResultFolder.Prepare(folder, run.Name);
            Write(folder);
        });
        return command;
    }

    /// <summary>Writes figures and page, and says where.</summary>
    public static void Write(string folder)
    {
        var results = RunFolder.Read(folder);
        var page = ProgressDisplay.Run("drawing", "figures", progress => ReportPage.Write(results, folder, progress, Interruption.Token));
        ProgressDisplay.Say($"{page}: {new FileInfo(page).Length / 1e6:F1} MB; figures in {new RunPaths(folder).Figures}");
    }
}
