using Galatent.Latents.Activity;
using Galatent.Latents.Analyses;
using Galatent.Latents.Information;
using Galatent.Numerics;
using Galatent.Spectra.Quantities;

namespace Galatent.Latents.Quantities;

/// <summary>Mutual information of the dimensions in use with quantities beyond the study's eight: specific star-formation rate, log U,
/// age, the break at 4000 Å, line ratios.</summary>
internal sealed class QuantitiesAnalysis : ILatentAnalysis
{
    public string Name => "quantities";

    public string Description => "mutual information with sSFR, log U, age, D4000n and line ratios";

    public bool IsDefault => true;

    public AnalysisOutput Run(AnalysisInput input, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        input.RequireSpectra();
        var inUse = input.RequireInUse(1);
        var rows = input.InformationRows();
        var remarks = new List<string>();
        var quantities = Usable(Columns(input, rows), remarks);
        var options = input.Options;
        NamedColumn[] z =
        [
            .. inUse.Select(d => new NamedColumn(AnalysisResults.DimensionName(d), input.Latents.SampleColumn(d)).Take(rows)),
        ];
        var table = MutualInformationTable.Compute(
            z,
            quantities,
            options.Information,
            options.Seed,
            options.Threads,
            progress,
            null,
            cancellation
        );
        var matrix = MutualInformationMatrix.From(table);
        remarks.AddRange(InformationBound.Broken(matrix, input.Latents));
        return new AnalysisOutput([new AnalysisTable(Name, matrix.ToTable())], remarks);
    }

    private static IEnumerable<NamedColumn> Columns(AnalysisInput input, int[] rows)
    {
        var derived = DerivedQuantities.Of(input.Spectra, rows);
        foreach (var quantity in GalaxyQuantities.FurtherCompared)
        {
            if (derived.FirstOrDefault(c => c.Name == quantity.Name) is { } measured)
            {
                yield return new NamedColumn(quantity.Name, measured.Values);
            }
            else if (input.Spectra.Parameters.FirstOrDefault(c => c.Name == quantity.Name) is { } stored)
            {
                yield return new NamedColumn(quantity.Name, stored.Values).Take(rows);
            }
        }
    }

    // Line ratios exist only where both lines are seen. A column with too few values is left out.
    private static NamedColumn[] Usable(IEnumerable<NamedColumn> columns, List<string> remarks)
    {
        var usable = new List<NamedColumn>();
        foreach (var column in columns)
        {
            var values = column.Values.Count(double.IsFinite);
            if (values < AnalysisInput.LeastSpectra || column.Values.Where(double.IsFinite).Distinct().Take(2).Count() < 2)
            {
                remarks.Add($"{column.Name} has {values} values (or one only) in {column.Values.Length} spectra and is left out.");
                continue;
            }
            if (values < column.Values.Length)
            {
                remarks.Add($"{column.Name} is defined for {values} of {column.Values.Length} spectra; the others are left out of it.");
            }
            usable.Add(column);
        }
        return usable.Count > 0
            ? [.. usable]
            : throw new InputException(
                "This analysis needs one of "
                    + string.Join(", ", GalaxyQuantities.FurtherCompared.Select(q => q.Name))
                    + ", stored or measurable, with several values."
            );
    }
}
