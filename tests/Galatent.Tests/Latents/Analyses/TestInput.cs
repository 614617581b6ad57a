using Galatent.Latents;
using Galatent.Latents.Analyses;
using Galatent.Spectra;
using Galatent.Tests.Report;

namespace Galatent.Tests.Latents.Analyses;

/// <summary>What an analysis looks at, from the invented run: a "model" that knows the templates of its spectra.</summary>
internal static class TestInput
{
    public static AnalysisInput Of(SpectrumSet spectra, double beta = 0.3)
    {
        var model = InventedRun.Model(spectra, beta);
        return new AnalysisInput(
            spectra,
            model.Latents,
            DataSplit.Random(spectra.Count, 0.2, 1),
            model.Analysis,
            flux => throw new NotSupportedException($"The invented model has no encoder for {flux.Length} numbers."),
            (z, m) => InventedRun.Decode(spectra.Grid, z, m, beta),
            new ModelAnalysisOptions { Threads = 2 }
        );
    }
}
