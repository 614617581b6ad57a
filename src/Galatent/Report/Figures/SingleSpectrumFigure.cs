using Galatent.Report.Drawing;
using Galatent.Report.Page;
using Galatent.Spectra;
using Galatent.Synthesis;
using Galatent.Synthesis.Galaxies;
using Galatent.Synthesis.Observing;
using ScottPlot;

namespace Galatent.Report.Figures;

/// <summary>One simulated spectrum with its parts: stars, ionised gas, and the light that dust absorbs.</summary>
public static class SingleSpectrumFigure
{
    private const float Left = 72;
    private const float Top = 108;
    private const float DataWidth = 900;
    private const float DataHeight = 400;

    /// <summary>The figure.</summary>
    /// <param name="id">Its file name without extension.</param>
    /// <param name="parts">The spectrum.</param>
    /// <param name="unit">Whether flux is per hertz or per ångström.</param>
    /// <param name="galaxy">The galaxy, for the caption.</param>
    public static Figure Make(string id, SpectrumParts parts, FluxUnit unit, Galaxy galaxy)
    {
        ArgumentNullException.ThrowIfNull(parts);
        ArgumentNullException.ThrowIfNull(galaxy);
        return new Figure(id, Title(galaxy), Caption(parts, galaxy), () => Draw(parts, unit, galaxy));
    }

    private static FigureSheet Draw(SpectrumParts parts, FluxUnit unit, Galaxy galaxy)
    {
        var sheet = new FigureSheet(1000, 580);
        var panel = sheet.AddPanel(Left, Top, DataWidth, DataHeight);
        var wavelength = parts.Grid.WavelengthAngstrom;
        var low = parts.Grid.CellEdgeAngstrom[0];
        var high = parts.Grid.CellEdgeAngstrom[^1];
        FigureAxes.Linear(panel.Axes.Bottom, low, high, high - low > 5000 ? 1000 : 0);
        var (bottom, top) = Limits(parts);
        FigureAxes.Log(panel.Axes.Left, bottom, top);
        panel.XLabel(FigureStyle.WavelengthLabel);
        panel.YLabel(unit == FluxUnit.PerHertz ? FigureStyle.FluxLabel : "Normalised fλ");
        // The legend is below the axis, because spectra fill the panel from side to side.
        (double[] Flux, Color Color, string Name, float X)[] curves =
        [
            (parts.WithoutDust, FigurePalette.Faint, "without dust", 972),
            (parts.Gas, FigurePalette.Green, "gas", 850),
            (parts.Stars, FigurePalette.Vermillion, "stars", 800),
            (parts.Total, FigurePalette.Blue, "whole", 742),
        ];
        foreach (var (flux, color, name, x) in curves)
        {
            panel.AddLine(wavelength, FigureStyle.Log10(flux), color, "", 1.1f);
            sheet.AddText(name, x, Top + DataHeight + 46, bold: true, color: color, align: SkiaSharp.SKTextAlign.Right);
        }
        FeatureLabels.Add(sheet, panel, Features(galaxy), Left, Top, DataWidth);
        sheet.AddText(Title(galaxy), Left + 10, Top + 20, bold: true, align: SkiaSharp.SKTextAlign.Left);
        return sheet;
    }

    // Gas lines for active galaxies, stellar features for quiescent ones. There is no room for both.
    private static IReadOnlyList<SpectralFeature> Features(Galaxy galaxy) =>
        galaxy.LogSfr - galaxy.LogMass > -10.75
            ?
            [
                .. SpectralLines
                    .Judged.Append(new SpectralFeature("[O III]", FeatureKind.Emission, 4960.30))
                    .Append(new SpectralFeature("Hδ", FeatureKind.Emission, 4102.89)),
            ]
            : SpectralLines.Absorption;

    // The lower limit is half a decade below the faintest light (between lines, the light of the gas falls to nothing), but at most six
    // decades below the upper limit. Above there is room for the title.
    private static (double Low, double High) Limits(SpectrumParts parts)
    {
        // Only the continuum counts for the light without dust. Its lines may extend beyond the panel.
        var brightest = Math.Max(parts.Total.Max(), parts.WithoutDust.Order().ElementAt(parts.WithoutDust.Length * 19 / 20));
        var high = Math.Log10(brightest) + 0.3;
        var low = Math.Max(high - 6, Math.Log10(Math.Max(1e-30, parts.Total.Min())) - 0.5);
        return (Math.Floor(low * 5) / 5, Math.Ceiling(high * 5) / 5);
    }

    private static string Title(Galaxy g) =>
        FormattableString
            .Invariant($"log M = {g.LogMass:F2}, {Rate(g)}, z = {g.Redshift:F2}, dust {g.Dust1:F2} + {g.Dust2:F2}")
            .Replace("= -", "= −", StringComparison.Ordinal);

    private static string Rate(Galaxy g) =>
        double.IsFinite(g.LogSfr) ? FormattableString.Invariant($"log SFR = {g.LogSfr:F2}") : "no stars in the last 100 Myr";

    private static string Caption(SpectrumParts parts, Galaxy galaxy)
    {
        var rate = double.IsFinite(galaxy.LogSfr) ? $"log SFR {Wording.Number(galaxy.LogSfr)}" : "no stars younger than 100 Myr";
        var transmitted = parts.Total.Zip(parts.WithoutDust, (t, c) => t / c).ToArray();
        return $"Spectrum of a galaxy of log mass {Wording.Number(galaxy.LogMass)} and {rate}, divided by its "
            + $"median in the normalisation window. "
            + $"Dust lets {Wording.Number(100 * transmitted[parts.Grid.Nearest(1500)])} % of the light pass at 1500 Å and "
            + $"{Wording.Number(100 * transmitted[parts.Grid.Nearest(5500)])} % at 5500 Å.";
    }
}
