using System.Globalization;
using Galatent.Files;
using Galatent.Latents;
using Galatent.Spectra.Quantities;

namespace Galatent.Explore.Data;

/// <summary>What the dimensions of a model share with the parameters and with each other, as its analysis measured it. The samples z come
/// first: they are what is transmitted, and the means of an idle dimension may show information that its noise hides.</summary>
internal sealed class ExploredInformation
{
    // The rate of false discoveries at which a pair is called dependent, and how many standard errors the estimate must reach.
    private const double LargestQValue = 0.01;
    private const double LeastErrors = 3;
    private const int MostTold = 2;

    private static readonly string[] ParameterTables = ["mutual-information-parameters-z", "mutual-information-parameters-mu"];
    private static readonly string[] DimensionTables = ["mutual-information-latents-z", "mutual-information-latents-mu"];

    private readonly MutualInformationMatrix? _parameters;
    private readonly MutualInformationMatrix? _dimensions;

    /// <summary>Reads the tables of a model.</summary>
    /// <param name="folder">Its folder of tables.</param>
    /// <param name="inUse">The dimensions in use.</param>
    public ExploredInformation(string folder, int[] inUse)
    {
        string[] names = Array.ConvertAll(inUse, AnalysisResults.DimensionName);
        MutualInformationMatrix? First(string[] tables) =>
            tables.Select(t => AnalysisFolder.Find(folder, t)).OfType<ResultTable>().FirstOrDefault() is { } table
                ? MutualInformationMatrix.FromTable(table)
                : null;
        if (First(ParameterTables) is { } parameters)
        {
            int[] rows = [.. names.Select(n => Array.IndexOf(parameters.Rows, n)).Where(r => r >= 0)];
            _parameters = parameters.Select(rows, [.. Enumerable.Range(0, parameters.Columns.Length)]);
        }
        if (First(DimensionTables) is { } dimensions)
        {
            int[] rows = [.. names.Select(n => Array.IndexOf(dimensions.Rows, n)).Where(r => r >= 0)];
            _dimensions = dimensions.Select(rows, rows);
        }
    }

    /// <summary>The tables as the page reads them.</summary>
    public InformationReply Reply => new(Matrix(_parameters), Matrix(_dimensions));

    /// <summary>What a dimension shares most with, at most two quantities.</summary>
    public SharedQuantity[] Tells(string dimension) =>
        [.. Significant().Where(p => p.Dimension == dimension).Select(p => p.With).Take(MostTold)];

    /// <summary>The pair of dimension and parameter that shares most; null when none is significant.</summary>
    public (string Dimension, string Parameter)? Strongest() =>
        Significant() is [var (dimension, with), ..] ? (dimension, with.Column) : null;

    /// <summary>A sentence about each parameter of which a dimension tells: which shares most with it, and which comes next.</summary>
    public Dictionary<string, string> Sentences() =>
        Significant().GroupBy(p => p.With.Column).ToDictionary(pairs => pairs.Key, pairs => Sentence([.. pairs]));

    private static string Sentence((string Dimension, SharedQuantity With)[] largestFirst)
    {
        var (dimension, best) = largestFirst[0];
        var value = $"{Nat(best.Nat, best.StandardErrorNat)} ± {Nat(best.StandardErrorNat, best.StandardErrorNat)} nat";
        if (largestFirst.Length == 1)
        {
            return $"Of all dimensions only {dimension} is known to share with {best.Words}, {value}.";
        }
        var (next, second) = largestFirst[1];
        var then = Nat(second.Nat, best.StandardErrorNat);
        return best.IsMost
            ? $"Of all dimensions {dimension} shares most with {best.Words}, {value}; then {next}, {then}."
            : $"{dimension} and {next} share about as much with {best.Words}, {value} and {then}.";
    }

    // Largest first.
    private List<(string Dimension, SharedQuantity With)> Significant()
    {
        var found = new List<(string Dimension, SharedQuantity With)>();
        for (var i = 0; _parameters is { } m && i < m.Nat.Length; i++)
        {
            if (m.QValue[i] < LargestQValue && m.Nat[i] > LeastErrors * m.StandardDeviationNat[i])
            {
                var column = m.Columns[i % m.Columns.Length];
                var shared = new SharedQuantity(
                    column,
                    GalaxyQuantities.WordsOf(column),
                    m.Nat[i],
                    m.StandardDeviationNat[i],
                    IsMost: false
                );
                found.Add((m.Rows[i / m.Columns.Length], shared));
            }
        }
        return [.. found.OrderByDescending(f => f.With.Nat).Select(f => (f.Dimension, f.With with { IsMost = IsMost(f.With, found) }))];
    }

    // Two estimates differ when their difference is twice its error.
    private static bool IsMost(SharedQuantity pair, List<(string Dimension, SharedQuantity With)> all) =>
        all.Where(f => f.With.Column == pair.Column && !ReferenceEquals(f.With, pair))
            .All(f => pair.Nat - f.With.Nat > 2 * Math.Sqrt(Square(pair.StandardErrorNat) + Square(f.With.StandardErrorNat)));

    private static InformationMatrix? Matrix(MutualInformationMatrix? m)
    {
        double?[] Known(double[] values) => Array.ConvertAll(values, v => double.IsFinite(v) ? v : (double?)null);
        return m is null
            ? null
            : new InformationMatrix(
                m.Rows,
                m.Columns,
                Array.ConvertAll(m.Columns, GalaxyQuantities.WordsOf),
                Known(m.Nat),
                Known(m.StandardDeviationNat),
                Known(m.QValue),
                string.Create(CultureInfo.InvariantCulture, $"{m.RowCount} spectra")
            );
    }

    private static double Square(double x) => x * x;

    // As many digits as the error lets count, at least two.
    private static string Nat(double value, double error) =>
        value.ToString(error is > 0 and < 0.0095 ? "F3" : "F2", CultureInfo.InvariantCulture);
}
