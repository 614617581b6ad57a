namespace Galatent.Surveys;

/// <summary>What the numbers of a spectrum mean.</summary>
/// <param name="Factor">What they are multiplied by to become erg/s/cm²/Å (or erg/s/cm²/Hz).</param>
/// <param name="IsPerHertz">Whether they are a flux per hertz; else per ångström.</param>
/// <param name="IsAbsolute">Whether the factor is known; else only the shape of the spectrum means something.</param>
internal readonly record struct FluxScale(double Factor, bool IsPerHertz, bool IsAbsolute)
{
    /// <summary>10⁻¹⁷ erg/s/cm²/Å, the unit of SDSS and DESI.</summary>
    public static FluxScale SdssUnit => new(1e-17, false, true);

    /// <summary>A flux per ångström in an unknown unit.</summary>
    public static FluxScale Relative => new(1, false, false);
}
