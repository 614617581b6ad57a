namespace Galatent.Synthesis.Gas;

/// <summary>Where the continuum of ionised gas comes from. Both sources are for hydrogen and helium at 1e4 K.</summary>
public enum NebularContinuumSource
{
    /// <summary>The table of Starburst99 (<see cref="NebularContinuum"/>), after Ferland (1980).</summary>
    Table,

    /// <summary>The sum of its processes, from formulas (<see cref="RecombinationContinuum"/>).</summary>
    Formulas,
}
