using Galatent.Numerics;
using Galatent.Synthesis.StarFormation;

namespace Galatent.Synthesis.Galaxies;

/// <summary>One galaxy described by a few numbers; what is not given follows the mean relations of the population.</summary>
public static class GalaxyDescription
{
    private static readonly (string Name, string[] Others)[] Names =
    [
        ("log_mass", ["logM", "log_m"]),
        ("log_sfr", ["logSFR"]),
        ("redshift", ["z"]),
        ("log_z_star", ["logZ", "logZstar", "log10Z"]),
        ("log_z_gas", ["logZgas", "gaslog10Z"]),
        ("log_u", ["logU", "gaslog10U"]),
        ("dust1", ["D1"]),
        ("dust2", ["D2"]),
        ("dust_index", ["n"]),
    ];

    /// <summary>The short names of the settings, in one line.</summary>
    public static string ShortNames => string.Join(", ", Names.Select(n => n.Others[0]));

    /// <summary>The galaxy that <c>name=value</c> settings describe, e.g. <c>logM=10.5 logSFR=0.3</c>.</summary>
    /// <param name="settings">Names as in the files (log_mass, log_sfr, redshift, log_z_star, log_z_gas, log_u, dust1, dust2, dust_index)
    /// or short ones (logM, logSFR, z, logZ, logZgas, logU, D1, D2, n).</param>
    /// <param name="imf">Initial mass function, for the surviving mass.</param>
    /// <exception cref="InputException">A name is unknown or a value cannot be used.</exception>
    public static Galaxy Parse(IReadOnlyList<string> settings, InitialMassFunction imf)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var values = settings.Select(Setting).ToList();
        if (values.GroupBy(v => v.Name).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw new InputException($"The galaxy's {twice.Key} is given twice; give it once.");
        }
        double Value(string name, double otherwise) =>
            values.FirstOrDefault(v => v.Name == name) is { Name: not null } found ? found.Value : otherwise;
        var redshift = InRange("redshift", Value("redshift", 0.5), 0, 20);
        var logMass = InRange("log_mass", Value("log_mass", 10), 5, 13);
        var logSfr = InRange(
            "log_sfr",
            Value("log_sfr", Math.Min(StarFormingSequence.LogRidgeSfr(logMass, redshift), logMass - 8.15)),
            logMass - 14,
            logMass - 8.15
        );
        var isQuiescent = logSfr < StarFormingSequence.LogRidgeSfr(logMass, redshift) - 0.8;
        var logZGas = InRange("log_z_gas", Value("log_z_gas", MetallicityRelations.LogZGas(0, logMass, logSfr)), -10, 10);
        var dust2 = InRange("dust2", Value("dust2", DustPriors.DrawDust2(0.5, logMass, logSfr, logZGas, isQuiescent)), 0, 100);
        return new Galaxy
        {
            Redshift = redshift,
            LogMass = logMass,
            LogSfr = logSfr,
            LogZStar = InRange("log_z_star", Value("log_z_star", MetallicityRelations.StellarRelation(logMass).Mean), -10, 10),
            LogZGas = logZGas,
            LogU = InRange(
                "log_u",
                Value("log_u", Math.Clamp(IonizationParameterRelation.MeanLogU(logMass, logSfr, logZGas), -4, -1)),
                -10,
                10
            ),
            Dust1 = InRange("dust1", Value("dust1", dust2), 0, 100),
            Dust2 = dust2,
            DustIndex = InRange("dust_index", Value("dust_index", DustPriors.DrawDustIndex(0.5, dust2)), -2, 2),
            IsQuiescent = isQuiescent,
            History = new HistoryPrior(new SurvivingMass(imf)).Make(default, Cosmology.AgeGyr(redshift), logMass, logSfr, isQuiescent),
        };
    }

    /// <summary>Whether settings name the mass or the star-formation rate.</summary>
    public static bool StatesMassOrRate(IReadOnlyList<string> settings) => settings.Any(s => Setting(s).Name is "log_mass" or "log_sfr");

    /// <summary>A described galaxy with another history; its mass and rate are then the history's.</summary>
    /// <param name="galaxy">The galaxy.</param>
    /// <param name="history">The history, from now back at most as long as the Universe at the galaxy's redshift is old.</param>
    /// <param name="imf">Initial mass function, for the surviving mass.</param>
    /// <exception cref="InputException">The first stars are older than the Universe.</exception>
    public static Galaxy WithHistory(Galaxy galaxy, ContinuousHistory history, InitialMassFunction imf)
    {
        ArgumentNullException.ThrowIfNull(galaxy);
        ArgumentNullException.ThrowIfNull(history);
        var binned = history.Binned(Cosmology.AgeGyr(galaxy.Redshift));
        // Ratios of bins need a rate in every bin; 1e-12 of the mass formed per Gyr cannot be seen. Mass, rate and age that are stated are
        // those of the history itself.
        var least = history.MassFormedMsun * 1e-21;
        return galaxy with
        {
            LogMass = Math.Log10(history.SurvivingMassMsun(new SurvivingMass(imf))),
            LogSfr = Math.Log10(binned.Sfr100MsunPerYr),
            History = binned with { SfrMsunPerYr = [.. binned.SfrMsunPerYr.Select(s => Math.Max(s, least))] },
            Continuous = history,
        };
    }

    private static (string Name, double Value) Setting(string text)
    {
        var parts = text.Split('=', 2);
        var name = Names.FirstOrDefault(n => n.Name == parts[0] || n.Others.Contains(parts[0], StringComparer.OrdinalIgnoreCase)).Name
            ?? throw new InputException($"A galaxy has no '{parts[0]}'; give {ShortNames}, e.g. logM=10.5.");
        return parts.Length == 2 && double.TryParse(parts[1], System.Globalization.CultureInfo.InvariantCulture, out var value)
            ? (name, value)
            : throw new InputException($"'{text}' is not name=number, e.g. {parts[0]}=1.5.");
    }

    private static double InRange(string name, double value, double low, double high) =>
        value >= low && value <= high
            ? value
            : throw new InputException(
                FormattableString.Invariant($"The galaxy's {name} is {value:G4}; it must lie between {low:G4} and {high:G4}.")
            );
}
