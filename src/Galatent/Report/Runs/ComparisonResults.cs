using Galatent.Files;
using Galatent.Numerics;

namespace Galatent.Report.Runs;

/// <summary>Models side by side, as tables: what figures and texts of a comparison are made from.</summary>
/// <param name="Models">A row for each model: dimensions and losses.</param>
/// <param name="Scatter">A row for each recipe and beta: mean and standard deviation over its models.</param>
/// <param name="Matching">A row for each pair of models.</param>
public sealed record ComparisonResults(ResultTable Models, ResultTable Scatter, ResultTable Matching)
{
    /// <summary>Before the tables' names in the <c>analysis/</c> folder of a run with several seeds.</summary>
    public const string SeedsPrefix = "seeds-";

    /// <summary>After the name of a column of means: the column of their standard deviations.</summary>
    public const string Deviation = "_standard_deviation";

    /// <summary>Reads the comparison of the seeds of a run.</summary>
    /// <param name="folder">The run's folder of tables.</param>
    /// <returns>Null when the seeds were not compared yet.</returns>
    /// <exception cref="InputException">A table is damaged, or one of several is missing.</exception>
    public static ComparisonResults? ReadSeeds(string folder)
    {
        string Path(string name) => System.IO.Path.Combine(folder, SeedsPrefix + name + ".csv");
        ResultTable Table(string name) => ResultTable.Read(Path(name), "galatent reproduce");
        return File.Exists(Path("scatter")) ? new ComparisonResults(Table("models"), Table("scatter"), Table("matching")) : null;
    }

    /// <summary>Text of a mean with its standard deviation, e.g. "7.3 ± 0.6"; "–" where there is none, the mean alone where one
    /// model has no scatter.</summary>
    /// <param name="row">Row of <see cref="Scatter"/>.</param>
    /// <param name="column">The column of means.</param>
    /// <param name="text">How a number is written.</param>
    public string Estimate(int row, string column, Func<double, string> text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var mean = Scatter.Number(row, Scatter.Require(column), mayBeUndefined: true);
        var deviation = Scatter.Number(row, Scatter.Require(column + Deviation), mayBeUndefined: true);
        return double.IsNaN(mean) ? "–"
            : double.IsNaN(deviation) ? text(mean)
            : $"{text(mean)} ± {text(deviation)}";
    }
}
