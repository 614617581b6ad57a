using System.CommandLine;
using Galatent.App.Terminal;
using Galatent.Study;

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
        command.SetAction(parsed => StudyReport.Write(parsed.GetRequiredValue(run), TerminalDisplay.Context));
        return command;
    }
}
