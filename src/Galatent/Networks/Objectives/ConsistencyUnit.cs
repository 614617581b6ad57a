namespace Galatent.Networks.Objectives;

/// <summary>In which unit the posteriors of a spectrum and its augmented copy are compared.</summary>
public enum ConsistencyUnit
{
    /// <summary>Their own widths, σ.</summary>
    Posterior,

    /// <summary>The spread of the prior, 1.</summary>
    Prior,
}
