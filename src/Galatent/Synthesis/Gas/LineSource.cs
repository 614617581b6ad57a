using Galatent.Synthesis.Ssp;

namespace Galatent.Synthesis.Gas;

/// <summary>Where the luminosities of emission lines come from.</summary>
public enum LineSource
{
    /// <summary>Photoionisation models, as a function of gas metallicity and ionisation parameter, times the stars' ionising photons (Byler
    /// et al. 2017).</summary>
    Models,

    /// <summary>The lines given in the table of stars, for its own ionisation parameter and the stars' metallicity
    /// (<see cref="SspTable.EmissionLines"/>).</summary>
    Table,
}
