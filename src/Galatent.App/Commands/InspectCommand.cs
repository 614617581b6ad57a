using System.CommandLine;
using Galatent.App.Options;
using Galatent.App.Terminal;
using Galatent.Numerics;
using Galatent.Report.Drawing;
using Galatent.Report.Figures.Observed;
using Galatent.Surveys;

namespace Galatent.App.Commands;

/// <summary><c>galatent inspect</c>: what is in a file of spectra.</summary>
internal static class InspectCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "A file of spectra." };
        var figure = new Option<string?>("--figure")
        {
            Description = "Draw one spectrum: flux, error, bad pixels, and lines at its redshift (.png, .svg or .pdf).",
            HelpName = "FILE",
        };
        var which = new Option<string?>("--spectrum")
        {
            Description = "The spectrum of --figure: its identifier, or its number in the file from 0; by default the first good one.",
            HelpName = "N|ID",
        };
        var settings = new SurveySettings();
        var command = new Command(
            "inspect",
            "Tells what is in a file of spectra without importing it: its parts, its kind and why, wavelengths, units, redshift."
        )
        {
            file,
            figure,
            which,
        };
        settings.AddReading(command);
        command.SetAction(parsed =>
        {
            var path = parsed.GetRequiredValue(file);
            var options = settings.Reading(parsed);
            var drawing = parsed.GetValue(figure);
            if (drawing is null && parsed.GetValue(which) is not null)
            {
                throw new InputException("--spectrum says what --figure draws; give --figure too, or leave --spectrum out.");
            }
            if (drawing is not null)
            {
                Figure.RequireFormat(drawing);
            }
            using var place = drawing is null ? null : OutputPath.ForFile(drawing);
            foreach (var line in SurveyInspection.Describe(path, options))
            {
                Console.Out.WriteLine(SettingNames.InOptions(line));
            }
            if (drawing is not null)
            {
                Draw(InspectedSpectrum.Read(path, options, parsed.GetValue(which)), drawing);
            }
        });
        return command;
    }

    private static void Draw(InspectedSpectrum spectrum, string path)
    {
        InspectedFigure.Make(Path.GetFileNameWithoutExtension(path), spectrum).SaveAs(path);
        ProgressDisplay.Say(
            $"{path}: spectrum {spectrum.Number}{(spectrum.ObjectId.Length > 0 ? $" ({spectrum.ObjectId})" : "")}"
                + (double.IsNaN(spectrum.Redshift) ? ", without lines, because the file has no redshift for it" : "")
        );
    }
}
