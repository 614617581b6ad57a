using System.Globalization;

namespace Galatent.Spectra.Quantities;

/// <summary>
/// Every quantity of a galaxy that files, figures and messages name. Names, units and symbols are defined only here.
/// <c>Synthesis.Galaxies.GalaxyColumns</c> computes the values. The names of other programs are those of the pop-cosmos catalogues (Alsing
/// et al. 2024; Thorp et al. 2025) and of Prospector (Johnson et al. 2021).
/// </summary>
public static class GalaxyQuantities
{
    /// <summary>Number of age bins of a star-formation history.</summary>
    public const int AgeBinCount = 7;

    // Beyond these ranges the model has no meaning. At redshift 20 the Universe is 0.18 Gyr old. With 20 dex between two bins one of them
    // is empty. An optical depth of 100 leaves no light.
    private static readonly (double, double) Metallicity = (-10, 10);
    private static readonly (double, double) Depth = (0, 100);

    /// <summary>log10 of the surviving stellar mass (stars and remnants), Msun.</summary>
    public static GalaxyQuantity LogMass { get; } =
        new("log_mass", "log10(Msun)", "Surviving stellar mass")
        {
            Symbol = "log M/M☉",
            Words = "stellar mass",
            ShortNames = ["logM", "log_m"],
            Range = (5, 13),
            IsCompared = true,
            ShapesSpectrum = true,
        };

    /// <summary>log10 of the stellar metallicity, solar.</summary>
    public static GalaxyQuantity LogZStar { get; } =
        new("log_z_star", "log10(Zsun)", "Stellar metallicity")
        {
            Symbol = "log Z/Z☉",
            Words = "stellar metallicity",
            ShortNames = ["logZ", "logZstar"],
            OtherNames = ["log10Z", "logzsol"],
            Range = Metallicity,
            IsCompared = true,
            ShapesSpectrum = true,
        };

    /// <summary>log10 of the gas metallicity, solar.</summary>
    public static GalaxyQuantity LogZGas { get; } =
        new("log_z_gas", "log10(Zsun)", "Gas metallicity")
        {
            Symbol = "log Z(gas)/Z☉",
            Words = "gas metallicity",
            ShortNames = ["logZgas"],
            OtherNames = ["gaslog10Z", "gas_logz"],
            Range = Metallicity,
            IsCompared = true,
            ShapesSpectrum = true,
        };

    /// <summary>Observed redshift.</summary>
    public static GalaxyQuantity Redshift { get; } =
        new("redshift", "", "Observed redshift")
        {
            Words = "redshift",
            ShortNames = ["z"],
            OtherNames = ["z", "zred"],
            Range = (0, 20),
            IsCompared = true,
            ShapesSpectrum = true,
        };

    /// <summary>Extra optical depth at 5500 Å in front of young stars.</summary>
    public static GalaxyQuantity Dust1 { get; } =
        new("dust1", "", "Extra optical depth at 5500 Å in front of stars younger than 10 Myr")
        {
            Symbol = "D₁",
            Words = "dust in front of young stars (D₁)",
            ShortNames = ["D1"],
            Range = Depth,
            IsCompared = true,
            ShapesSpectrum = true,
        };

    /// <summary>Slope of the attenuation curve.</summary>
    public static GalaxyQuantity DustIndex { get; } =
        new("dust_index", "", "Slope of the attenuation curve, offset from Calzetti")
        {
            Symbol = "n",
            Words = "slope of the dust curve (n)",
            ShortNames = ["n"],
            Range = (-2, 2),
            IsCompared = true,
            ShapesSpectrum = true,
        };

    /// <summary>Optical depth at 5500 Å in front of all stars.</summary>
    public static GalaxyQuantity Dust2 { get; } =
        new("dust2", "", "Optical depth at 5500 Å in front of all stars")
        {
            Symbol = "D₂",
            Words = "dust in front of all stars (D₂)",
            ShortNames = ["D2"],
            Range = Depth,
            IsCompared = true,
            ShapesSpectrum = true,
        };

    /// <summary>log10 of the star-formation rate of the last 100 Myr, Msun/yr.</summary>
    public static GalaxyQuantity LogSfr { get; } =
        new("log_sfr", "log10(Msun/yr)", "Star-formation rate averaged over the last 100 Myr")
        {
            Symbol = "log SFR/(M☉/yr)",
            Words = "star formation rate",
            ShortNames = ["logSFR"],
            IsCompared = true,
            ShapesSpectrum = true,
        };

    /// <summary>log10 of the ionisation parameter.</summary>
    public static GalaxyQuantity LogU { get; } =
        new("log_u", "", "log10 of the ionisation parameter")
        {
            Symbol = "log U",
            Words = "ionisation parameter",
            ShortNames = ["logU"],
            OtherNames = ["gaslog10U", "gas_logu"],
            Range = Metallicity,
            ShapesSpectrum = true,
        };

    /// <summary>The six log10(SFR_j / SFR_j+1), bin 1 the youngest, dex.</summary>
    public static IReadOnlyList<GalaxyQuantity> LogSfrRatios { get; } = [.. Enumerable.Range(1, AgeBinCount - 1).Select(LogSfrRatio)];

    /// <summary>log10 of all stellar mass ever formed, Msun.</summary>
    public static GalaxyQuantity LogMassFormed { get; } = new("log_mass_formed", "log10(Msun)", "Stellar mass ever formed");

    /// <summary>Mean age of the stars, weighted with the mass formed, Gyr.</summary>
    public static GalaxyQuantity MassWeightedAge { get; } =
        new("mass_weighted_age", "Gyr", "Mass-weighted mean age of the stars") { Symbol = "age [Gyr]", Words = "mass-weighted age" };

    /// <summary>Whether the galaxy was drawn from the quiescent branch: 1 or 0.</summary>
    public static GalaxyQuantity Quiescent { get; } = new("quiescent", "", "1 when drawn from the quiescent branch, else 0");

    /// <summary>Standard deviation of the stars' velocities, km/s. Stored when each galaxy has its own value.</summary>
    public static GalaxyQuantity VelocityDispersion { get; } =
        new("velocity_dispersion", "km/s", "Standard deviation of the stars' velocities") { IsAlwaysStored = false };

    /// <summary>Which parameters lie beyond the end of their table. Stored when at least one galaxy has such a parameter.</summary>
    public static GalaxyQuantity HeldAtTableEnd { get; } =
        new(
            "held_at_table_end",
            "",
            "Parameters held at the end of a table: 1 stellar metallicity, 2 gas metallicity, 4 log U, and their sums"
        )
        {
            IsAlwaysStored = false,
        };

    /// <summary>log10 of the specific star-formation rate, 1/yr. Derived.</summary>
    public static GalaxyQuantity LogSsfr { get; } =
        new("log_ssfr", "log10(1/yr)", "Star-formation rate of the last 100 Myr per surviving stellar mass")
        {
            Symbol = "log sSFR/yr⁻¹",
            Words = "specific star formation rate",
            IsAlwaysStored = false,
        };

    /// <summary>The break at 4000 Å, narrow bands. Measured on the spectrum.</summary>
    public static GalaxyQuantity BreakStrength { get; } =
        new("d4000_n", "", "Break at 4000 Å: mean f_nu of 4000-4100 Å over 3850-3950 Å (air), lines included")
        {
            Symbol = "D4000n",
            Words = "the break at 4000 Å",
            IsAlwaysStored = false,
        };

    /// <summary>log10 of [O III] 5008 / Hβ. Measured on the spectrum.</summary>
    public static GalaxyQuantity LogOxygenThreeHydrogenBeta { get; } =
        Ratio("log_o_iii_h_beta", "log [O III]/Hβ", "[O III] 5008 over H beta");

    /// <summary>log10 of [N II] 6585 / Hα. Measured on the spectrum.</summary>
    public static GalaxyQuantity LogNitrogenTwoHydrogenAlpha { get; } =
        Ratio("log_n_ii_h_alpha", "log [N II]/Hα", "[N II] 6585 over H alpha");

    /// <summary>log10 of [O III] 5008 / [O II] 3728. Measured on the spectrum.</summary>
    public static GalaxyQuantity LogOxygenThreeOxygenTwo { get; } =
        Ratio("log_o_iii_o_ii", "log [O III]/[O II]", "[O III] 5008 over [O II] 3728");

    /// <summary>All quantities: the study's eight in the order of its table 1, then the others in the order of the files.</summary>
    public static IReadOnlyList<GalaxyQuantity> All { get; } =
    [
        LogMass,
        LogZStar,
        LogZGas,
        Redshift,
        Dust1,
        DustIndex,
        Dust2,
        LogSfr,
        LogU,
        .. LogSfrRatios,
        LogMassFormed,
        MassWeightedAge,
        Quiescent,
        VelocityDispersion,
        HeldAtTableEnd,
        LogSsfr,
        BreakStrength,
        LogOxygenThreeHydrogenBeta,
        LogNitrogenTwoHydrogenAlpha,
        LogOxygenThreeOxygenTwo,
    ];

    /// <summary>Quantities beyond the study's eight that are compared with latent dimensions. All stars of a simulated galaxy have one
    /// metallicity, so <see cref="LogZStar"/> is the mass-weighted one too.</summary>
    public static IReadOnlyList<GalaxyQuantity> FurtherCompared { get; } =
    [LogSsfr, LogU, MassWeightedAge, BreakStrength, LogOxygenThreeHydrogenBeta, LogNitrogenTwoHydrogenAlpha, LogOxygenThreeOxygenTwo];

    /// <summary>The quantity with this file name; null when it is unknown.</summary>
    public static GalaxyQuantity? Named(string name) => All.FirstOrDefault(q => q.Name == name);

    /// <summary>A short symbol for a column of a file; the column's own name when the quantity is unknown.</summary>
    public static string SymbolOf(string name) => Named(name)?.Symbol ?? name;

    /// <summary>A few words for a column of a file; the column's own name when the quantity is unknown.</summary>
    public static string WordsOf(string name) => Named(name)?.Words ?? name;

    private static GalaxyQuantity Ratio(string name, string symbol, string lines) =>
        new(name, "dex", $"log10 of {lines}, after dust; where both are in emission by 3 Å")
        {
            Symbol = symbol,
            Words = symbol,
            IsAlwaysStored = false,
        };

    private static GalaxyQuantity LogSfrRatio(int bin)
    {
        var number = bin.ToString(CultureInfo.InvariantCulture);
        return new(
            "log_sfr_ratio_" + number,
            "dex",
            $"log10 of the star-formation rate of age bin {bin} over bin {bin + 1}, bin 1 the youngest"
        )
        {
            OtherNames = ["logsfr_ratio" + number, "logsfr_ratios_" + number],
            Range = (-20, 20),
            ShapesSpectrum = true,
        };
    }
}
