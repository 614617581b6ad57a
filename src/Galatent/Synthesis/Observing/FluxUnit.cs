namespace Galatent.Synthesis.Observing;

/// <summary>What a flux is counted per.</summary>
public enum FluxUnit
{
    /// <summary>Per hertz: f_nu, FSPS' default and the study's; of order 1 everywhere once normalised.</summary>
    PerHertz,

    /// <summary>Per ångström: f_lambda; the ultraviolet of young galaxies is then 8 to 30 times the optical.</summary>
    PerAngstrom,
}
