namespace Galatent.Synthesis.Dust;

/// <summary>Shape of the attenuation by diffuse dust. It decides the meaning of a galaxy's dust index.</summary>
public enum DustLaw
{
    /// <summary>FSPS' dust_type 4 (<see cref="KriekConroyDust"/>). The index is an offset from Calzetti's slope.</summary>
    KriekConroy,

    /// <summary>FSPS' dust_type 0 and bagpipes' CF00 (<see cref="PowerLawDust"/>). The index is the exponent, usually -0.7.</summary>
    PowerLaw,
}
