namespace Galatent.Networks.Weighting;

/// <summary>
/// A floor under the noise of observed pixels: 1/w = 1/ivar + (ε x)². Flux calibration is good to some per cent (SDSS: Yan et al. 2016,
/// AJ 151, 8, about 5 % below 4000 Å, 2 % above). x is the flux smoothed over nine good pixels: with the pixel's own flux, one that noise
/// has lifted would count less than one that it has lowered, and the reconstruction would be too low.
/// </summary>
public static class CalibrationFloor
{
    /// <summary>Pixels on each side over which the flux is smoothed.</summary>
    public const int Reach = 4;

    /// <summary>Lowers the weights of one spectrum.</summary>
    /// <param name="flux">Normalised flux, shape (n_wave); not read where the weight is 0.</param>
    /// <param name="weights">Inverse variances, same shape; replaced.</param>
    /// <param name="calibrationError">ε.</param>
    public static void Apply(ReadOnlySpan<float> flux, Span<float> weights, double calibrationError)
    {
        var sum = 0.0;
        var good = 0;
        // Weights behind the window are already lowered, but none has become 0.
        for (var i = -Reach; i < weights.Length; i++)
        {
            var entering = i + Reach;
            if (entering < weights.Length && weights[entering] > 0)
            {
                (sum, good) = (sum + flux[entering], good + 1);
            }
            var leaving = i - Reach - 1;
            if (leaving >= 0 && weights[leaving] > 0)
            {
                (sum, good) = (sum - flux[leaving], good - 1);
            }
            if (i >= 0 && weights[i] > 0)
            {
                var error = calibrationError * sum / good;
                weights[i] = (float)(weights[i] / (1 + (weights[i] * error * error)));
            }
        }
    }
}
