using Galatent.Numerics;
using Galatent.Spectra.Quantities;
using Galatent.Synthesis.StarFormation;

namespace Galatent.Synthesis.Galaxies;

/// <summary>One galaxy described by a few numbers. Everything else follows the mean relations of the population.</summary>
public static class GalaxyDescription
{
    private static readonly GalaxyQuantity[] Settable =
    [
        GalaxyQuantities.LogMass,
        GalaxyQuantities.LogSfr,
        GalaxyQuantities.Redshift,
        GalaxyQuantities.LogZStar,
        GalaxyQuantities.LogZGas,
        GalaxyQuantities.LogU,
        GalaxyQuantities.Dust1,
        GalaxyQuantities.Dust2,
        GalaxyQuantities.DustIndex,
    ];

    /// <summary>The short names of the settings, in one line.</summary>
    public static string ShortNames => string.Join(", ", Settable.Select(q => q.ShortNames[0]));

    /// <summary>The galaxy that <c>name=value</c> settings describe, e.g. <c>logM=10.5 logSFR=0.3</c>.</summary>
    /// <param name="settings">Names as in the files, or the short ones of <see cref="GalaxyQuantity.ShortNames"/>.</param>
    /// <param name="imf">Initial mass function, which sets the surviving mass.</param>
    /// <exception cref="InputException">A name is unknown or a value cannot be used.</exception>
    public static Galaxy Parse(IReadOnlyList<string> settings, InitialMassFunction imf)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var values = settings.Select(Setting).ToList();
        if (values.GroupBy(v => v.Quantity).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw new InputException($"The galaxy's {twice.Key.Name} is given twice; give it once.");
        }
        double Value(GalaxyQuantity quantity, double otherwise) =>
            InRange(
                quantity,
                quantity.Range,
                values.FirstOrDefault(v => v.Quantity == quantity) is { Quantity: not null } found ? found.Value : otherwise
            );
        var redshift = Value(GalaxyQuantities.Redshift, 0.5);
        var logMass = Value(GalaxyQuantities.LogMass, 10);
        var logSfr = InRange(
            GalaxyQuantities.LogSfr,
            (logMass - 14, logMass - 8.15),
            Value(GalaxyQuantities.LogSfr, Math.Min(StarFormingSequence.LogRidgeSfr(logMass, redshift), logMass - 8.15))
        );
        var isQuiescent = logSfr < StarFormingSequence.LogRidgeSfr(logMass, redshift) - 0.8;
        var logZGas = Value(GalaxyQuantities.LogZGas, MetallicityRelations.LogZGas(0, logMass, logSfr));
        var dust2 = Value(GalaxyQuantities.Dust2, DustPriors.DrawDust2(0.5, logMass, logSfr, logZGas, isQuiescent));
        return new Galaxy
        {
            Redshift = redshift,
            LogMass = logMass,
            LogSfr = logSfr,
            LogZStar = Value(GalaxyQuantities.LogZStar, MetallicityRelations.StellarRelation(logMass).Mean),
            LogZGas = logZGas,
            LogU = Value(GalaxyQuantities.LogU, Math.Clamp(IonizationParameterRelation.MeanLogU(logMass, logSfr, logZGas), -4, -1)),
            Dust1 = Value(GalaxyQuantities.Dust1, dust2),
            Dust2 = dust2,
            DustIndex = Value(GalaxyQuantities.DustIndex, DustPriors.DrawDustIndex(0.5, dust2)),
            IsQuiescent = isQuiescent,
            History = new HistoryPrior(new SurvivingMass(imf)).Make(default, Cosmology.AgeGyr(redshift), logMass, logSfr, isQuiescent),
        };
    }

    /// <summary>Whether the settings give the mass or the star-formation rate.</summary>
    public static bool StatesMassOrRate(IReadOnlyList<string> settings) =>
        settings.Any(s =>
            Setting(s).Quantity is var quantity && (quantity == GalaxyQuantities.LogMass || quantity == GalaxyQuantities.LogSfr)
        );

    /// <summary>The described galaxy with another history. Its mass and rate then come from that history.</summary>
    /// <param name="galaxy">The galaxy.</param>
    /// <param name="history">The history. Its first stars must not be older than the Universe at the galaxy's redshift.</param>
    /// <param name="imf">Initial mass function, which sets the surviving mass.</param>
    /// <exception cref="InputException">The first stars are older than the Universe.</exception>
    public static Galaxy WithHistory(Galaxy galaxy, ContinuousHistory history, InitialMassFunction imf)
    {
        ArgumentNullException.ThrowIfNull(galaxy);
        ArgumentNullException.ThrowIfNull(history);
        var binned = history.Binned(Cosmology.AgeGyr(galaxy.Redshift));
        // Ratios of bins need a rate in every bin; 1e-12 of the mass formed per Gyr is too little to be seen. The stated mass, rate and age
        // are those of the history itself.
        var least = history.MassFormedMsun * 1e-21;
        return galaxy with
        {
            LogMass = Math.Log10(history.SurvivingMassMsun(new SurvivingMass(imf))),
            LogSfr = Math.Log10(binned.Sfr100MsunPerYr),
            History = binned with { SfrMsunPerYr = [.. binned.SfrMsunPerYr.Select(s => Math.Max(s, least))] },
            Continuous = history,
        };
    }

    private static (GalaxyQuantity Quantity, double Value) Setting(string text)
    {
        var parts = text.Split('=', 2);
        var quantity = Array.Find(Settable, q => q.IsCalled(parts[0]))
            ?? throw new InputException($"A galaxy has no '{parts[0]}'; give {ShortNames}, e.g. logM=10.5.");
        return parts.Length == 2 && TypedNumber.TryParse(parts[1], out var value)
            ? (quantity, value)
            : throw new InputException(
                $"'{text}' is not name=number; write the number with a decimal point and nothing else, e.g. {parts[0]}=1.5."
            );
    }

    private static double InRange(GalaxyQuantity quantity, (double Low, double High) range, double value) =>
        value >= range.Low && value <= range.High
            ? value
            : throw new InputException(
                FormattableString.Invariant(
                    $"The galaxy's {quantity.Name} is {value:G4}; it must lie between {range.Low:G4} and {range.High:G4}."
                )
            );
}
