namespace Galatent.Latents.Information.Discrete;

/// <summary>How a column is treated, decided from how often its values occur.</summary>
public enum ColumnKind
{
    /// <summary>Most values occur once.</summary>
    Continuous,

    /// <summary>Values repeat, but are too many to count. Ties are spread over the gaps between neighbouring values.</summary>
    Rounded,

    /// <summary>Few values that repeat often, or classes. They are counted.</summary>
    Discrete,

    /// <summary>One or a few values that repeat often (zeros, a detection limit), together with a continuous part.</summary>
    Spiked,
}

/// <summary>How an information was estimated.</summary>
public enum InformationMethod
{
    /// <summary>A Gaussian mixture of all columns.</summary>
    Mixture,

    /// <summary>The sum over the table of counts of two discrete columns.</summary>
    Table,

    /// <summary>A Gaussian mixture of the continuous columns for every class of the discrete ones.</summary>
    ClassMixtures,

    /// <summary>A sum of the three methods above by the chain rule.</summary>
    ChainRule,
}
