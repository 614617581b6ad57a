namespace Galatent.Latents.Outliers;

/// <summary>One observed spectrum on the model's grid.</summary>
/// <param name="Flux">Normalised flux; any value in bad pixels, shape (n_wave).</param>
/// <param name="InverseVariance">1/sigma², 0 in bad pixels.</param>
/// <param name="Redshift">Its redshift; NaN where it is not known.</param>
/// <param name="ExpectedChiSquare">Chi² per pixel of a perfect model: below 1 where pixels share data.</param>
public sealed record ObservedPixels(float[] Flux, float[] InverseVariance, double Redshift, double ExpectedChiSquare)
{
    // Calibration is good to some per cent, and no model to less; without this floor bright spectra would all be outliers.
    private const double CalibrationError = 0.03;
    private const double LeastFlux = 0.1;

    /// <summary>Weights 1 / (1/ivar + (0.03 model)²), 0 in bad pixels.</summary>
    /// <param name="model">What a model expects, shape (n_wave).</param>
    public double[] Weights(ReadOnlySpan<float> model)
    {
        var weights = new double[Flux.Length];
        for (var j = 0; j < weights.Length; j++)
        {
            var floor = CalibrationError * Math.Max(LeastFlux, Math.Abs(model[j]));
            weights[j] = InverseVariance[j] > 0 ? 1 / ((1 / (double)InverseVariance[j]) + (floor * floor)) : 0;
        }
        return weights;
    }
}
