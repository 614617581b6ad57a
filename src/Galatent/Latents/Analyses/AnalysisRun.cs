using Galatent.Numerics;

namespace Galatent.Latents.Analyses;

/// <summary>Runs an analysis and writes its tables.</summary>
public static class AnalysisRun
{
    /// <summary>Runs one analysis. Its tables of an earlier run are removed first, so that none is left that no longer holds.</summary>
    /// <param name="analysis">The analysis.</param>
    /// <param name="input">What it may look at.</param>
    /// <param name="folder">The folder of the tables.</param>
    /// <param name="progress">Receives the progress.</param>
    /// <param name="cancellation">Ends the work early.</param>
    /// <returns>Sentences for the user. If the analysis cannot be done, the only one says why.</returns>
    public static IReadOnlyList<string> Into(
        string folder,
        ILatentAnalysis analysis,
        AnalysisInput input,
        IProgress<StepProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(analysis);
        ArgumentNullException.ThrowIfNull(input);
        foreach (var old in Tables(folder, analysis.Name))
        {
            File.Delete(old);
        }
        AnalysisOutput output;
        try
        {
            output = analysis.Run(input, progress, cancellation);
        }
        catch (InputException e)
        {
            return [$"{analysis.Name}: not done. {e.Message}"];
        }
        foreach (var (name, table) in output.Tables)
        {
            table.Write(Path.Combine(folder, name + ".csv"));
        }
        return [.. output.Remarks.Select(remark => $"{analysis.Name}: {remark}")];
    }

    private static string[] Tables(string folder, string name) =>
        Directory.Exists(folder) ? [.. Directory.GetFiles(folder, name + ".csv"), .. Directory.GetFiles(folder, name + "-*.csv")] : [];
}
