using System.Numerics.Tensors;

namespace Galatent.Synthesis.Dust;

/// <summary>Power-law attenuation k = (lambda/5500 Å)^n (Charlot and Fall 2000, ApJ 539, 718, eq. 6: n = -0.7; FSPS' dust_type
/// 0).</summary>
public sealed class PowerLawDust : IAttenuationCurve
{
    private const double PivotAngstrom = 5500;

    private readonly float[] _logRatio;

    /// <summary>Prepares the curve on wavelengths in Å.</summary>
    public PowerLawDust(double[] wavelengthAngstrom)
    {
        ArgumentNullException.ThrowIfNull(wavelengthAngstrom);
        _logRatio = Array.ConvertAll(wavelengthAngstrom, w => (float)Math.Log(w / PivotAngstrom));
    }

    /// <summary>k at one wavelength in Å, double precision.</summary>
    public static double Curve(double wavelengthAngstrom, double exponent) => Math.Pow(wavelengthAngstrom / PivotAngstrom, exponent);

    /// <summary>dk/dn at one wavelength in Å.</summary>
    public static double CurveSlope(double wavelengthAngstrom, double exponent) =>
        Curve(wavelengthAngstrom, exponent) * Math.Log(wavelengthAngstrom / PivotAngstrom);

    /// <summary>k on all wavelengths, float32, shape (n_wave).</summary>
    public void Curve(double dustIndex, Span<float> k) => Curve(dustIndex, 0, k);

    /// <inheritdoc/>
    public void Curve(double dustIndex, int firstPixel, Span<float> k)
    {
        TensorPrimitives.Multiply(_logRatio.AsSpan(firstPixel, k.Length), (float)dustIndex, k);
        TensorPrimitives.Exp(k, k);
    }
}
