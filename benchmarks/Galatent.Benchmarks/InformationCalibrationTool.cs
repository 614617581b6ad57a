using System.Globalization;
using Galatent.Calibration;
using Galatent.Latents.Information;

namespace Galatent.Benchmarks;

/// <summary>
/// Why: docs/notes/mutual-information-calibration.md and mi-calibration-discrete.md state how often the 95 % intervals contain the truth;
/// this prints those tables again.
/// It measures bias, spread, stated error and coverage on families with a known answer. It does not measure time, nor data unlike these
/// families.
/// Usage: Galatent.Benchmarks mi-calibration [rows = 2000] [samples = 200] [threads = 2] [folder for mi-calibration.png and .svg, - for
/// none] [families that begin so, or: discrete]. Without the last, the continuous families.
/// </summary>
internal static class InformationCalibrationTool
{
    public static void Run(ReadOnlySpan<string> arguments)
    {
        var count = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 2000;
        var samples = arguments.Length > 1 ? int.Parse(arguments[1], CultureInfo.InvariantCulture) : 200;
        var threads = arguments.Length > 2 ? int.Parse(arguments[2], CultureInfo.InvariantCulture) : 2;
        Console.WriteLine(
            $"| family ({count} rows, {samples} samples) | truth | mean | spread | stated error | coverage % | within tolerance % | "
                + $"components | p <= 0.05 % | k-nearest |"
        );
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|");
        var rows = new List<CalibrationRow>();
        var wanted = arguments.Length > 4 ? arguments[4] : "";
        foreach (var family in Families(wanted))
        {
            var row = InformationCalibration.Run(family, count, samples, new MutualInformationOptions(), threads);
            rows.Add(row);
            var neighbours = double.IsNaN(row.MeanKsg) ? "-" : row.MeanKsg.ToString("F4", CultureInfo.InvariantCulture);
            Console.WriteLine(
                $"| {row.Family} | {row.Truth:F4} | {row.MeanMi:F4} | {row.Spread:F4} | {row.MeanStd:F4} | {100 * row.Coverage:F1} | "
                    + $"{100 * row.WithinTolerance:F1} | {row.MeanComponents:F1} | {100 * row.Significant:F1} | {neighbours} |"
            );
        }
        Console.WriteLine(
            $"| mean |  |  |  |  | {100 * rows.Average(r => r.Coverage):F1} | {100 * rows.Average(r => r.WithinTolerance):F1} | | | |"
        );
        if (arguments.Length > 3 && arguments[3] != "-")
        {
            InformationCalibrationFigure.Save(rows, arguments[3]);
        }
    }

    private static IEnumerable<KnownDependence> Families(string wanted) =>
        wanted switch
        {
            "" => InformationCalibration.Families(),
            "discrete" => InformationCalibration.DiscreteFamilies(),
            _ => InformationCalibration
                .Families()
                .Concat(InformationCalibration.DiscreteFamilies())
                .Where(f => f.Name.StartsWith(wanted, StringComparison.Ordinal)),
        };
}
