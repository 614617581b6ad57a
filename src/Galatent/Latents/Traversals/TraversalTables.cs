using System.Globalization;
using Galatent.Files;
using Galatent.Numerics;

namespace Galatent.Latents.Traversals;

/// <summary><c>traversals.csv</c> (one row per dimension) and <c>traversal-z06.csv</c> (one row per wavelength, one column per latent
/// value).</summary>
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
            TraversalRow.Columns.Table(
                traversals.Select(t => new TraversalRow(
                    t.Dimension,
                    spectrum,
                    t.Values[t.Origin],
                    t.StoppedBelow ?? double.NaN,
                    t.StoppedAbove ?? double.NaN
                ))
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
        var index = TraversalRow.Columns.Rows(AnalysisFolder.ReadTable(folder, IndexName));
        var traversals = Array.ConvertAll(index, row =>
        {
            var table = AnalysisFolder.ReadTable(folder, FileName(row.Dimension));
            double[] values = [.. table.Header.Skip(1).Select(h => double.Parse(h, CultureInfo.InvariantCulture))];
            var flux = table.Header.Skip(1).SelectMany(h => table.Doubles(h)).Select(f => (float)f).ToArray();
            return new Traversal(
                row.Dimension,
                Array.IndexOf(values, row.OwnValue),
                values,
                flux,
                OrNull(row.StoppedBelow),
                OrNull(row.StoppedAbove)
            );
        });
        if (traversals.Any(t => t.Origin < 0 || t.Flux.Length != t.Values.Length * pixels))
        {
            throw new InputException($"The traversals in '{folder}' do not belong together; run 'galatent analyze' again.");
        }
        return (traversals.Length == 0 ? -1 : index[0].Spectrum, traversals);
    }

    private static string FileName(int dimension) => $"traversal-{AnalysisResults.DimensionName(dimension)}.csv";

    // The double with the same shortest text as the float: 0.1f becomes 0.1, not 0.10000000149011612.
    private static double Shortest(float value) =>
        double.Parse(value.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static double? OrNull(double value) => double.IsNaN(value) ? null : value;
}
