using System.CommandLine;
using Galatent.Numerics;
using Galatent.Spectra;
using Galatent.Synthesis.Mocks;

namespace Galatent.App.Options;

/// <summary><c>--like</c>: the survey whose observations are copied.</summary>
internal static class LikeOption
{
    public static Option<string?> Create()
    {
        var option = new Option<string?>("--like")
        {
            Description =
                "A mock survey: galaxies at the redshifts of observed spectra, with their bad pixels, noise, resolution and brightness. "
                + "FILE is from import; or "
                + string.Join(", ", DescribedSurveys.All.Select(s => s.Name))
                + ", described here. On the pixels of FILE.",
            HelpName = "FILE|SURVEY",
        };
        option.CompletionSources.Add([.. DescribedSurveys.All.Select(s => s.Name)]);
        return option;
    }

    /// <summary>The survey; null when none was named. The name of a survey described here is that survey, unless a file has this
    /// name.</summary>
    /// <param name="text">What was typed.</param>
    /// <param name="scratchFolder">Folder for flat copies of a file that is not stored row by row.</param>
    /// <param name="grid">The pixels that were asked for; null when none were.</param>
    public static MockSurvey? Open(string? text, string scratchFolder, WavelengthGrid? grid)
    {
        if (text is null)
        {
            return null;
        }
        if (!File.Exists(text) && DescribedSurveys.All.FirstOrDefault(s => s.Name == text) is { } described)
        {
            return new DescribedSurvey(described, grid ?? WavelengthGrid.Study);
        }
        return grid is null
            ? CopiedSurvey.Open(text, scratchFolder)
            : throw new InputException("--grid has no meaning with the file of --like, which has its own pixels; leave --grid out.");
    }
}
