using Galatent.Files;

namespace Galatent.Latents.Estimates;

/// <summary>A row of <c>estimates-coverage.csv</c>: coverage of the conformal intervals in a part of the test rows. The promise holds for
/// all rows together, not for each part.</summary>
internal sealed record CoverageRow(string Parameter, string Part, int Rows, double Coverage68, double Coverage95)
{
    private const int Bins = 4;

    public static TableColumns<CoverageRow> Columns { get; } =
        new TableColumns<CoverageRow>(new("", "", 0, 0, 0))
            .Text("parameter", r => r.Parameter, (r, v) => r with { Parameter = v })
            .Text("part", r => r.Part, (r, v) => r with { Part = v })
            .Count("rows", r => r.Rows, (r, v) => r with { Rows = v })
            .Number("coverage_68", r => r.Coverage68, (r, v) => r with { Coverage68 = v }, mayBeUndefined: true)
            .Number("coverage_95", r => r.Coverage95, (r, v) => r with { Coverage95 = v }, mayBeUndefined: true);

    /// <summary>Coverage in four bins of the true value, and for quiescent galaxies.</summary>
    /// <param name="parameter">Its name.</param>
    /// <param name="intervals">Truth and the ends of both intervals, for every test row.</param>
    /// <param name="quiescent">Which rows are quiescent; null when not known.</param>
    public static IEnumerable<CoverageRow> Of(string parameter, double[][] intervals, bool[]? quiescent)
    {
        int[] order = [.. Enumerable.Range(0, intervals.Length).OrderBy(i => intervals[i][0])];
        for (var bin = 0; bin < Bins; bin++)
        {
            yield return Part(
                $"quarter {bin + 1} of the true value",
                order[(bin * order.Length / Bins)..((bin + 1) * order.Length / Bins)]
            );
        }
        if (quiescent is not null)
        {
            yield return Part("quiescent", [.. order.Where(i => quiescent[i])]);
        }

        CoverageRow Part(string name, int[] rows) => new(parameter, name, rows.Length, Share(rows, 1), Share(rows, 3));

        double Share(int[] rows, int at) =>
            rows.Length == 0
                ? double.NaN
                : rows.Count(i => intervals[i][0] >= intervals[i][at] && intervals[i][0] <= intervals[i][at + 1]) / (double)rows.Length;
    }
}
