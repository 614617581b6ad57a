using Galatent.Files;
using Galatent.Spectra;

namespace Galatent.Latents.Reconstructions;

/// <summary>How much of the variance at the centre of one line is reconstructed.</summary>
/// <param name="Label">Name and wavelength, e.g. <c>[O III] 5008</c>.</param>
/// <param name="WavelengthAngstrom">Vacuum wavelength of the nearest pixel, Å.</param>
/// <param name="R2">1 - error / variance. 1 is perfect; the mean spectrum reaches 0; NaN where the spectra do not vary.</param>
public sealed record LineR2(string Label, double WavelengthAngstrom, double R2)
{
    /// <summary>Number of lines of largest variance that are always included.</summary>
    public const int BrightCount = 20;

    // Two entries with the same name that are closer than this are the same line, ångström. One list gives the mean of a doublet, the
    // other its stronger component.
    private const double SameLineAngstrom = 5;

    /// <summary>The columns of the <c>lines.csv</c> of an analysis.</summary>
    internal static TableColumns<LineR2> Columns { get; } =
        new TableColumns<LineR2>(new("", 0, 0))
            .Text("line", l => l.Label, (l, value) => l with { Label = value })
            .Number("wavelength_angstrom", l => l.WavelengthAngstrom, (l, value) => l with { WavelengthAngstrom = value })
            .Number("r2", l => l.R2, (l, value) => l with { R2 = value }, mayBeUndefined: true)
            .Number("variance", l => l.Variance, (l, value) => l with { Variance = value });

    /// <summary>Variance of the pixel over the spectra, normalised flux squared.</summary>
    public double Variance { get; init; }

    /// <summary>The line with the lowest R²; null when no line has one.</summary>
    public static LineR2? Lowest(IEnumerable<LineR2> lines) => lines.Where(l => double.IsFinite(l.R2)).MinBy(l => l.R2);

    /// <summary>
    /// R² at the <see cref="BrightCount"/> emission lines of largest variance and at the judged lines (<see cref="SpectralLines.Judged"/>)
    /// inside the grid, ascending in wavelength. Most of the loss comes from the first; the second cover the whole range.
    /// </summary>
    public static LineR2[] At(WavelengthGrid grid, ReconstructionError error)
    {
        ArgumentNullException.ThrowIfNull(grid);
        ArgumentNullException.ThrowIfNull(error);
        var bright = SpectralLines.Brightest(grid, error.Variance, BrightCount);
        var judged = SpectralLines.Judged.Where(j =>
            SpectralLines.IsInside(j, grid)
            && !bright.Any(b => b.Name == j.Name && Math.Abs(b.CenterAngstrom - j.CenterAngstrom) < SameLineAngstrom)
        );
        return
        [
            .. from line in bright.Concat(judged).OrderBy(l => l.CenterAngstrom)
            let pixel = grid.Nearest(line.CenterAngstrom)
            select new LineR2(SpectralLines.Label(line), grid.WavelengthAngstrom[pixel], error.R2(pixel))
            {
                Variance = error.Variance[pixel],
            },
        ];
    }
}
