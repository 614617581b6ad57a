using Galatent.Files;
using Galatent.Spectra;

namespace Galatent.Latents.Reconstructions;

/// <summary>How much of the variance at the centre of one line is reconstructed.</summary>
/// <param name="Label">Name and wavelength, e.g. <c>[O III] 5008</c>.</param>
/// <param name="WavelengthAngstrom">Vacuum wavelength of the nearest pixel, Å.</param>
/// <param name="R2">1 - error / variance; 1 is perfect, 0 is what the mean spectrum reaches; NaN where the spectra do not vary.</param>
public sealed record LineR2(string Label, double WavelengthAngstrom, double R2)
{
    /// <summary>Lines of largest variance that are always among them.</summary>
    public const int BrightCount = 20;

    // Nearer than this, ångström, two entries of one name are the same line: a doublet has its mean in one list and its stronger
    // component in the other.
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

    /// <summary>The line with the lowest R²; null when it is defined for none.</summary>
    public static LineR2? Lowest(IEnumerable<LineR2> lines) => lines.Where(l => double.IsFinite(l.R2)).MinBy(l => l.R2);

    /// <summary>
    /// R² at the <see cref="BrightCount"/> emission lines of largest variance and at the judged lines (<see cref="SpectralLines.Judged"/>)
    /// that the grid covers, ascending in wavelength: the first are where most of the loss is, the second leave no part of the range out.
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
