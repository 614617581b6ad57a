using System.Globalization;
using Galatent.Numerics;

namespace Galatent.Synthesis;

/// <summary>
/// SSP spectra as FSPS writes them (<c>.spec</c>, compsp.f90 with compute_vega_mags off): lines of remarks with #, a line "n_age n_wave", the wavelengths (Å, vacuum), then per age a line
/// "log(age/yr) log(mass) log(Lbol) log(SFR)" and the fluxes, L_nu in Lsun/Hz per solar mass formed. One metallicity per file ("Log(Z/Zsol): x"), so a table needs several files.
/// </summary>
public static class FspsSpecFile
{
    /// <summary>Reads one file per metallicity, in any order.</summary>
    /// <exception cref="InputException">Missing or not of this form, or the files do not fit together.</exception>
    public static SspTable Read(IReadOnlyList<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        if (paths.Count < 2)
        {
            throw new InputException($"'{paths[0]}' holds one metallicity, but interpolation needs at least 2; give several .spec files, one per metallicity, separated by commas.");
        }
        var files = paths.Select(ReadOne).OrderBy(f => f.LogZ).ToArray();
        var first = files[0];
        foreach (var file in files.Skip(1))
        {
            if (!file.LogAge.SequenceEqual(first.LogAge) || !file.Wavelength.SequenceEqual(first.Wavelength))
            {
                throw new InputException($"'{file.Path}' has other ages or wavelengths than '{first.Path}'; all .spec files of a table must share them.");
            }
        }
        var lnu = files.SelectMany(f => f.Lnu).ToArray();
        return new SspTable
        {
            LogZ = [.. files.Select(f => f.LogZ)],
            LogAgeYr = first.LogAge,
            WavelengthAngstrom = first.Wavelength,
            Lnu = lnu,
            LogIonizingRate = IonizingRate.FromSpectra(first.Path, first.Wavelength, lnu, PhysicalConstants.FspsSolarLuminosityErgPerSecond),
            Provenance = new SspProvenance("FSPS simple stellar populations", "Conroy, Gunn and White 2009, ApJ 699, 486; Conroy and Gunn 2010, ApJ 712, 833", "", "", "", 0.0142, PhysicalConstants.FspsSolarLuminosityErgPerSecond),
        }.Validated(first.Path);
    }

    private static OneMetallicity ReadOne(string path)
    {
        if (!File.Exists(path))
        {
            throw new InputException($"There is no file '{path}'; check the path.");
        }
        using var lines = File.ReadLines(path).GetEnumerator();
        var logZ = double.NaN;
        string? line = null;
        while (lines.MoveNext() && (line = lines.Current).StartsWith('#'))
        {
            var at = line.IndexOf("Log(Z/Zsol):", StringComparison.OrdinalIgnoreCase);
            logZ = at < 0 ? logZ : Numbers(path, line[(at + 12)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0])[0];
        }
        if (double.IsNaN(logZ) || line is null || Numbers(path, line) is not [var ages, var pixels])
        {
            throw new InputException($"'{path}' is not an FSPS .spec file: remarks with 'Log(Z/Zsol): x' and then a line 'n_age n_wave' are expected.");
        }
        double[] Next(int count)
        {
            var values = lines.MoveNext() ? Numbers(path, lines.Current) : throw new InputException($"'{path}' ends too early; write it again with FSPS.");
            return values.Length == count || count == 0 ? values : throw new InputException($"'{path}': a line has {values.Length} numbers where {count} are expected.");
        }
        var wavelength = Next((int)pixels);
        var (logAge, lnu) = (new double[(int)ages], new List<float>());
        for (var a = 0; a < logAge.Length; a++)
        {
            logAge[a] = Next(0)[0];
            lnu.AddRange(Next(wavelength.Length).Select(v => (float)v));
        }
        return new OneMetallicity(path, logZ, logAge, wavelength, [.. lnu]);
    }

    private static double[] Numbers(string path, string line) => [.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text => double.TryParse(text, CultureInfo.InvariantCulture, out var value)
        ? value
        : throw new InputException($"'{path}': '{text}' is not a number; is it an FSPS .spec file?"))];

    private sealed record OneMetallicity(string Path, double LogZ, double[] LogAge, double[] Wavelength, float[] Lnu);
}
