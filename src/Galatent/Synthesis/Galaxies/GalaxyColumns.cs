using Galatent.Files;
using Galatent.Synthesis.StarFormation;

namespace Galatent.Synthesis.Galaxies;

/// <summary>One number of a galaxy as files and figures show it.</summary>
/// <param name="Name">Dataset name, e.g. <c>log_mass</c>.</param>
/// <param name="Unit">Unit; empty when dimensionless.</param>
/// <param name="Description">One line for readers of the file and labels of figures.</param>
/// <param name="Value">Reads it from a galaxy.</param>
public sealed record GalaxyColumn(string Name, string Unit, string Description, Func<Galaxy, double> Value)
{
    /// <summary>The values of many galaxies, in their order.</summary>
    public ParameterColumn Of(IReadOnlyList<Galaxy> galaxies) => new(Name, Unit, Description, [.. galaxies.Select(Value)]);
}

/// <summary>The parameters that a spectrum file stores: the eight that the study compares with the latent dimensions, in the order of its
/// table 1, and further ones.</summary>
public static class GalaxyColumns
{
    /// <summary>The study's eight parameters.</summary>
    public static IReadOnlyList<GalaxyColumn> Study { get; } =
    [
        new("log_mass", "log10(Msun)", "Surviving stellar mass", g => g.LogMass),
        new("log_z_star", "log10(Zsun)", "Stellar metallicity", g => g.LogZStar),
        new("log_z_gas", "log10(Zsun)", "Gas metallicity", g => g.LogZGas),
        new("redshift", "", "Observed redshift", g => g.Redshift),
        new("dust1", "", "Extra optical depth at 5500 Å in front of stars younger than 10 Myr", g => g.Dust1),
        new("dust_index", "", "Slope of the attenuation curve, offset from Calzetti", g => g.DustIndex),
        new("dust2", "", "Optical depth at 5500 Å in front of all stars", g => g.Dust2),
        new("log_sfr", "log10(Msun/yr)", "Star-formation rate averaged over the last 100 Myr", g => g.LogSfr),
    ];

    /// <summary>What the study's table leaves out.</summary>
    public static IReadOnlyList<GalaxyColumn> Further { get; } =
    [
        new("log_u", "", "log10 of the ionisation parameter", g => g.LogU),
        .. Enumerable
            .Range(1, StarFormationHistory.BinCount - 1)
            .Select(j => new GalaxyColumn(
                $"log_sfr_ratio_{j}",
                "dex",
                $"log10 of the star-formation rate of age bin {j} over bin {j + 1}, bin 1 the youngest",
                g => g.LogSfrRatios[j - 1]
            )),
        new("log_mass_formed", "log10(Msun)", "Stellar mass ever formed", g => g.LogMassFormed),
        new("mass_weighted_age", "Gyr", "Mass-weighted mean age of the stars", g => g.MassWeightedAgeGyr),
        new("quiescent", "", "1 when drawn from the quiescent branch, else 0", g => g.IsQuiescent ? 1 : 0),
    ];

    /// <summary>All of them, the study's first.</summary>
    public static IReadOnlyList<GalaxyColumn> All { get; } = [.. Study, .. Further];
}
