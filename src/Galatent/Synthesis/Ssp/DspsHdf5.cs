using Galatent.Files;
using Galatent.Numerics;
using Galatent.Spectra;
using PureHDF;

namespace Galatent.Synthesis.Ssp;

/// <summary>
/// SSP tables in the HDF5 layout of DSPS (Hearin et al. 2023): <c>ssp_lgmet</c> log10 of absolute Z, <c>ssp_lg_age_gyr</c>, <c>ssp_wave</c>
/// Å vacuum, <c>ssp_flux</c> (n_z, n_age, n_wave) Lsun/Hz per solar mass formed.
/// Also read when present: <c>ssp_log_qh</c>, <c>ssp_living_mass</c>, and the root attributes imf, isochrones, library, citation,
/// description, solar_metallicity.
/// </summary>
public static class DspsHdf5
{
    /// <summary>Reads and checks a file.</summary>
    /// <exception cref="InputException">Missing, damaged, or not usable as an SSP table.</exception>
    public static SspTable Read(string path) => Hdf5.Open(path, file =>
        {
            var solar = Hdf5.AttributeNumbers(file, "solar_metallicity") is [var stated, ..] ? stated : 0.0142;
            if (!(solar is > 0 and < 1))
            {
                throw new InputException(
                    $"'{path}': the attribute solar_metallicity is {solar}; a mass fraction such as 0.0142 is expected."
                );
            }
            var logZ = Array.ConvertAll(Axis(file, path, "ssp_lgmet"), x => x - Math.Log10(solar));
            var logAge = Array.ConvertAll(Axis(file, path, "ssp_lg_age_gyr"), x => x + 9);
            var wavelength = Axis(file, path, "ssp_wave");
            SspTable.RequireAscending(path, "metallicities (/ssp_lgmet)", logZ);
            SspTable.RequireAscending(path, "ages (/ssp_lg_age_gyr)", logAge);
            var wave = Hdf5.Dataset(file, path, "ssp_wave");
            WavelengthUnit.RequireStated(path, "/ssp_wave", Hdf5.Text(wave, "units"));
            WavelengthUnit.RequireStated(path, "/ssp_wave", Hdf5.Text(wave, "unit"));
            WavelengthUnit.RequireAngstrom(path, "/ssp_wave", wavelength);
            SspTable.RequireAscending(path, "wavelengths (/ssp_wave)", wavelength);
            long[] due = [logZ.Length, logAge.Length, wavelength.Length];
            var dataset = Hdf5.Dataset(file, path, "ssp_flux");
            Hdf5Numbers.RequireShape(path, dataset, "ssp_flux", due, "metallicities, ages, wavelengths");
            var flux = Hdf5Numbers.Singles(path, dataset, "ssp_flux", 0, logZ.Length);
            SspTable.RequireFlux(path, flux, logAge.Length, wavelength);
            var given = PerPopulation(file, path, "ssp_log_qh", due);
            var (rate, origin) =
                given.Length == 0
                    ? IonizingRate.Of(logZ, solar, logAge, wavelength, flux, Lsun(file, path))
                    : (given, IonizingRateOrigin.Stated);
            var table = new SspTable
            {
                LogZ = logZ,
                LogAgeYr = logAge,
                WavelengthAngstrom = wavelength,
                Lnu = flux,
                LogIonizingRate = rate,
                IonizingRateOrigin = origin,
                LivingMass = PerPopulation(file, path, "ssp_living_mass", due),
                SurvivingMass = PerPopulation(file, path, "ssp_surviving_mass", due),
                EmissionLines = Lines(file, path, due),
                Provenance = new SspProvenance(
                    Hdf5.Text(file, "description"),
                    Hdf5.Text(file, "citation"),
                    Hdf5.Text(file, "imf"),
                    Hdf5.Text(file, "isochrones"),
                    Hdf5.Text(file, "library"),
                    solar,
                    Lsun(file, path)
                ),
            };
            return table.Validated(path);
        });

    /// <summary>Writes a table that DSPS' own loader can read. The file appears only when it is complete.</summary>
    public static void Write(string path, SspTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var p = table.Provenance;
        ulong[] populations = [(ulong)table.MetallicityCount, (ulong)table.AgeCount];
        var file = new H5File
        {
            ["ssp_lgmet"] = Array.ConvertAll(table.LogZ, x => x + Math.Log10(p.SolarMetallicity)),
            ["ssp_lg_age_gyr"] = Array.ConvertAll(table.LogAgeYr, x => x - 9),
            ["ssp_wave"] = table.WavelengthAngstrom,
            ["ssp_flux"] = new H5Dataset(table.Lnu, fileDims: [.. populations, (ulong)table.WavelengthCount])
            {
                Attributes = new()
                {
                    ["units"] = string.Create(
                        System.Globalization.CultureInfo.InvariantCulture,
                        $"Lsun/Hz per solar mass formed, Lsun = {p.SolarLuminosityErgPerSecond:G4} erg/s"
                    ),
                },
            },
            ["ssp_log_qh"] = new H5Dataset(table.LogIonizingRate, fileDims: populations),
            Attributes = new()
            {
                ["description"] = p.Description,
                ["citation"] = p.Citation,
                ["imf"] = p.InitialMassFunction,
                ["isochrones"] = p.Isochrones,
                ["library"] = p.SpectralLibrary,
                ["solar_metallicity"] = p.SolarMetallicity,
            },
        };
        if (table.LivingMass.Length > 0)
        {
            file["ssp_living_mass"] = new H5Dataset(table.LivingMass, fileDims: populations);
        }
        if (table.SurvivingMass.Length > 0)
        {
            file["ssp_surviving_mass"] = new H5Dataset(table.SurvivingMass, fileDims: populations);
        }
        if (table.EmissionLines is { } lines)
        {
            file["ssp_emline_name"] = new H5Dataset(lines.Name);
            file["ssp_emline_wave"] = lines.WavelengthAngstrom;
            file["ssp_emline_luminosity"] = new H5Dataset(lines.LuminosityLsun, fileDims: [.. populations, (ulong)lines.Name.Length])
            {
                Attributes = new() { ["units"] = "Lsun per solar mass formed" },
            };
        }
        AtomicFile.Write(path, temporary => file.Write(temporary));
    }

    private static double[] Axis(IH5Group file, string path, string name)
    {
        var values = Hdf5Numbers.Doubles(file, path, name);
        Hdf5Numbers.RequireShape(path, Hdf5.Dataset(file, path, name), name, [values.Length], "a list");
        return values;
    }

    // One number for each metallicity and age; empty when the file has none.
    private static double[] PerPopulation(IH5Group file, string path, string name, long[] due)
    {
        if (!file.LinkExists(name))
        {
            return [];
        }
        Hdf5Numbers.RequireShape(path, Hdf5.Dataset(file, path, name), name, due[..2], "metallicities, ages");
        return Hdf5Numbers.Doubles(file, path, name);
    }

    // Some tables also have lines, for one ionisation parameter. DSPS stores them in Lsun per solar mass formed.
    private static SspEmissionLines? Lines(IH5Group file, string path, long[] due)
    {
        if (!file.LinkExists("ssp_emline_luminosity"))
        {
            return null;
        }
        var wavelength = Axis(file, path, "ssp_emline_wave");
        var dataset = Hdf5.Dataset(file, path, "ssp_emline_luminosity");
        Hdf5Numbers.RequireShape(path, dataset, "ssp_emline_luminosity", [due[0], due[1], wavelength.Length], "metallicities, ages, lines");
        var luminosity = Hdf5Numbers.Doubles(file, path, "ssp_emline_luminosity");
        var names = file.LinkExists("ssp_emline_name")
            ? Hdf5Columns.Texts(path, Hdf5.Dataset(file, path, "ssp_emline_name"), "ssp_emline_name")
            : [.. wavelength.Select(w => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{w:F2}"))];
        return names.Length == wavelength.Length && luminosity.All(l => double.IsFinite(l) && l >= 0)
            ? new SspEmissionLines(names, wavelength, luminosity)
            : throw new InputException(
                $"'{path}': its emission lines do not fit together ({names.Length} names, {wavelength.Length} wavelengths, "
                    + $"{luminosity.Length} luminosities, which must be finite and not negative); make the file again."
            );
    }

    // The unit attribute gives the table's own Lsun ("..., Lsun = 3.826e33 erg/s"). Without it the file is taken as FSPS' (3.839e33).
    private static double Lsun(IH5Group file, string path)
    {
        const string mark = "Lsun = ";
        var unit = Hdf5.Text(Hdf5.Dataset(file, path, "ssp_flux"), "units");
        var at = unit.IndexOf(mark, StringComparison.Ordinal);
        if (at < 0)
        {
            return PhysicalConstants.FspsSolarLuminosityErgPerSecond;
        }
        var number = unit[(at + mark.Length)..].Split(' ')[0];
        return NumberField.TryParse(number, out var ergPerSecond) && ergPerSecond > 0
            ? ergPerSecond
            : throw new InputException(
                $"'{path}': the attribute units of /ssp_flux says '{unit}', where a solar luminosity in erg/s is due after '{mark}'."
            );
    }
}
