using Galatent.Latents;
using Galatent.Latents.Activity;
using Galatent.Tests.Report;

namespace Galatent.Tests.Latents.Activity;

public class InformationBoundTests
{
    [Fact]
    public void An_estimate_above_the_KL_is_named_and_one_within_its_error_is_not()
    {
        var model = InventedRun.Model(InventedRun.Spectra(InventedRun.CoarseGrid, 60), 0.3);
        // Dimension 1 of the invented run is off: its KL is 0.
        MutualInformationMatrix Matrix(double nat) => new(["z00", "z01"], ["dust2"], [0.1, nat], [0.01, 0.01], [0, 0], [0, 0]);
        var sentence = Assert.Single(InformationBound.Broken(model.Analysis with { ParametersOfSamples = Matrix(0.05) }, model.Latents));
        Assert.Contains("I(z01; dust2) = 0.050", sentence, StringComparison.Ordinal);
        Assert.Empty(InformationBound.Broken(model.Analysis with { ParametersOfSamples = Matrix(0.03) }, model.Latents));
        // Posterior means may know more than is transmitted.
        Assert.Empty(InformationBound.Broken(model.Analysis with { Parameters = Matrix(0.5) }, model.Latents));
    }
}
