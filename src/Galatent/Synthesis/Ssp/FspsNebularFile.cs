using Galatent.Files;
using Galatent.Numerics;

namespace Galatent.Synthesis.Ssp;

/// <summary>
/// Reader of FSPS' nebular line tables (<c>nebular/ZAU_ND_mist.lines</c>): a header and a line of wavelengths. Then for every (log Z, age,
/// log U), with log U varying fastest, a line "logZ age logU" and a line of luminosities in Lsun (3.839e33 erg/s) per ionising photon per
/// second.
/// Names and exact wavelengths come from <c>emlines_info.dat</c> (wavelength,name on each line, in the same order).
/// </summary>
public static class FspsNebularFile
{
    // Replaces a luminosity of zero. [Ne IV] 4720 in cool models is 1e-80; lines 10 orders below H beta do not matter.
    private const double FloorErgPerPhoton = 1e-40;

    /// <summary>Reads both files.</summary>
    /// <exception cref="InputException">A file is missing, has a number that cannot be read, or does not fit the other.</exception>
    public static NebularLineTable Read(string linesPath, string lineListPath)
    {
        var list = ReadLineList(lineListPath);
        var lines = ReadLines(linesPath);
        if (lines.Length < 4 || lines.Length % 2 != 0)
        {
            throw new InputException(
                $"'{linesPath}' has {lines.Length} lines; a header, wavelengths and pairs of lines are expected; give FSPS' ZAU_*.lines."
            );
        }
        var nodes = new List<(double LogZ, double Age, double LogU, double[] Values)>();
        for (var i = 2; i < lines.Length; i += 2)
        {
            var key = Numbers(linesPath, i, lines[i]);
            var values = Numbers(linesPath, i + 1, lines[i + 1]);
            if (key.Length != 3 || values.Length != list.Count)
            {
                throw new InputException(
                    $"'{linesPath}', line {i + 1}: {key.Length} keys and {values.Length} luminosities where 3 and {list.Count} are "
                        + $"expected; the line list '{lineListPath}' must belong to it."
                );
            }
            nodes.Add((key[0], key[1], key[2], values));
        }
        double[] Axis(Func<(double LogZ, double Age, double LogU, double[] Values), double> pick) =>
            [.. nodes.Select(pick).Distinct().Order()];
        var logZ = Axis(n => n.LogZ);
        var age = Axis(n => n.Age);
        var logU = Axis(n => n.LogU);
        if (nodes.Count != logZ.Length * age.Length * logU.Length)
        {
            throw new InputException(
                $"'{linesPath}' has {nodes.Count} models, but {logZ.Length} metallicities x {age.Length} ages x {logU.Length} ionisation "
                    + $"parameters; the grid must be complete."
            );
        }
        return new NebularLineTable
        {
            LogZ = logZ,
            LogAgeYr = Array.ConvertAll(age, Math.Log10),
            LogU = logU,
            WavelengthAngstrom = [.. list.Select(l => l.Wavelength)],
            Name = [.. list.Select(l => l.Name)],
            LogErgPerPhoton =
            [
                .. nodes
                    .OrderBy(n => n.LogZ)
                    .ThenBy(n => n.Age)
                    .ThenBy(n => n.LogU)
                    .SelectMany(n => n.Values)
                    .Select(v => (float)Math.Log10(Math.Max(v * PhysicalConstants.FspsSolarLuminosityErgPerSecond, FloorErgPerPhoton))),
            ],
        };
    }

    private static List<(double Wavelength, string Name)> ReadLineList(string path) =>
        [
            .. ReadLines(path)
                .Select(
                    (line, i) =>
                    {
                        var comma = line.IndexOf(',', StringComparison.Ordinal);
                        return comma > 0 && NumberField.TryParse(line.AsSpan(0, comma), out var wavelength)
                            ? (wavelength, line[(comma + 1)..].Trim())
                            : throw new InputException($"'{path}', line {i + 1}: '{line}' is not 'wavelength,name'; correct it.");
                    }
                ),
        ];

    private static string[] ReadLines(string path) =>
        File.Exists(path)
            ? [.. File.ReadLines(path).Where(l => l.Length > 0)]
            : throw new InputException($"There is no file '{path}'; check the path.");

    private static double[] Numbers(string path, int index, string line) =>
        [
            .. line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(text =>
                    NumberField.TryParse(text, out var x) && double.IsFinite(x)
                        ? x
                        : throw new InputException($"'{path}', line {index + 1}: '{text}' is not a number; correct it.")
                ),
        ];
}
