using Galatent.App.Terminal;
using Galatent.Files;
using Galatent.Latents.Outliers;
using Galatent.Latents.TwoSamples;
using Galatent.Networks;
using Galatent.Report.Figures.Comparisons;
using Galatent.Report.Page;

namespace Galatent.App;

/// <summary>What <c>galatent compare --model</c> does: real spectra beside mocks, as a model sees both.</summary>
internal static class DomainComparison
{
    /// <summary>Compares, writes the page, and prints what it says.</summary>
    public static void Run(string model, string real, string mock, string folder, ulong seed, ComputeOptions compute, bool json)
    {
        // Before minutes of work.
        foreach (var file in GapPage.Files(folder))
        {
            AtomicFile.RequireReplaceable(file);
        }
        using var network = VaeModel.Load(model, compute);
        ObservedSpectra Open(string path) =>
            ProgressDisplay.Run("encoding", "spectra", progress =>
                ObservedSpectra.Open(path, network, folder, progress, Interruption.Token)
            );
        using var observed = Open(real);
        using var mocks = Open(mock);
        var gap = DomainGap.Of(network, observed, mocks, seed, compute.Threads, Interruption.Token);
        var page = GapPage.Write(gap, folder);
        if (json)
        {
            Console.Out.WriteLine(TableJson.Of(GapTables.Of(gap)));
        }
        else
        {
            foreach (var sentence in GapText.Of(gap))
            {
                Console.Out.WriteLine(sentence);
            }
        }
        ProgressDisplay.Say($"{page}: the page, with tables and figures beside it");
    }
}
