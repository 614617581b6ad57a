using System.Numerics.Tensors;
using Galatent.Spectra;

namespace Galatent.Synthesis;

/// <summary>
/// Attenuation in two components (Charlot and Fall 2000; FSPS' add_dust.f90): exp(-dust2 k(lambda)) for all light, and exp(-dust1 (lambda/5500 Å)^-1) more
/// for light of age up to 1e7 yr, which is still inside its birth cloud.
/// </summary>
internal sealed class TwoComponentDust
{
    private readonly IAttenuationCurve _diffuse;
    private readonly double? _birthCloudIndex;
    private readonly float[] _birthCloud;

    public TwoComponentDust(WavelengthGrid grid, SynthesisOptions options)
    {
        _diffuse = options.Dust switch
        {
            DustLaw.KriekConroy => new KriekConroyDust(grid.WavelengthAngstrom),
            DustLaw.PowerLaw => new PowerLawDust(grid.WavelengthAngstrom),
            _ => throw new ArgumentOutOfRangeException(nameof(options), options.Dust, "Use KriekConroy or PowerLaw."),
        };
        _birthCloudIndex = options.BirthCloudIndex;
        _birthCloud = Array.ConvertAll(grid.WavelengthAngstrom, w => (float)PowerLawDust.Curve(w, options.BirthCloudIndex ?? 0));
    }

    /// <summary>The diffuse dust's k on all pixels.</summary>
    public void Curve(double dustIndex, Span<float> k) => _diffuse.Curve(dustIndex, k);

    /// <summary>The birth clouds' curve on all pixels, given the diffuse dust's.</summary>
    public ReadOnlySpan<float> BirthCloud(ReadOnlySpan<float> diffuse) => _birthCloudIndex is null ? diffuse : _birthCloud;

    /// <summary>The birth clouds' curve at a wavelength in Å where the diffuse dust's is <paramref name="diffuse"/>.</summary>
    public double BirthCloud(double wavelengthAngstrom, double diffuse) => _birthCloudIndex is { } index ? PowerLawDust.Curve(wavelengthAngstrom, index) : diffuse;

    /// <summary>exp(-depth × curve) into the target.</summary>
    public static void Transmission(ReadOnlySpan<float> curve, double depth, Span<float> target)
    {
        TensorPrimitives.Multiply(curve, -(float)depth, target);
        TensorPrimitives.Exp(target, target);
    }
}
