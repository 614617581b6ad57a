using Galatent.Files;
using Galatent.Spectra.Quantities;

namespace Galatent.Synthesis.Galaxies;

/// <summary>One quantity of a galaxy and how to read its value.</summary>
/// <param name="Quantity">The quantity.</param>
/// <param name="Value">Reads the value from a galaxy.</param>
public sealed record GalaxyColumn(GalaxyQuantity Quantity, Func<Galaxy, double> Value)
{
    /// <summary>Dataset name, e.g. <c>log_mass</c>.</summary>
    public string Name => Quantity.Name;

    /// <summary>Unit; empty when dimensionless.</summary>
    public string Unit => Quantity.Unit;

    /// <summary>One line for readers of the file and labels of figures.</summary>
    public string Description => Quantity.Description;

    /// <summary>The values of many galaxies, in their order.</summary>
    public ParameterColumn Of(IReadOnlyList<Galaxy> galaxies) => new(Name, Unit, Description, [.. galaxies.Select(Value)]);
}

/// <summary>The parameters that a spectrum file stores: first the eight that the study compares with the latent dimensions, in the order of
/// its table 1, then the others. Names, units and descriptions are those of <see cref="GalaxyQuantities"/>.</summary>
public static class GalaxyColumns
{
    private static readonly Dictionary<GalaxyQuantity, Func<Galaxy, double>> Values = new(
        GalaxyQuantities.LogSfrRatios.Select((ratio, j) => KeyValuePair.Create(ratio, (Func<Galaxy, double>)(g => g.LogSfrRatios[j])))
    )
    {
        [GalaxyQuantities.LogMass] = g => g.LogMass,
        [GalaxyQuantities.LogZStar] = g => g.LogZStar,
        [GalaxyQuantities.LogZGas] = g => g.LogZGas,
        [GalaxyQuantities.Redshift] = g => g.Redshift,
        [GalaxyQuantities.Dust1] = g => g.Dust1,
        [GalaxyQuantities.DustIndex] = g => g.DustIndex,
        [GalaxyQuantities.Dust2] = g => g.Dust2,
        [GalaxyQuantities.LogSfr] = g => g.LogSfr,
        [GalaxyQuantities.LogU] = g => g.LogU,
        [GalaxyQuantities.LogMassFormed] = g => g.LogMassFormed,
        [GalaxyQuantities.MassWeightedAge] = g => g.MassWeightedAgeGyr,
        [GalaxyQuantities.Quiescent] = g => g.IsQuiescent ? 1 : 0,
    };

    /// <summary>All columns: the study's eight first, in the order of <see cref="GalaxyQuantities.All"/>.</summary>
    public static IReadOnlyList<GalaxyColumn> All { get; } =
    [.. GalaxyQuantities.All.Where(q => q.IsAlwaysStored).Select(q => new GalaxyColumn(q, Values[q]))];

    /// <summary>The study's eight parameters.</summary>
    public static IReadOnlyList<GalaxyColumn> Study { get; } = [.. All.Where(c => c.Quantity.IsCompared)];

    /// <summary>The columns that are not in the study's table.</summary>
    public static IReadOnlyList<GalaxyColumn> Further { get; } = [.. All.Where(c => !c.Quantity.IsCompared)];
}
