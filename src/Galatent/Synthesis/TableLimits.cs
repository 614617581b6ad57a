namespace Galatent.Synthesis;

/// <summary>Parameters of a galaxy that lie beyond the tables, where the end of the table is used.</summary>
[Flags]
public enum TableLimits
{
    /// <summary>All lie inside.</summary>
    None = 0,

    /// <summary>The stars' metallicity.</summary>
    StellarMetallicity = 1,

    /// <summary>The gas' metallicity.</summary>
    GasMetallicity = 2,

    /// <summary>The ionisation parameter.</summary>
    Ionisation = 4,
}
