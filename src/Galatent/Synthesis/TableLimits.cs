using Galatent.Numerics;
using Galatent.Synthesis.Galaxies;
using Galatent.Synthesis.Ssp;

namespace Galatent.Synthesis;

/// <summary>Which parameters of a galaxy lie beyond the tables. For these the end of the table is used.</summary>
[Flags]
public enum TableLimits
{
    /// <summary>All lie inside the tables.</summary>
    None = 0,

    /// <summary>The stars' metallicity.</summary>
    StellarMetallicity = 1,

    /// <summary>The gas' metallicity.</summary>
    GasMetallicity = 2,

    /// <summary>The ionisation parameter.</summary>
    Ionisation = 4,
}

/// <summary>Compares galaxies with the limits of the tables.</summary>
public static class GalaxyLimits
{
    /// <summary>Which of a galaxy's parameters lie beyond a table, so that the end of the table is used.</summary>
    public static TableLimits Beyond(this SspLibrary library, Galaxy galaxy)
    {
        ArgumentNullException.ThrowIfNull(library);
        ArgumentNullException.ThrowIfNull(galaxy);
        return (SortedAxis.IsInside(library.Stars.LogZ, galaxy.LogZStar) ? TableLimits.None : TableLimits.StellarMetallicity)
            | (SortedAxis.IsInside(library.Lines.LogZ, galaxy.LogZGas) ? TableLimits.None : TableLimits.GasMetallicity)
            | (SortedAxis.IsInside(library.Lines.LogU, galaxy.LogU) ? TableLimits.None : TableLimits.Ionisation);
    }
}
