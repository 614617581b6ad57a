using System.Globalization;
using Galatent.Files;
using Galatent.Numerics;
using Galatent.Synthesis.StarFormation;

namespace Galatent.Synthesis.Ssp;

/// <summary>
/// SSP spectra in the format of FSPS (<c>.spec</c>, compsp.f90 with compute_vega_mags off): comment lines with #, a line "n_age n_wave",
/// and the wavelengths (Å, vacuum). Then for each age a line "log(age/yr) log(mass) log(Lbol) log(SFR)" and the fluxes, L_nu in Lsun/Hz
/// per solar mass formed. The mass is what survives of one solar mass, remnants included.
/// A file holds one metallicity ("Log(Z/Zsol): x"), so a table needs several files. Our own comment lines, which other readers ignore, hold
/// what the format does not provide for.
/// </summary>
public static class FspsSpecFile
{
    private const double SolarMetallicity = 0.0142; // MIST, FSPS 3.2

    /// <summary>Reads one file per metallicity, in any order.</summary>
    /// <exception cref="InputException">A file is missing or has another form, or the files do not fit together.</exception>
    public static SspTable Read(IReadOnlyList<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        if (paths.Count < 2)
        {
            throw new InputException(
                $"'{paths[0]}' holds one metallicity, but interpolation needs at least 2; give several .spec files, one per metallicity, "
                    + $"separated by commas."
            );
        }
        var files = paths.Select(FspsSpecReader.Read).OrderBy(f => f.LogZ).ToArray();
        var first = files[0];
        foreach (var file in files.Skip(1))
        {
            if (files.Count(f => f.LogZ == file.LogZ) > 1)
            {
                throw new InputException(
                    FormattableString.Invariant(
                        $"'{file.Path}' has log Z/Zsun = {file.LogZ}, as another file has; give one .spec file per metallicity."
                    )
                );
            }
            if (!file.LogAge.SequenceEqual(first.LogAge) || !file.Wavelength.SequenceEqual(first.Wavelength))
            {
                throw new InputException(
                    $"'{file.Path}' has other ages or wavelengths than '{first.Path}'; all .spec files of a table must share them."
                );
            }
        }
        double[] logZ = [.. files.Select(f => f.LogZ)];
        var lnu = files.SelectMany(f => f.Lnu).ToArray();
        var solar = first.Number("Zsol", SolarMetallicity);
        var lsun = first.Number("Lsun", PhysicalConstants.FspsSolarLuminosityErgPerSecond);
        var (rate, origin) = files.All(f => f.LogIonizingRate.Length == first.LogAge.Length)
            ? (files.SelectMany(f => f.LogIonizingRate).ToArray(), IonizingRateOrigin.Stated)
            : IonizingRate.Of(logZ, solar, first.LogAge, first.Wavelength, lnu, lsun);
        return new SspTable
        {
            LogZ = logZ,
            LogAgeYr = first.LogAge,
            WavelengthAngstrom = first.Wavelength,
            Lnu = lnu,
            LogIonizingRate = rate,
            IonizingRateOrigin = origin,
            SurvivingMass = [.. files.SelectMany(f => f.LogMass.Select(m => Math.Pow(10, m)))],
            Provenance = new SspProvenance(
                first.Remark("Source") ?? "FSPS simple stellar populations",
                first.Remark("Cite") ?? "Conroy, Gunn and White 2009, ApJ 699, 486; Conroy and Gunn 2010, ApJ 712, 833",
                Imf(first.Remark("IMF") ?? ""),
                first.Remark("Isochrones") ?? "",
                first.Remark("Library") ?? "",
                solar,
                lsun
            ),
        }.Validated(first.Path);
    }

    /// <summary>The files that <see cref="Write"/> writes, in order of increasing metallicity.</summary>
    /// <param name="path">Folder and start of the file names. An extension is dropped.</param>
    /// <param name="table">The table.</param>
    public static IReadOnlyList<string> Names(string path, SspTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var stem = Path.ChangeExtension(path, null);
        return
        [
            .. Enumerable
                .Range(0, table.MetallicityCount)
                .Select(z => string.Create(CultureInfo.InvariantCulture, $"{stem}_z{table.LogZ[z]:+0.0000;-0.0000}.spec")),
        ];
    }

    /// <summary>Writes one file per metallicity: <c>stem_z-1.0000.spec</c> and so on. Each file appears only when it is complete.</summary>
    /// <param name="path">Folder and start of the file names. An extension is dropped.</param>
    /// <param name="table">The table. If it has no surviving mass, the fit for its initial mass function is used
    /// (<see cref="SurvivingMass"/>).</param>
    /// <returns>The files, in order of increasing metallicity.</returns>
    /// <exception cref="InputException">Neither the mass nor the initial mass function is known.</exception>
    public static IReadOnlyList<string> Write(string path, SspTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var fit =
            table.SurvivingMass.Length > 0
                ? null
                : new SurvivingMass(
                    InitialMassFunctions.Of(table.Provenance.InitialMassFunction)
                        ?? throw new InputException(
                            "The table states neither surviving masses nor its initial mass function, which .spec files need; choose .h5 "
                                + "or .galssp."
                        )
                );
        var files = Names(path, table);
        for (var row = 0; row < files.Count; row++)
        {
            var z = row;
            AtomicFile.Write(files[z], temporary =>
            {
                using var text = new StreamWriter(temporary);
                WriteOne(text, table, z, age =>
                    table.SurvivingMass.Length > 0
                        ? table.SurvivingMass[(z * table.AgeCount) + age]
                        : fit!.Fraction(Math.Pow(10, table.LogAgeYr[age]))
                );
            });
        }
        return files;
    }

    private static void WriteOne(StreamWriter text, SspTable table, int z, Func<int, double> mass)
    {
        var p = table.Provenance;
        string Numbers<T>(IEnumerable<T> values)
            where T : IFormattable => string.Join(' ', values.Select(v => v.ToString(null, CultureInfo.InvariantCulture)));
        text.Write(
            string.Create(
                CultureInfo.InvariantCulture,
                $"#   Log(Z/Zsol):  {table.LogZ[z]}\n#   Zsol: {p.SolarMetallicity}\n#   Lsun: {p.SolarLuminosityErgPerSecond}\n#   IMF: "
                    + $"{p.InitialMassFunction}\n"
            )
        );
        text.Write(
            $"#   Source: {p.Description}\n#   Cite: {p.Citation}\n#   Isochrones: {p.Isochrones}\n#   Library: {p.SpectralLibrary}\n#   "
                + $"Log(QH): "
        );
        text.Write(Numbers(table.LogIonizingRate.Skip(z * table.AgeCount).Take(table.AgeCount)));
        text.Write("\n#\n#   log(age) log(mass) Log(lbol) log(SFR) spectra\n");
        text.Write(FormattableString.Invariant($"{table.AgeCount} {table.WavelengthCount}\n"));
        text.Write(Numbers(table.WavelengthAngstrom) + '\n');
        for (var age = 0; age < table.AgeCount; age++)
        {
            var lnu = table[z, age].ToArray();
            text.Write(Numbers([table.LogAgeYr[age], Math.Log10(mass(age)), LogBolometric(table.WavelengthAngstrom, lnu), -99.0]) + '\n');
            text.Write(Numbers(lnu) + '\n');
        }
    }

    // Integrated over the table's own range, Lsun.
    private static double LogBolometric(double[] wavelength, float[] lnu)
    {
        var sum = 0.0;
        for (var i = 1; i < lnu.Length; i++)
        {
            sum +=
                0.5
                * (lnu[i] + (double)lnu[i - 1])
                * PhysicalConstants.SpeedOfLightAngstromPerSecond
                * ((1 / wavelength[i - 1]) - (1 / wavelength[i]));
        }
        return Math.Log10(Math.Max(sum, 1e-30));
    }

    // Converts FSPS' number imf_type.
    private static string Imf(string remark) =>
        remark.Split(':')[0].Trim() switch
        {
            "0" => "Salpeter (1955)",
            "1" => "Chabrier (2003)",
            "2" => "Kroupa (2001)",
            var other => other,
        };
}
