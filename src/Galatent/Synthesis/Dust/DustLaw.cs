namespace Galatent.Synthesis.Dust;

/// <summary>Shape of the attenuation by diffuse dust; what a galaxy's dust index means depends on it.</summary>
public enum DustLaw
{
    /// <summary>FSPS' dust_type 4 (<see cref="KriekConroyDust"/>); the index is an offset from Calzetti's slope.</summary>
    KriekConroy,

    /// <summary>FSPS' dust_type 0 and bagpipes' CF00 (<see cref="PowerLawDust"/>); the index is the exponent, usually -0.7.</summary>
    PowerLaw,
}
