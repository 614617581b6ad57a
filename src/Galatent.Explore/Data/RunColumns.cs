using Galatent.Files;
using Galatent.Spectra;
using Galatent.Spectra.Lines;
using Galatent.Spectra.Quantities;

namespace Galatent.Explore.Data;

/// <summary>The columns of a run that belong to no model: parameters, and what is measured on the spectra.</summary>
internal static class RunColumns
{
    /// <summary>Most spectra that are read through to measure indices: 100,000 take about ten seconds.</summary>
    public const int MostMeasured = 200_000;

    private static readonly string[] Branches = ["star-forming", "quiescent"];

    /// <summary>All columns.</summary>
    public static ExploredColumn[] Of(ExploredRun run)
    {
        var spectra = run.Pixels.Spectra;
        var parameters = spectra.Parameters;
        var columns = parameters.Select(Parameter).ToList();
        double[]? Known(GalaxyQuantity quantity) => parameters.FirstOrDefault(p => p.Name == quantity.Name)?.Values;
        if (
            Known(GalaxyQuantities.LogSfr) is { } rate
            && Known(GalaxyQuantities.LogMass) is { } mass
            && columns.TrueForAll(c => c.Name != GalaxyQuantities.LogSsfr.Name)
        )
        {
            columns.Add(Named(GalaxyQuantities.LogSsfr, ExploredColumn.Parameters, () => [.. rate.Select((r, i) => (float)(r - mass[i]))]));
        }
        columns.AddRange(Measured(spectra).Where(m => columns.TrueForAll(c => c.Name != m.Name)));
        return [.. columns];
    }

    private static ExploredColumn Parameter(ParameterColumn column)
    {
        float[] Values() => Array.ConvertAll(column.Values, v => (float)v);
        if (column.Name == GalaxyQuantities.Quiescent.Name)
        {
            return new(column.Name, "branch", "", "star-forming or quiescent", ExploredColumn.Parameters, Values) { Categories = Branches };
        }
        return GalaxyQuantities.Named(column.Name) is { } known
            ? Named(known, ExploredColumn.Parameters, Values)
            : new(column.Name, column.Name, column.Unit, column.Name, ExploredColumn.Parameters, Values);
    }

    private static ExploredColumn Named(GalaxyQuantity quantity, string group, Func<float[]> values) =>
        new(
            quantity.Name,
            quantity.Symbol,
            quantity.Unit,
            quantity.Words == quantity.Name ? quantity.Description : quantity.Words,
            group,
            values
        );

    // All are measured in one reading of the spectra, when the first of them is asked for.
    private static IEnumerable<ExploredColumn> Measured(SpectrumStream spectra)
    {
        if (spectra.Count > MostMeasured || SpectrumProvenance.IsPerHertz(spectra.Provenance.FluxUnit) is null)
        {
            return [];
        }
        GalaxyQuantity[] quantities =
        [
            .. BreakStrength.IsInside(spectra.Grid) ? new[] { GalaxyQuantities.BreakStrength } : [],
            .. LineRatio.All.Where(r => r.IsInside(spectra.Grid)).Select(r => r.Quantity),
        ];
        var all = new Lazy<IReadOnlyList<ParameterColumn>>(() => DerivedQuantities.Of(spectra, [.. Enumerable.Range(0, spectra.Count)]));
        return quantities.Select(q =>
            Named(q, ExploredColumn.Measured, () => Array.ConvertAll(all.Value.First(c => c.Name == q.Name).Values, v => (float)v))
        );
    }
}
