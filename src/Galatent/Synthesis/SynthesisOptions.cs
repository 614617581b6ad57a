namespace Galatent.Synthesis;

/// <summary>What a spectrum contains; the defaults are the study's.</summary>
public sealed record SynthesisOptions
{
    /// <summary>Whether the lines of ionised gas are added.</summary>
    public bool EmissionLines { get; init; } = true;

    /// <summary>Whether the continuum of ionised gas is added.</summary>
    public bool NebularContinuum { get; init; } = true;

    /// <summary>Share of Lyman alpha that leaves the galaxy, 0 to 1, before dust; FSPS uses 1.</summary>
    public double LymanAlphaEscape { get; init; } = 1;

    /// <summary>Shape of the diffuse dust's attenuation.</summary>
    public DustLaw Dust { get; init; } = DustLaw.KriekConroy;

    /// <summary>Exponent of the birth clouds' power law, -1 in FSPS; null for the galaxy's own diffuse curve (bagpipes).</summary>
    public double? BirthCloudIndex { get; init; } = -1;

    /// <summary>The range of line centres, Å: the study's lines are those from 1000 to 10000 Å.</summary>
    public (double LowAngstrom, double HighAngstrom) LineRange { get; init; } = (1000, 10000);
}
