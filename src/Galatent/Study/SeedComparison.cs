using Galatent.Networks;
using Galatent.Numerics;
using Galatent.Report.Runs;

namespace Galatent.Study;

/// <summary>The seeds of one run side by side: how much dimensions, losses and pairs scatter, and which dimension of one seed is which of
/// another. Written to the run folder's <c>analysis/</c>.</summary>
public static class SeedComparison
{
    /// <summary>Writes the tables of <see cref="ComparisonTables"/>, each as <c>seeds-NAME.csv</c>. A run with one seed has nothing to
    /// compare, and nothing is written.</summary>
    /// <param name="folder">The run folder; all its models must have been analysed.</param>
    /// <param name="context">Display and cancellation.</param>
    /// <param name="compute">Where to encode the first seed's spectra with the models of the others.</param>
    /// <exception cref="InputException">A model was not analysed.</exception>
    public static void Write(string folder, StudyContext context, ComputeOptions? compute = null)
    {
        var layout = new RunLayout(folder);
        if (layout.WithSeeds().Count < 2)
        {
            return;
        }
        var comparison = RunComparison.Of([folder], (ulong)RunManifest.Read(layout.Manifest).Seed, context, compute);
        // Names do not depend on where the run stands.
        var named = comparison with { Models = [.. comparison.Models.Select(m => m with { Name = Inside(folder, m.Name) })] };
        foreach (var (name, table) in ComparisonTables.Of(named))
        {
            table.Write(Path.Combine(layout.Analysis, ComparisonResults.SeedsPrefix + name + ".csv"));
        }
    }

    private static string Inside(string folder, string path) =>
        Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/');
}
