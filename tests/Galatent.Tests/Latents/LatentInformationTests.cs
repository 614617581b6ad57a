using Galatent.Files;
using Galatent.Latents;
using Galatent.Latents.Information;
using Galatent.Latents.Mixtures;
using Galatent.Numerics;
using Galatent.Tests.Report;

namespace Galatent.Tests.Latents;

public class LatentInformationTests
{
    [Fact]
    public void Tables_have_the_right_pairs_and_find_a_known_dependence()
    {
        var spectra = InventedRun.Spectra(InventedRun.CoarseGrid, 400);
        var model = InventedRun.Model(spectra, 0.3);
        // One parameter is a latent dimension with noise of the same variance: rho² = 1/2, so the mutual information is ln(2)/2 for
        // Gaussian quantities.
        var column = model.Latents.MuColumn(4);
        var spread = Math.Sqrt(column.Average(x => x * x) - Math.Pow(column.Average(), 2));
        var stream = new RandomStream(1, "noise");
        var noisy = column.Select(x => x + (spread * stream.NextNormal())).ToArray();
        var noise = column.Select(_ => stream.NextNormal()).ToArray();
        var options = new ModelAnalysisOptions
        {
            InformationSpectra = 400,
            Information = new MutualInformationOptions
            {
                Replicas = 10,
                Permutations = 99,
                Neighbours = 0,
                Fit = new MixtureFitOptions { MaxComponents = 2 },
            },
        };
        var done = new List<StepProgress>();
        var results = LatentInformation.Add(
            model.Analysis,
            model.Latents,
            [new ParameterColumn("noisy", "", "", noisy), new ParameterColumn("noise", "", "", noise)],
            options,
            new Synchronous(done),
            TestContext.Current.CancellationToken
        );
        var informative = model.Analysis.Informative;
        Assert.Equal(informative.Select(AnalysisResults.DimensionName), results.Latents!.Rows);
        Assert.Equal(InventedRun.Dimensions, results.Parameters!.Rows.Length);
        // 400 points: the standard error of the estimate is 0.04.
        Assert.Equal(0.5 * Math.Log(2), results.Parameters[4, 0], 0.13);
        Assert.InRange(results.Parameters[4, 1], 0, 0.05);
        Assert.True(double.IsNaN(results.Latents[0, 0]));
        Assert.Equal(results.Latents[0, 1], results.Latents[1, 0]);
        Assert.Equal(done[^1].Total, done.Max(d => d.Done));
        Assert.Equal((informative.Length * (informative.Length - 1)) + (2 * 2 * InventedRun.Dimensions), done[^1].Total);
    }

    [Fact]
    public void Without_parameters_there_are_no_parameter_tables()
    {
        var model = InventedRun.Model(InventedRun.Spectra(InventedRun.CoarseGrid, 60), 0.3);
        var options = new ModelAnalysisOptions
        {
            Information = new MutualInformationOptions
            {
                Replicas = 10,
                Permutations = 99,
                Neighbours = 0,
                Fit = new MixtureFitOptions { MaxComponents = 1 },
            },
        };
        var results = LatentInformation.Add(
            model.Analysis with
            {
                Parameters = null,
            },
            model.Latents,
            [],
            options,
            null,
            TestContext.Current.CancellationToken
        );
        Assert.Null(results.Parameters);
        Assert.NotNull(results.Latents);
    }

    private sealed class Synchronous(List<StepProgress> seen) : IProgress<StepProgress>
    {
        public void Report(StepProgress value)
        {
            lock (seen)
            {
                seen.Add(value);
            }
        }
    }
}
