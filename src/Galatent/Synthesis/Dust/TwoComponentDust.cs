using System.Numerics.Tensors;

namespace Galatent.Synthesis.Dust;

/// <summary>
/// Attenuation in two components (Charlot and Fall 2000; FSPS' add_dust.f90): exp(-dust2 k(lambda)) for all light. Light of age up to 1e7
/// yr is still inside its birth cloud and is attenuated additionally by exp(-dust1 (lambda/5500 Å)^-1).
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

    /// <summary>k of the diffuse dust on a run of pixels.</summary>
    public void Curve(double dustIndex, int firstPixel, Span<float> k) => _diffuse.Curve(dustIndex, firstPixel, k);

    /// <summary>The curve of the birth clouds on a run of pixels. Without a formula of its own it is the diffuse curve, which is passed
    /// in.</summary>
    public ReadOnlySpan<float> BirthCloud(int firstPixel, ReadOnlySpan<float> diffuse) =>
        _birthCloud is null ? diffuse : _birthCloud.AsSpan(firstPixel, diffuse.Length);

    /// <summary>Writes exp(-depth × curve) to the target. The target may be the curve itself.</summary>
    public static void Transmission(ReadOnlySpan<float> curve, double depth, Span<float> target)
    {
        TensorPrimitives.Multiply(curve, -(float)depth, target);
        TensorPrimitives.Exp(target, target);
    }
}
