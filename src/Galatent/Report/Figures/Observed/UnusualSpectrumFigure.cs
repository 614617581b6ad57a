using Galatent.Files;
using Galatent.Latents.Outliers;
using Galatent.Networks;
using Galatent.Report.Drawing;
using Galatent.Report.Page;
using Galatent.Spectra;
using SkiaSharp;

namespace Galatent.Report.Figures.Observed;

/// <summary>One unusual spectrum: flux and what the model fits to it, the residual in units of the noise, and what it may be.</summary>
public static class UnusualSpectrumFigure
{
    private const float Left = 84;
    private const float Width = 884;
    private const double MostSigma = 15;

    /// <summary>The figure.</summary>
    /// <param name="id">Its file name without extension.</param>
    /// <param name="row">The row of the table.</param>
    /// <param name="rank">Its rank, from 1.</param>
    /// <param name="network">The model.</param>
    /// <param name="spectra">The spectra.</param>
    /// <param name="threads">Largest number of threads.</param>
    public static Figure Make(string id, OutlierRow row, int rank, VaeModel network, ObservedSpectra spectra, int threads)
    {
        ArgumentNullException.ThrowIfNull(row);
        ArgumentNullException.ThrowIfNull(spectra);
        var pixels = spectra.Read(row.Spectrum);
        var model = OutlierSearch.Model(network, spectra, row.Spectrum, threads);
        return new Figure(id, Title(row, rank), Caption(row, rank), () =>
            Draw(row, rank, pixels, model, spectra.Mask(row.Spectrum), spectra.Grid)
        )
        {
            Data = () => Table(pixels, model, spectra.Grid),
        };
    }

    // What is drawn, pixel by pixel; empty where a pixel is bad.
    private static ResultTable Table(ObservedPixels pixels, float[] model, WavelengthGrid grid)
    {
        var weights = pixels.Weights(model);
        double[] Good(Func<int, double> value) =>
            [.. Enumerable.Range(0, model.Length).Select(j => pixels.InverseVariance[j] > 0 ? value(j) : double.NaN)];
        return ResultTable.Of(
            ("wavelength_angstrom", [.. grid.WavelengthAngstrom]),
            ("flux", Good(j => pixels.Flux[j])),
            ("model", [.. model.Select(m => (double)m)]),
            ("residual_sigma", Good(j => (pixels.Flux[j] - model[j]) * Math.Sqrt(weights[j])))
        );
    }

    private static FigureSheet Draw(OutlierRow row, int rank, ObservedPixels pixels, float[] model, byte[] mask, WavelengthGrid grid)
    {
        var sheet = new FigureSheet(1000, 640);
        var wavelength = grid.WavelengthAngstrom;
        int[] good = [.. Enumerable.Range(0, wavelength.Length).Where(j => pixels.InverseVariance[j] > 0)];
        var (first, end) = good.Length == 0 ? (0, wavelength.Length) : (good[0], good[^1] + 1);
        var x = wavelength[first..end];
        double[] Shown(Func<int, double> value) =>
            [.. Enumerable.Range(first, end - first).Select(j => pixels.InverseVariance[j] > 0 ? value(j) : double.NaN)];
        var flux = Shown(j => pixels.Flux[j]);
        double[] fitted = [.. Enumerable.Range(first, end - first).Select(j => (double)model[j])];
        var weights = pixels.Weights(model);
        var residual = Shown(j => (pixels.Flux[j] - model[j]) * Math.Sqrt(weights[j]));
        var stretches = MaskReason.Stretches(mask, (first, end), grid.CellEdgeAngstrom);
        var upper = sheet.AddPanel(Left, 66, Width, 300);
        var lower = sheet.AddPanel(Left, 388, Width, 190);
        var (low, high) = ObservedPanels.Limits(flux.Concat(fitted));
        FigureAxes.Linear(upper.Axes.Bottom, x[0], x[^1], labels: false);
        FigureAxes.Linear(upper.Axes.Left, low, high);
        FigureAxes.Linear(lower.Axes.Bottom, x[0], x[^1]);
        var most = Math.Min(MostSigma, Math.Max(5, residual.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(5).Max()));
        FigureAxes.Linear(lower.Axes.Left, -most, most);
        upper.AddStretches(stretches);
        lower.AddStretches(stretches);
        upper.AddLine(x, flux, FigurePalette.Blue, width: 1);
        upper.AddLine(x, fitted, FigurePalette.Orange, width: 1.4f);
        lower.AddLine(x, residual, FigurePalette.Vermillion, width: 1);
        sheet.LabelY(upper, FigureStyle.FluxLabel, 58);
        sheet.LabelY(lower, "Residual [σ]", 58);
        sheet.LabelX(lower, "Rest wavelength at the stated redshift [Å], vacuum", 44);
        sheet.AddText(Title(row, rank), Left, 24, bold: true, align: SKTextAlign.Left);
        var reasons = mask.AsSpan(first, end - first).ToArray().Where(m => m != 0).Select(MaskReason.IndexOf).Distinct().Order();
        sheet.AddNames(
            Left,
            48,
            [
                ("flux", FigurePalette.Blue),
                ("best fit of the model", FigurePalette.Orange),
                .. reasons.Select(r => (MaskReason.All[r].Words, MaskReason.All[r].Color)),
            ]
        );
        return sheet;
    }

    private static string Title(OutlierRow row, int rank) =>
        $"Rank {rank}: {(row.ObjectId.Length > 0 ? row.ObjectId : $"spectrum {row.Spectrum}")}, "
        + $"z = {FigureAxes.Number(row.Redshift, 4)}, {OutlierRow.NameOf(row.Class).Replace('_', ' ')}"
        + (row.Feature.Length > 0 ? $" ({row.Explanation.Replace('_', ' ')}: {row.Feature})" : "");

    private static string Caption(OutlierRow row, int rank) =>
        $"{Title(row, rank)}. {row.Measure.Replace('_', ' ')} lies {Wording.Number(row.Score, 3)} upper spreads above usual spectra; "
        + $"chi² is {Wording.Number(row.ChiSquare, 3)} times what is expected. Residuals are in units of noise and 3 % of the flux.";
}
