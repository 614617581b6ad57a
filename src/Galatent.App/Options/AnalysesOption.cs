using System.CommandLine;
using Galatent.Latents.Analyses;

namespace Galatent.App.Options;

/// <summary>The option that chooses the further analyses.</summary>
internal static class AnalysesOption
{
    private const string All = "all";
    private const string None = "none";

    public static Option<string?> Create()
    {
        var option = new Option<string?>("--analyses")
        {
            Description =
                $"Further analyses, separated by commas, or {All}, or {None}; by default "
                + $"{string.Join(",", AnalysisList.Default.Select(a => a.Name))}. There are "
                + string.Join("; ", AnalysisList.All.Select(a => $"{a.Name} ({a.Description})"))
                + ".",
            HelpName = "NAMES",
        };
        option.CompletionSources.Add([.. AnalysisList.All.Select(a => a.Name), All, None]);
        return option.Readable(text => AnalysisList.Chosen(Names(text)));
    }

    /// <summary>The chosen names; null for the default ones.</summary>
    public static IReadOnlyList<string>? Names(string? text) =>
        text switch
        {
            null => null,
            All => [.. AnalysisList.All.Select(a => a.Name)],
            None => [],
            _ => text.Split(',', StringSplitOptions.TrimEntries),
        };
}
