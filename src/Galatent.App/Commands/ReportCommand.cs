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
        var pdf = new Option<bool>("--pdf") { Description = "Also print the page to report.pdf, by Chromium, Chrome or Edge." };
        var command = new Command(
            "report",
            "Draws the figures (figures/*.svg, *.png, *.pdf, their numbers as *.csv) and writes report.html, one page that needs no other "
                + "file."
        )
        {
            run,
            pdf,
        };
        command.SetAction(parsed =>
        {
            // Looked for first: drawing takes a while.
            var printer = parsed.GetValue(pdf) ? PagePrinter.Find(Environment.GetEnvironmentVariable("PATH") ?? "") : null;
            var page = StudyReport.Write(parsed.GetRequiredValue(run), TerminalDisplay.Context);
            if (printer is not null)
            {
                var printed = Path.ChangeExtension(page, ".pdf");
                printer.Print(page, printed);
                TerminalDisplay.Context.Display.Say($"{printed}: {new FileInfo(printed).Length / 1e6:F1} MB");
            }
        });
        return command;
    }
}
