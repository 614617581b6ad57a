using System.CommandLine;
using Galatent.App.Options;
using Galatent.Surveys;

namespace Galatent.App.Commands;

/// <summary><c>galatent inspect</c>: what is in a file of spectra.</summary>
internal static class InspectCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "A file of spectra." };
        var settings = new SurveySettings();
        var command = new Command(
            "inspect",
            "Tells what is in a file of spectra without importing it: its parts, its kind and why, wavelengths, units, redshift."
        )
        {
            file,
        };
        settings.AddReading(command);
        command.SetAction(parsed =>
        {
            foreach (var line in SurveyInspection.Describe(parsed.GetRequiredValue(file), settings.Reading(parsed)))
            {
                Console.Out.WriteLine(SettingNames.InOptions(line));
            }
        });
        return command;
    }
}
