using Galatent.Files;
using Galatent.Spectra.Lines;

namespace Galatent.Spectra.Quantities;

/// <summary>Quantities that follow from the stored parameters or are measured on the spectra themselves. So they need no column in the
/// file, and older files have them too.</summary>
public static class DerivedQuantities
{
    private const int Block = 256;

    /// <summary>The derived quantities of some spectra; those that cannot be had (no parameters, pixels that do not cover a band, flux of
    /// unknown unit) are left out. A spectrum without a value has NaN.</summary>
    /// <param name="spectra">The spectra.</param>
    /// <param name="rows">Which of them.</param>
    public static IReadOnlyList<ParameterColumn> Of(ISpectrumSource spectra, int[] rows)
    {
        ArgumentNullException.ThrowIfNull(spectra);
        ArgumentNullException.ThrowIfNull(rows);
        var columns = new List<ParameterColumn>();
        double[]? Known(GalaxyQuantity quantity) => spectra.Parameters.FirstOrDefault(p => p.Name == quantity.Name)?.Values;
        if (Known(GalaxyQuantities.LogSfr) is { } rate && Known(GalaxyQuantities.LogMass) is { } mass)
        {
            columns.Add(Column(GalaxyQuantities.LogSsfr, Array.ConvertAll(rows, row => rate[row] - mass[row])));
        }
        if (SpectrumProvenance.IsPerHertz(spectra.Provenance.FluxUnit) is { } isPerHertz)
        {
            columns.AddRange(Measured(spectra, rows, isPerHertz));
        }
        return columns;
    }

    /// <summary>Changes the flux of one spectrum, in place, to flux per hertz or per ångström, in any unit.</summary>
    /// <param name="grid">The pixels.</param>
    /// <param name="flux">Shape (n_wave).</param>
    /// <param name="toPerHertz">Whether to flux per hertz; otherwise to flux per ångström.</param>
    internal static void Convert(WavelengthGrid grid, Span<float> flux, bool toPerHertz)
    {
        for (var i = 0; i < flux.Length; i++)
        {
            // Relative to 5000 Å, so that numbers keep their size.
            var ratio = grid.WavelengthAngstrom[i] / 5000;
            flux[i] = (float)(toPerHertz ? flux[i] * (ratio * ratio) : flux[i] / (ratio * ratio));
        }
    }

    private static IEnumerable<ParameterColumn> Measured(ISpectrumSource spectra, int[] rows, bool isPerHertz)
    {
        var grid = spectra.Grid;
        var hasBreak = BreakStrength.IsInside(grid);
        LineRatio[] ratios = [.. LineRatio.All.Where(r => r.IsInside(grid))];
        var breaks = new double[rows.Length];
        double[][] values = [.. ratios.Select(_ => new double[rows.Length])];
        var flux = new float[Block * grid.Count];
        for (var first = 0; first < rows.Length && (hasBreak || ratios.Length > 0); first += Block)
        {
            var own = rows.AsSpan(first, Math.Min(Block, rows.Length - first));
            spectra.Read(own, flux);
            for (var i = 0; i < own.Length; i++)
            {
                var spectrum = flux.AsSpan(i * grid.Count, grid.Count);
                if (!isPerHertz)
                {
                    Convert(grid, spectrum, toPerHertz: true);
                }
                breaks[first + i] = BreakStrength.Of(grid, spectrum).Value;
                Convert(grid, spectrum, toPerHertz: false);
                for (var r = 0; r < ratios.Length; r++)
                {
                    values[r][first + i] = ratios[r].Of(grid, spectrum);
                }
            }
        }
        if (hasBreak)
        {
            yield return Column(GalaxyQuantities.BreakStrength, breaks);
        }
        for (var r = 0; r < ratios.Length; r++)
        {
            yield return Column(ratios[r].Quantity, values[r]);
        }
    }

    private static ParameterColumn Column(GalaxyQuantity quantity, double[] values) =>
        new(quantity.Name, quantity.Unit, quantity.Description, values);
}
