using System.Numerics.Tensors;

namespace Galatent.Synthesis.Dust;

/// <summary>
/// Attenuation in two components (Charlot and Fall 2000; FSPS' add_dust.f90): exp(-dust2 k(lambda)) for all light, and exp(-dust1
/// (lambda/5500 Å)^-1) more for light of age up to 1e7 yr, which is still inside its birth cloud.
/// </summary>
internal sealed class TwoComponentDust
{
    private readonly IAttenuationCurve _diffuse;
    private readonly float[]? _birthCloud;

    public TwoComponentDust(double[] wavelengthAngstrom, SynthesisOptions options)
    {
        _diffuse = options.Dust switch
        {
            DustLaw.KriekConroy => new KriekConroyDust(wavelengthAngstrom),
            DustLaw.PowerLaw => new PowerLawDust(wavelengthAngstrom),
            _ => throw new ArgumentOutOfRangeException(nameof(options), options.Dust, "Use KriekConroy or PowerLaw."),
        };
        _birthCloud = options.BirthCloudIndex is { } index
            ? Array.ConvertAll(wavelengthAngstrom, w => (float)PowerLawDust.Curve(w, index))
            : null;
    }

    /// <summary>The diffuse dust's k on a run of pixels.</summary>
    public void Curve(double dustIndex, int firstPixel, Span<float> k) => _diffuse.Curve(dustIndex, firstPixel, k);

    /// <summary>The birth clouds' curve on a run of pixels, given the diffuse dust's.</summary>
    public ReadOnlySpan<float> BirthCloud(int firstPixel, ReadOnlySpan<float> diffuse) =>
        _birthCloud is null ? diffuse : _birthCloud.AsSpan(firstPixel, diffuse.Length);

    /// <summary>exp(-depth × curve) into the target, which may be the curve.</summary>
    public static void Transmission(ReadOnlySpan<float> curve, double depth, Span<float> target)
    {
        TensorPrimitives.Multiply(curve, -(float)depth, target);
        TensorPrimitives.Exp(target, target);
    }
}
