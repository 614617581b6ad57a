using Galatent.Files;

namespace Galatent.Report.Figures.Observed;

/// <summary>Spectra as a table: a line for each pixel, and columns for each spectrum.</summary>
internal static class SpectrumTable
{
    /// <summary>The table. Remarks tell which spectrum is which.</summary>
    /// <param name="sample">The dataset.</param>
    /// <param name="rows">Rows of the spectra.</param>
    /// <param name="withSimulated">Whether the most similar simulated spectrum stands beside each.</param>
    public static ResultTable Of(ObservedSample sample, int[] rows, bool withSimulated)
    {
        var columns = new List<(string Name, IReadOnlyList<double> Values)> { ("wavelength_angstrom", sample.Grid.WavelengthAngstrom) };
        foreach (var row in rows)
        {
            var spectrum = sample.Read(row);
            columns.Add(($"flux_{row}", spectrum.GoodFlux()));
            columns.Add(($"error_{row}", spectrum.Error()));
            columns.Add(($"mask_{row}", Array.ConvertAll(spectrum.Mask, m => (double)m)));
            if (withSimulated)
            {
                columns.Add(($"simulated_{row}", Array.ConvertAll(sample.Simulated.Nearest(spectrum), f => (double)f)));
            }
        }
        return ResultTable.Of([.. columns]) with
        {
            Remarks = [.. rows.Select(r => $"row {r} is {sample.Ids[r]}, from {sample.Sources[r]}".ReplaceLineEndings(" "))],
        };
    }
}
