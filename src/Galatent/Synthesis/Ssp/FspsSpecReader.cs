using System.Globalization;
using Galatent.Files;
using Galatent.Numerics;
using Galatent.Spectra;

namespace Galatent.Synthesis.Ssp;

/// <summary>One <c>.spec</c> file: one metallicity.</summary>
/// <param name="Path">The file.</param>
/// <param name="Remarks">Its comment lines: name and text.</param>
/// <param name="LogAge">log10(age/yr).</param>
/// <param name="LogMass">log10 of the surviving mass per solar mass formed.</param>
/// <param name="Wavelength">Å.</param>
/// <param name="Lnu">Lsun/Hz per solar mass formed, shape (n_age, n_wave).</param>
internal sealed record FspsSpecReader(
    string Path,
    IReadOnlyDictionary<string, string> Remarks,
    double[] LogAge,
    double[] LogMass,
    double[] Wavelength,
    float[] Lnu
)
{
    private const int MostAges = 100_000;
    private const int MostPixels = 10_000_000;
    private const string MetallicityRemark = "Log(Z/Zsol)";

    /// <summary>log10(Z/Zsun).</summary>
    public double LogZ => Number(MetallicityRemark, double.NaN);

    /// <summary>log10 of ionising photons per second and solar mass formed, from our own comment line; empty without it.</summary>
    public double[] LogIonizingRate => Remark("Log(QH)") is { } text ? Numbers(Path, text) : [];

    /// <summary>The text of a comment line; null when the line is missing or empty.</summary>
    public string? Remark(string name) => Remarks.TryGetValue(name, out var text) && text.Length > 0 ? text : null;

    /// <summary>The number at the start of a comment line.</summary>
    public double Number(string name, double otherwise) =>
        Remark(name)?.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var first, ..] ? Numbers(Path, first)[0] : otherwise;

    /// <summary>Reads a file.</summary>
    /// <exception cref="InputException">The file is missing or has another form.</exception>
    public static FspsSpecReader Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new InputException($"There is no file '{path}'; check the path.");
        }
        RegularFile.Require(path);
        using var lines = File.ReadLines(path).GetEnumerator();
        var remarks = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        string? line = null;
        while (lines.MoveNext() && (line = lines.Current).StartsWith('#'))
        {
            // The first colon after the parentheses of a name like Log(Z/Zsol).
            if (line.IndexOf(':', StringComparison.Ordinal) is var colon and > 0)
            {
                remarks.TryAdd(line[1..colon].Trim(), line[(colon + 1)..].Trim());
            }
        }
        if (!remarks.ContainsKey(MetallicityRemark) || line is null || Numbers(path, line) is not [var ages, var pixels])
        {
            throw new InputException(
                $"'{path}' is not an FSPS .spec file: remarks with '{MetallicityRemark}: x' and then a line 'n_age n_wave' are expected."
            );
        }
        double[] Next(int count)
        {
            var values = lines.MoveNext()
                ? Numbers(path, lines.Current)
                : throw new InputException($"'{path}' ends too early; write it again with FSPS.");
            return values.Length == count
                ? values
                : throw new InputException($"'{path}': a line has {values.Length} numbers where {count} are expected.");
        }
        if (!(ages is >= 1 and <= MostAges && pixels is >= 2 and <= MostPixels && ages == Math.Floor(ages) && pixels == Math.Floor(pixels)))
        {
            throw new InputException($"'{path}' states {ages} ages and {pixels} wavelengths; write it again with FSPS.");
        }
        var wavelength = Next((int)pixels);
        var logAge = new double[(int)ages];
        var logMass = new double[(int)ages];
        var lnu = new List<float>();
        for (var a = 0; a < logAge.Length; a++)
        {
            (logAge[a], logMass[a]) = Next(4) is [var age, var mass, _, _] ? (age, mass) : default;
            lnu.AddRange(Next(wavelength.Length).Select(v => (float)v));
        }
        return new FspsSpecReader(path, remarks, logAge, logMass, wavelength, [.. lnu]).Checked();
    }

    // Checked here, where the name of the file is known. The table that several files make is checked later.
    private FspsSpecReader Checked()
    {
        SspTable.RequireAscending(Path, "ages", LogAge);
        SspTable.RequireAscending(Path, "wavelengths", Wavelength);
        WavelengthUnit.RequireAngstrom(Path, "the table", Wavelength);
        return Array.FindIndex(Lnu, f => !float.IsFinite(f) || f < 0) is var bad and >= 0
            ? throw new InputException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"'{Path}': the flux of age {bad / Wavelength.Length} at {Wavelength[bad % Wavelength.Length]} Å is {Lnu[bad]}; a "
                        + $"stellar population cannot have it."
                )
            )
            : this;
    }

    private static double[] Numbers(string path, string line) =>
        [
            .. line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(text =>
                    NumberField.TryParse(text, out var value)
                        ? value
                        : throw new InputException($"'{path}': '{text}' is not a number; is it an FSPS .spec file?")
                ),
        ];
}
