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

    // Largest first.
    private readonly (string Dimension, SharedQuantity With)[] _significant = [];

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
            _significant = Significant(_parameters);
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
        [.. _significant.Where(p => p.Dimension == dimension).Select(p => p.With).Take(MostTold)];

    /// <summary>The pair of dimension and parameter that shares most; null when none is significant.</summary>
    public (string Dimension, string Parameter)? Strongest() =>
        _significant is [var (dimension, with), ..] ? (dimension, with.Column) : null;

    /// <summary>A sentence about each parameter of which a dimension tells: which shares most with it, and which comes next.</summary>
    public Dictionary<string, string> Sentences() =>
        _significant.GroupBy(p => p.With.Column).ToDictionary(pairs => pairs.Key, pairs => Sentence([.. pairs]));

    /// <summary>What a dimension shares most with, in a sentence; and the quantity alone where no other comes near.</summary>
    public (string Sentence, string? Quantity) About(string dimension)
    {
        SharedQuantity[] told = [.. _significant.Where(p => p.Dimension == dimension).Select(p => p.With)];
        if (told.Length == 0)
        {
            return ($"{dimension} shares nothing significant with a parameter.", null);
        }
        var most = told[0];
        SharedQuantity[] near = [.. told.Where(q => !IsClearlyMore(most, q))];
        if (near.Length > 1)
        {
            return ($"{dimension} shares about as much with {Listed([.. near.Select(q => $"{q.Words} ({Nat(q)} nat)")])}.", null);
        }
        return AllOf(dimension).All(q => q.Column == most.Column || IsClearlyMore(most, q))
            ? ($"Of all parameters {dimension} shares most with {most.Words}, {WithError(most)}.", most.Words)
            : ($"{dimension} is not known to share more with any parameter than with {most.Words}, {WithError(most)}.", null);
    }

    private static string Sentence((string Dimension, SharedQuantity With)[] largestFirst)
    {
        var (dimension, best) = largestFirst[0];
        (string Dimension, SharedQuantity With)[] near = [.. largestFirst.Where(f => !IsClearlyMore(best, f.With))];
        if (near.Length > 1)
        {
            var names = Listed([.. near.Select(f => $"{f.Dimension} ({Nat(f.With)} nat)")]);
            return $"About as much is shared with {best.Words} by {names}.";
        }
        if (!best.IsMost)
        {
            return $"No dimension is known to share more with {best.Words} than {dimension}, {WithError(best)}.";
        }
        var next = largestFirst.Length > 1 ? $"; then {largestFirst[1].Dimension}, {Nat(largestFirst[1].With)}" : "";
        return $"Of all dimensions {dimension} shares most with {best.Words}, {WithError(best)}{next}.";
    }

    private static (string Dimension, SharedQuantity With)[] Significant(MutualInformationMatrix m) =>
        [
            .. Known(m)
                .Where(i => m.QValue[i] < LargestQValue && m.Nat[i] > LeastErrors * m.StandardDeviationNat[i])
                .Select(i => (m.Rows[i / m.Columns.Length], Shared(m, i) with { IsMost = IsMost(m, i) }))
                .OrderByDescending(f => f.Item2.Nat),
        ];

    private static SharedQuantity Shared(MutualInformationMatrix m, int i) =>
        new(
            m.Columns[i % m.Columns.Length],
            GalaxyQuantities.WordsOf(m.Columns[i % m.Columns.Length]),
            m.Nat[i],
            m.StandardDeviationNat[i],
            IsMost: false
        );

    // Estimates that are not significant count here, too: one with a large error may be the largest.
    private static bool IsMost(MutualInformationMatrix m, int at)
    {
        int[] others = [.. Known(m).Where(i => i != at && i % m.Columns.Length == at % m.Columns.Length)];
        return others.Length > 0 && others.All(i => IsClearlyMore(Shared(m, at), Shared(m, i)));
    }

    private IEnumerable<SharedQuantity> AllOf(string dimension) =>
        _parameters is { } m ? Known(m).Where(i => m.Rows[i / m.Columns.Length] == dimension).Select(i => Shared(m, i)) : [];

    private static IEnumerable<int> Known(MutualInformationMatrix m) =>
        Enumerable.Range(0, m.Nat.Length).Where(i => double.IsFinite(m.Nat[i]));

    // Two estimates differ when their difference is twice its error; an error that is unknown tells nothing.
    private static bool IsClearlyMore(SharedQuantity more, SharedQuantity less) =>
        more.Nat - less.Nat > 2 * Math.Sqrt(Square(more.StandardErrorNat) + Square(less.StandardErrorNat));

    private static string Listed(string[] items) =>
        items.Length < 2 ? string.Concat(items) : $"{string.Join(", ", items[..^1])} and {items[^1]}";

    private static string Nat(SharedQuantity q) => Nat(q.Nat, q.StandardErrorNat);

    private static string WithError(SharedQuantity q) => $"{Nat(q)} ± {Nat(q.StandardErrorNat, q.StandardErrorNat)} nat";

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
