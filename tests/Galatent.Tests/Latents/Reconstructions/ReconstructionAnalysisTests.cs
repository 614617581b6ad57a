using Galatent.Latents.Analyses;
using Galatent.Latents.Reconstructions;
using Galatent.Numerics;
using Galatent.Tests.Latents.Analyses;
using Galatent.Tests.Report;

namespace Galatent.Tests.Latents.Reconstructions;

/// <summary>Reconstructions by components in closed form, and the tables that compare a model with them.</summary>
public sealed class ReconstructionAnalysisTests
{
    // Two directions of variance 4 and 1 in four pixels, about a mean.
    [Fact]
    public void Components_leave_what_the_closed_form_says()
    {
        const int n = 4000;
        var stream = new RandomStream(4, "two directions");
        float[] flux =
        [
            .. Enumerable
                .Range(0, n)
                .SelectMany(_ =>
                {
                    var a = 2 * stream.NextNormal();
                    var b = stream.NextNormal();
                    return new[] { 3 + (a / 2) + (b / 2), 3 + (a / 2) - (b / 2), 3 + (a / 2) + (b / 2), 3 + (a / 2) - (b / 2) };
                })
                .Select(x => (float)x),
        ];
        int[] rows = [.. Enumerable.Range(0, n)];
        var components = PrincipalComponents.Measure(flux, 4, rows, 1);
        float[] mean = [.. Enumerable.Range(0, 4).Select(p => (float)rows.Average(r => (double)flux[(4 * r) + p]))];
        double Error(LinearReconstruction model) => flux.Zip(model.Of(flux), (x, y) => ((double)x - y) * ((double)x - y)).Sum() / n;
        var first = components.Eigenvalues[0];
        var second = components.Eigenvalues[1];
        Assert.Equal(4, first, 0.3);
        Assert.Equal(second, Error(LinearReconstruction.Principal(mean, components, 1)), 1e-4);
        Assert.Equal(0, Error(LinearReconstruction.Principal(mean, components, 2)), 1e-6);
        // The posterior means of a linear VAE leave s² / λ in each dimension in use, s = β / 2, and all of the others.
        var vae = LinearReconstruction.OfVae(mean, components, 2, 0.6);
        Assert.Equal(2, vae.Dimensions);
        Assert.Equal((0.09 / first) + (0.09 / second), Error(vae), 1e-4);
        Assert.Equal(1, LinearReconstruction.OfVae(mean, components, 2, 4).Dimensions);
        Assert.Equal((4 / first) + second, Error(LinearReconstruction.OfVae(mean, components, 2, 4)), 1e-3);
    }

    [Fact]
    public void Tables_agree_with_the_loss_and_with_the_spectra()
    {
        var spectra = InventedRun.Spectra(InventedRun.CoarseGrid, 500);
        var input = TestInput.Of(spectra);
        var output = AnalysisList.Chosen(["reconstruction"]).Single().Run(input, null, TestContext.Current.CancellationToken);
        var tables = output.Tables.ToDictionary(t => t.Name, t => t.Table);
        var summary = tables["reconstruction"];
        double Value(string quantity, string column) =>
            summary.Number(Array.IndexOf(summary.Texts("quantity"), quantity), summary.Require(column), mayBeUndefined: true);

        // The network's error is that of the same spectra in the error of all.
        var errors = input.Results.Error.SquaredErrorPerSpectrum;
        Assert.Equal(input.Split.Validation.Average(r => errors[r]), Value("squared_error", "network"), 1e-6);
        // Six templates made the spectra: as many components leave nothing, and the linear VAE a little.
        Assert.Equal(InventedRun.Templates, Value("dimensions", "principal_components"));
        Assert.InRange(Value("unexplained_variance", "principal_components"), 0, 1e-6);
        Assert.True(Value("squared_error", "linear_vae") > Value("squared_error", "principal_components"));

        var flux = new float[spectra.Grid.Count];
        var negative = input.Split.Validation.Count(r =>
        {
            spectra.ReadFrom(r, flux);
            return flux.Any(f => f < 0);
        });
        Assert.Equal((double)negative / input.Split.Validation.Length, Value("spectra_with_negative_flux", "input"), 1e-12);
        Assert.Equal(1, Value("quiescent_ultraviolet_ratio", "input"), 1e-12);
        Assert.Equal(1, tables["reconstruction-bands"].Doubles("variance_share").Sum(), 1e-9);
        Assert.Equal(spectra.Grid.Count, tables["reconstruction-bands"].Doubles("pixels").Sum());
        Assert.Equal(spectra.Grid.WavelengthAngstrom, tables["reconstruction-pixels"].Doubles("wavelength_angstrom"));
    }
}
