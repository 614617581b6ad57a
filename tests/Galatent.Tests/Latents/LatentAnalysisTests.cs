using Galatent.Latents;
using Galatent.Latents.Traversals;
using Galatent.Numerics;
using Galatent.Spectra;
using Galatent.Tests.Report;

namespace Galatent.Tests.Latents;

/// <summary>The analysis of an invented model whose decoder adds a ripple of 2 % × beta: its errors are known.</summary>
public class LatentAnalysisTests
{
    private static readonly SpectrumSet Spectra = InventedRun.Spectra(InventedRun.CoarseGrid, 300);

    [Fact]
    public void The_error_is_the_ripple_that_the_decoder_adds()
    {
        const double beta = 0.9;
        var error = InventedRun.Model(Spectra, beta).Analysis.Error;
        foreach (var p in new[] { 10, 100, 137, 200 })
        {
            var ripple = 0.02 * beta * Math.Sin(0.37 * p);
            var meanSquare = Enumerable.Range(0, Spectra.Count).Average(i => Math.Pow(Spectra[i][p], 2));
            // The spectra are float32 and the amplitudes are fitted to them: relative 1e-3 is far below the ripple.
            Assert.Equal(ripple * ripple * meanSquare, error.MeanSquaredError[p], (1e-3 * ripple * ripple * meanSquare) + 1e-10);
        }
    }

    [Fact]
    public void Idle_dimensions_are_neither_informative_nor_in_use()
    {
        var informativeness = InventedRun.Model(Spectra, 0.3).Analysis.Informativeness;
        Assert.Equal([0, 2, 4, 6, 8, 10], informativeness.ByKl);
        Assert.All(informativeness.ByCovariance, d => Assert.Equal(0, d % 2));
        Assert.NotEmpty(informativeness.ByCovariance);
    }

    [Fact]
    public void Traversals_span_the_set_and_decode_the_start_itself()
    {
        var model = InventedRun.Model(Spectra, 0.3);
        Assert.Equal(model.Analysis.Informative, model.Analysis.Traversals.Select(t => t.Dimension));
        foreach (var t in model.Analysis.Traversals)
        {
            var column = model.Latents.MuColumn(t.Dimension);
            Assert.Equal(column[model.Analysis.TraversedSpectrum], t.Values[t.Origin]);
            Assert.True(t.StoppedBelow is not null || t.Values[0] == column.Min());
            Assert.True(t.StoppedAbove is not null || t.Values[^1] == column.Max());
        }
    }

    [Fact]
    public void Of_many_informative_dimensions_those_of_largest_KL_are_shown()
    {
        var kl = Enumerable.Range(0, 20).Select(d => d == 3 ? 0.0 : 1 + (0.01 * d)).ToArray();
        int[] shown = AnalysisResults.Show(new Informativeness([.. kl.Select(_ => 1.0)], kl));
        Assert.Equal(Enumerable.Range(4, 16), shown);
    }

    [Fact]
    public void Repeats_to_the_bit()
    {
        var a = InventedRun.Model(Spectra, 0.3).Analysis;
        var b = InventedRun.Model(Spectra, 0.3).Analysis;
        Assert.Equal(a.Loss, b.Loss);
        Assert.Equal(a.Informativeness.MeanAbsoluteCovariance, b.Informativeness.MeanAbsoluteCovariance);
        Assert.Equal(a.Eigenvalues, b.Eigenvalues);
    }

    [Fact]
    public void Six_templates_have_six_components()
    {
        var analysis = InventedRun.Model(Spectra, 0.3).Analysis;
        // Rounding of the float32 fluxes (up to 60) is all that is left.
        Assert.True(analysis.Eigenvalues[6] < 1e-8 * analysis.Eigenvalues[0]);
        Assert.True(analysis.Eigenvalues[5] > 1e-6 * analysis.Eigenvalues[0]);
        Assert.Equal(analysis.Error.TotalVariance, analysis.Eigenvalues.Sum(), 0.15 * analysis.Error.TotalVariance);
    }

    [Fact]
    public void Latents_of_other_spectra_are_refused()
    {
        var latents = InventedRun.Latents(Spectra, 0.3);
        var fewer = InventedRun.Spectra(InventedRun.CoarseGrid, 299);
        Assert.Throws<InputException>(() =>
            LatentAnalysis.Run(
                fewer,
                latents,
                DataSplit.Random(299, 0.2, 1),
                (_, n) => new float[n],
                new AnalysisOptions(0.3, 1, new TraversalOptions()),
                null,
                TestContext.Current.CancellationToken
            )
        );
    }
}
