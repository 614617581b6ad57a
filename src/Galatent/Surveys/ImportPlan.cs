using System.Text.Json;
using Galatent.Numerics;
using Galatent.Spectra;

namespace Galatent.Surveys;

/// <summary>What is still to do when all files of an import were read, in one process or in parts.</summary>
/// <param name="Grid">The pixels.</param>
/// <param name="Options">How the import was asked for, as JSON.</param>
/// <param name="KeepsRepeats">Whether all spectra of an object are written.</param>
/// <param name="AwaitsDivisors">Whether spectra without the usual window wait for the ratios of all others.</param>
internal sealed record ImportPlan(WavelengthGrid Grid, string Options, bool KeepsRepeats, bool AwaitsDivisors)
{
    /// <summary>The plan of an import.</summary>
    public static ImportPlan Of(SurveyOptions options) =>
        new(
            options.Grid,
            ObservedColumns.Describe(options),
            // Exposures of one target are asked for one by one; they are no repeats.
            options.KeepRepeats
                || options.KeepExposures
                || options.SelectAll,
            options.UseFallbackWindow && options.Reference is null
        );

    /// <summary>The plan that the parts of an import state.</summary>
    /// <param name="path">A part, for messages.</param>
    /// <param name="grid">Its pixels.</param>
    /// <param name="text">How the import was asked for.</param>
    /// <exception cref="InputException">The text is damaged.</exception>
    public static ImportPlan Parse(string path, WavelengthGrid grid, string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            bool Is(string name) => json.RootElement.GetProperty(name).GetBoolean();
            return new ImportPlan(
                grid,
                text,
                Is("repeats") || Is("exposures") || Is("select_all"),
                Is("fallback") && json.RootElement.GetProperty("reference").GetString() == ""
            );
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new InputException($"'{path}': the attribute import_options is damaged; make the part again.", e);
        }
    }
}
