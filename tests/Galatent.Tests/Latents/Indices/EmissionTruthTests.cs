using Galatent.Latents.Indices;
using Galatent.Spectra;
using Galatent.Spectra.Lines;

namespace Galatent.Tests.Latents.Indices;

/// <summary>The width of the emission alone, against the closed form of a normal line.</summary>
public class EmissionTruthTests
{
    private static readonly WavelengthGrid Grid = new([.. Enumerable.Range(0, 4000).Select(i => 4000 + (0.5 * i))]);

    [Theory]
    [InlineData(5, 2, 1)]
    [InlineData(5, 2, 3)]
    [InlineData(0.3, 3, 0.2)]
    public void A_normal_line_over_any_continuum_has_its_area(double amplitude, double sigma, double scale)
    {
        var middle = 0.5 * (LineWindow.HydrogenBeta.Low + LineWindow.HydrogenBeta.High);
        // A slope and an absorption line belong to the continuum.
        double Stars(double w) => (1 + ((w - 5000) / 4000)) * (1 - (0.4 * Normal(w, middle, 6)));
        float[] continuum = [.. Grid.WavelengthAngstrom.ToArray().Select(w => (float)(scale * Stars(w)))];
        float[] flux = [.. Grid.WavelengthAngstrom.ToArray().Select(w => (float)(Stars(w) * (1 + (amplitude * Normal(w, middle, sigma)))))];
        var found = EmissionTruth.Of(Grid, flux, continuum, LineWindow.HydrogenBeta);
        Assert.Equal(-amplitude * sigma * Math.Sqrt(2 * Math.PI), found, amplitude * 2e-3);
        // The side bands see the absorption as well, and give less emission.
        Assert.True(EquivalentWidth.Of(Grid, flux, LineWindow.HydrogenBeta).Value > found + 1);
    }

    private static double Normal(double w, double middle, double sigma) => Math.Exp(-0.5 * (w - middle) * (w - middle) / (sigma * sigma));
}
