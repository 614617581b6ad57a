namespace Galatent.Synthesis.Observing;

/// <summary>Whether a flux is per hertz or per ångström.</summary>
public enum FluxUnit
{
    /// <summary>Per hertz: f_nu, the default of FSPS and of the study. Of order 1 everywhere after normalisation.</summary>
    PerHertz,

    /// <summary>Per ångström: f_lambda. Then young galaxies are 8 to 30 times brighter in the ultraviolet than in the optical.</summary>
    PerAngstrom,
}
