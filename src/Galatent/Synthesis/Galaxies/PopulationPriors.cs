using Galatent.Spectra.Quantities;

namespace Galatent.Synthesis.Galaxies;

/// <summary>The distributions of a population's parameters in words, for the parameter table of a report (the study's table 1). The
/// formulas are in the classes that draw them.</summary>
public static class PopulationPriors
{
    private const string Decorrelated = "decorrelated";

    // As the populations of Alsing et al. (2023) draw them with their default relations.
    private static readonly Dictionary<string, string> Realistic = new()
    {
        [GalaxyQuantities.LogMass.Name] = "evolving double Schechter function (Leja et al. 2020)",
        [GalaxyQuantities.LogZStar.Name] = "mass–metallicity relation (Gallazzi et al. 2005), correlated with the gas; −1.98 to 0.19",
        [GalaxyQuantities.LogZGas.Name] = "fundamental metallicity relation (Curti et al. 2020); −2 to 0.5",
        [GalaxyQuantities.Redshift.Name] = "comoving volume times mass function",
        [GalaxyQuantities.Dust1.Name] = "D₂ times a normal number N(1, 0.3) cut to 0 to 2",
        [GalaxyQuantities.DustIndex.Name] = "mean by D₂ (Leja et al. 2019), scatter 0.4; −1 to 0.4",
        [GalaxyQuantities.Dust2.Name] =
            "mean by star-formation rate, mass and gas metallicity (Garn & Best 2010; Alsing et al. 2023); 0 to 4",
        [GalaxyQuantities.LogSfr.Name] = "star-forming sequence (Leja et al. 2022), and a quiescent branch 0.6 to 4 dex below",
        [GalaxyQuantities.LogU.Name] = "falls with metallicity, rises with sSFR (Kashino & Inoue 2019); −4 to −1",
    };

    private static readonly Dictionary<string, string> Uniform = new()
    {
        [GalaxyQuantities.LogMass.Name] = "uniform, 8 to 11.5",
        [GalaxyQuantities.LogZStar.Name] = "uniform, −1.98 to 0.19",
        [GalaxyQuantities.LogZGas.Name] = "uniform, −2 to 0.5",
        [GalaxyQuantities.Redshift.Name] = "uniform from 0.02",
        [GalaxyQuantities.Dust1.Name] = "D₂ times a uniform number, 0 to 2",
        [GalaxyQuantities.DustIndex.Name] = "uniform, −1 to 0.4",
        [GalaxyQuantities.Dust2.Name] = "uniform, 0 to 2",
        [GalaxyQuantities.LogSfr.Name] = "log sSFR uniform, −12.5 to −8.15 per year",
        [GalaxyQuantities.LogU.Name] = "uniform, −4 to −1",
    };

    /// <summary>How a parameter is drawn.</summary>
    /// <param name="population">A population as files name it: a name of <see cref="SelectionPresets"/>, then what departs from its
    /// defaults, with commas between.</param>
    /// <param name="quantity">Name of the parameter.</param>
    /// <returns>Null where the population or its relation is not one of those described here.</returns>
    public static string? Of(string population, string quantity)
    {
        var parts = Parts(population);
        // Other relations than the defaults are named by the population; "decorrelated" and "zmax" leave the relations as they are.
        var known = parts.Skip(1).All(p => p == Decorrelated || p.StartsWith("zmax ", StringComparison.Ordinal));
        return !known ? null
            : parts[0] == SelectionPresets.NameOf(SelectionPreset.Uniform) ? Uniform.GetValueOrDefault(quantity)
            : IsRealistic(parts[0]) ? Realistic.GetValueOrDefault(quantity)
            : null;
    }

    /// <summary>A sentence on a population; null for one that is not described here.</summary>
    /// <param name="population">As for <see cref="Of"/>.</param>
    public static string? Describe(string population)
    {
        var parts = Parts(population);
        var words =
            parts[0] == SelectionPresets.NameOf(SelectionPreset.RBand25)
                ? "Galaxies brighter than 25 mag in r, drawn from relations that were measured (Alsing et al. 2023, 2024)"
            : parts[0] == SelectionPresets.NameOf(SelectionPreset.IracChannel1Band26)
                ? "Galaxies above the mass to which a survey to 26 mag in IRAC channel 1 is complete, drawn from relations that were "
                    + "measured (Alsing et al. 2023; Thorp et al. 2025)"
            : parts[0] == SelectionPresets.NameOf(SelectionPreset.Uniform) ? "Every parameter is uniform and independent of the others"
            : null;
        var shuffled = parts.Contains(Decorrelated) ? "; afterwards the parameters were shuffled among the galaxies" : "";
        return words is null ? null : $"{words}{shuffled}.";
    }

    private static bool IsRealistic(string name) =>
        name == SelectionPresets.NameOf(SelectionPreset.RBand25) || name == SelectionPresets.NameOf(SelectionPreset.IracChannel1Band26);

    private static string[] Parts(string population)
    {
        ArgumentNullException.ThrowIfNull(population);
        return population.Split(", ");
    }
}
