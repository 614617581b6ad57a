using System.Numerics.Tensors;

namespace Galatent.Synthesis;

/// <summary>
/// Two-component attenuation as FSPS codes it (add_dust.f90, attn_curve.f90, dust_type 4; Charlot and Fall 2000; Kriek and Conroy 2013, ApJ 775, L16; Noll et al. 2009):
/// transmission exp(-dust2 k(lambda)) for all light, and exp(-dust1 (lambda/5500 Å)^-1) more for light of age up to 1e7 yr, with
/// k = [cal + E_b (350 lambda)^2 / ((lambda^2 - 2175^2)^2 + (350 lambda)^2) / 4.05] (lambda/5500)^n, E_b = 0.85 - 1.9 n, and cal the curve of Calzetti et al. (2000)
/// with FSPS' rounding, k(5500) = 0.9995 at n = 0. n is the offset from Calzetti's slope: negative is steeper, with a stronger 2175 Å bump.
/// </summary>
public sealed class KriekConroyDust
{
    private readonly float[] _calzetti;
    private readonly float[] _bump;
    private readonly float[] _logRatio;
    private readonly float[] _birthCloud;

    /// <summary>Prepares the curve on wavelengths in Å.</summary>
    public KriekConroyDust(double[] wavelengthAngstrom)
    {
        ArgumentNullException.ThrowIfNull(wavelengthAngstrom);
        _calzetti = Array.ConvertAll(wavelengthAngstrom, w => (float)Calzetti(w));
        _bump = Array.ConvertAll(wavelengthAngstrom, w => (float)UnitBump(w));
        _logRatio = Array.ConvertAll(wavelengthAngstrom, w => (float)Math.Log(w / 5500));
        _birthCloud = Array.ConvertAll(wavelengthAngstrom, w => (float)BirthCloud(w));
    }

    /// <summary>k(lambda) at one wavelength in Å for slope offset <paramref name="dustIndex"/>; double precision.</summary>
    public static double Curve(double wavelengthAngstrom, double dustIndex) =>
        (Calzetti(wavelengthAngstrom) + (BumpStrength(dustIndex) * UnitBump(wavelengthAngstrom))) * Math.Pow(wavelengthAngstrom / 5500, dustIndex);

    /// <summary>Optical depth of birth clouds per unit dust1: (lambda/5500 Å)^-1.</summary>
    public static double BirthCloud(double wavelengthAngstrom) => 5500 / wavelengthAngstrom;

    /// <summary>k on all wavelengths, float32.</summary>
    public void Curve(double dustIndex, Span<float> k)
    {
        TensorPrimitives.Multiply(_logRatio, (float)dustIndex, k);
        TensorPrimitives.Exp(k, k);
        var strength = (float)BumpStrength(dustIndex);
        for (var i = 0; i < k.Length; i++)
        {
            k[i] *= _calzetti[i] + (strength * _bump[i]);
        }
    }

    /// <summary>exp(-depth × curve), in place of the target.</summary>
    public static void Transmission(ReadOnlySpan<float> curve, double depth, Span<float> target)
    {
        TensorPrimitives.Multiply(curve, -(float)depth, target);
        TensorPrimitives.Exp(target, target);
    }

    /// <summary>The birth clouds' curve on all wavelengths.</summary>
    public ReadOnlySpan<float> BirthCloudCurve => _birthCloud;

    private static double BumpStrength(double dustIndex) => 0.85 - (1.9 * dustIndex);

    private static double UnitBump(double w)
    {
        var width = 350 * w;
        return width * width / (Math.Pow((w * w) - (2175.0 * 2175.0), 2) + (width * width)) / 4.05;
    }

    private static double Calzetti(double w)
    {
        var y = 1e4 / w;
        var polynomial = w <= 6300 ? -2.156 + (y * (1.509 + (y * (-0.198 + (y * 0.011))))) : -1.857 + (1.04 * y);
        return Math.Max(0, ((1.17 * polynomial) + 1.78) / (0.44 * 4.05));
    }
}
