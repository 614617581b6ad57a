using Galatent.Synthesis.Ssp;

namespace Galatent.Synthesis.Gas;

/// <summary>Where the luminosities of emission lines come from.</summary>
public enum LineSource
{
    /// <summary>Photoionisation models by gas metallicity and ionisation parameter, times the stars' ionising photons (Byler et al.
    /// 2017).</summary>
    Models,

    /// <summary>The lines that the table of stars states itself, at its own ionisation parameter and with the stars' metallicity
    /// (<see cref="SspTable.EmissionLines"/>).</summary>
    Table,
}
