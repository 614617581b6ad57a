using Galatent.Spectra;

namespace Galatent.Latents;

/// <summary>How much of the variance at the centre of one line is reconstructed.</summary>
/// <param name="Label">Name and wavelength, e.g. <c>[O III] 5008</c>.</param>
/// <param name="WavelengthAngstrom">Vacuum wavelength of the nearest pixel, Å.</param>
/// <param name="R2">1 - error / variance; 1 is perfect, 0 is what the mean spectrum reaches.</param>
public sealed record LineR2(string Label, double WavelengthAngstrom, double R2)
{
    /// <summary>R² at the judged lines (<see cref="SpectralLines.Judged"/>) that the grid covers.</summary>
    public static LineR2[] At(WavelengthGrid grid, ReconstructionError error)
    {
        ArgumentNullException.ThrowIfNull(grid);
        ArgumentNullException.ThrowIfNull(error);
        return [.. from line in SpectralLines.Judged
                   where line.CenterAngstrom >= grid.CellEdgeAngstrom[0] && line.CenterAngstrom <= grid.CellEdgeAngstrom[^1]
                   let pixel = grid.Nearest(line.CenterAngstrom)
                   select new LineR2(SpectralLines.Label(line), grid.WavelengthAngstrom[pixel], error.R2(pixel))];
    }
}
