using Galatent.Files;
using Galatent.Latents;
using Galatent.Latents.Analyses;
using Galatent.Networks;
using Galatent.Spectra;
using Galatent.Tests.Report;

namespace Galatent.Tests.Latents.Analyses;

/// <summary>What an analysis looks at, without a network.</summary>
internal static class TestInput
{
    /// <summary>The invented run: a "model" that knows the templates of its spectra.</summary>
    public static AnalysisInput Of(SpectrumSet spectra, double beta = 0.3)
    {
        var model = InventedRun.Model(spectra, beta);
        return new AnalysisInput(
            spectra,
            model.Latents,
            DataSplit.Random(spectra.Count, 0.2, 1),
            model.Analysis,
            flux => Encode(flux, spectra.Grid.Count, model.Latents.Dimensions),
            (z, m) => InventedRun.Decode(spectra.Grid, z, m, beta),
            new ModelAnalysisOptions { Threads = 2 }
        );
    }

    // The invented model has no encoder; any function of the flux serves.
    private static LatentPosterior Encode(float[] flux, int pixels, int dimensions)
    {
        var mu = new float[flux.Length / pixels * dimensions];
        for (var i = 0; i < mu.Length; i++)
        {
            for (var j = 0; j < pixels; j++)
            {
                mu[i] += flux[(i / dimensions * pixels) + j] * MathF.Cos(0.1f * j * (1 + (i % dimensions))) / pixels;
            }
        }
        return new LatentPosterior(mu.Length / dimensions, dimensions, mu, new float[mu.Length]);
    }

    /// <summary>Given dimensions, all in use, with samples equal to means, and given parameters. The spectra are those of
    /// <see cref="Of"/>.</summary>
    public static AnalysisInput OfColumns(double[][] latents, ParameterColumn[] parameters, int threads = 2)
    {
        var n = latents[0].Length;
        var invented = Of(InventedRun.Spectra(InventedRun.CoarseGrid, 30));
        float[] values = [.. Enumerable.Range(0, n).SelectMany(i => latents.Select(z => (float)z[i]))];
        var spectra = new SpectrumSet(
            new WavelengthGrid([5000, 5100, 5200]),
            new float[3 * n],
            [.. Enumerable.Repeat(1.0, n)],
            parameters,
            invented.Spectra.Provenance
        );
        return invented with
        {
            Spectra = spectra,
            Latents = new LatentSet(latents.Length, values, new float[values.Length], values, 1),
            Split = DataSplit.Random(n, 0.5, 1),
            Results = invented.Results with
            {
                Informativeness = new Informativeness([.. latents.Select(_ => 1.0)], [.. latents.Select(_ => 1.0)]),
                Parameters = null,
            },
            Options = new ModelAnalysisOptions { Threads = threads },
        };
    }
}
