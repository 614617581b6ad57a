using Galatent.Networks.Weighting;

namespace Galatent.Tests.Networks.Objectives;

public class CalibrationFloorTests
{
    [Fact]
    public void A_flat_spectrum_has_the_noise_of_the_formula_whatever_stands_in_its_gaps()
    {
        var flux = Enumerable.Repeat(2f, 40).ToArray();
        var weights = Enumerable.Repeat(100f, 40).ToArray();
        foreach (var bad in new[] { 0, 7, 8, 9, 39 })
        {
            (flux[bad], weights[bad]) = (float.NaN, 0);
        }
        CalibrationFloor.Apply(flux, weights, 0.03);
        // 1/w = 1/100 + (0.03 x 2)².
        Assert.All(Enumerable.Range(0, 40), i => Assert.Equal(float.IsNaN(flux[i]) ? 0 : 1 / 0.0136, weights[i], 1e-4));
    }

    [Fact]
    public void Flux_is_smoothed_over_nine_good_pixels()
    {
        float[] flux = [.. Enumerable.Range(0, 30).Select(i => i == 12 ? 90f : 0)];
        var weights = Enumerable.Repeat(1f, 30).ToArray();
        CalibrationFloor.Apply(flux, weights, 0.1);
        // Nine pixels see the line as 10; the others see nothing.
        Assert.All(Enumerable.Range(0, 30), i => Assert.Equal(Math.Abs(i - 12) <= CalibrationFloor.Reach ? 0.5 : 1, weights[i], 1e-6));
    }

    [Fact]
    public void Weights_cannot_exceed_what_calibration_allows()
    {
        var weights = new[] { 1e12f };
        CalibrationFloor.Apply([1], weights, 0.03);
        Assert.Equal(1 / 0.0009, weights[0], 1e-2);
    }
}
