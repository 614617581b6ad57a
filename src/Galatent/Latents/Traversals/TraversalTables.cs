using System.Globalization;

namespace Galatent.Latents.Traversals;

/// <summary><c>traversals.csv</c> (one row per dimension) and <c>traversal-z06.csv</c> (wavelengths down, latent values across).</summary>
internal static class TraversalTables
{
    private const string IndexName = "traversals.csv";

    public static IEnumerable<(string Name, ResultTable Table)> Of(
        int spectrum,
        double[] wavelengthAngstrom,
        IReadOnlyList<Traversal> traversals
    )
    {
        yield return (
            IndexName,
            ResultTable.Of(
                ("dimension", [.. traversals.Select(t => (double)t.Dimension)]),
                ("spectrum", [.. traversals.Select(_ => (double)spectrum)]),
                ("own_value", [.. traversals.Select(t => t.Values[t.Origin])]),
                ("stopped_below", [.. traversals.Select(t => t.StoppedBelow ?? double.NaN)]),
                ("stopped_above", [.. traversals.Select(t => t.StoppedAbove ?? double.NaN)])
            )
        );
        foreach (var t in traversals)
        {
            yield return (FileName(t.Dimension), Of(wavelengthAngstrom, t));
        }
    }

    public static ResultTable Of(double[] wavelengthAngstrom, Traversal traversal) =>
        ResultTable.Of([
            ("wavelength_angstrom", wavelengthAngstrom),
            .. traversal.Values.Select(
                (value, i) => (ResultTable.Text(value), (IReadOnlyList<double>)Array.ConvertAll(traversal[i].ToArray(), Shortest))
            ),
        ]);

    public static (int Spectrum, Traversal[] Traversals) Read(string folder, int pixels)
    {
        var index = ResultTable.Read(Path.Combine(folder, IndexName));
        var own = index.Doubles("own_value");
        var below = index.Doubles("stopped_below", mayBeUndefined: true);
        var above = index.Doubles("stopped_above", mayBeUndefined: true);
        var traversals = index
            .Doubles("dimension")
            .Select(
                (d, row) =>
                {
                    var table = ResultTable.Read(Path.Combine(folder, FileName((int)d)));
                    double[] values = [.. table.Header.Skip(1).Select(h => double.Parse(h, CultureInfo.InvariantCulture))];
                    var flux = table.Header.Skip(1).SelectMany(h => table.Doubles(h)).Select(f => (float)f).ToArray();
                    return new Traversal((int)d, Array.IndexOf(values, own[row]), values, flux, OrNull(below[row]), OrNull(above[row]));
                }
            )
            .ToArray();
        if (traversals.Any(t => t.Origin < 0 || t.Flux.Length != t.Values.Length * pixels))
        {
            throw new Numerics.InputException($"The traversals in '{folder}' do not belong together; run 'galatent analyze' again.");
        }
        return (traversals.Length == 0 ? -1 : (int)index.Doubles("spectrum")[0], traversals);
    }

    private static string FileName(int dimension) => $"traversal-{AnalysisResults.DimensionName(dimension)}.csv";

    // The double whose shortest text is that of the float: 0.1f prints as 0.1, not as 0.10000000149011612.
    private static double Shortest(float value) =>
        double.Parse(value.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static double? OrNull(double value) => double.IsNaN(value) ? null : value;
}
