using Galatent.Files;

namespace Galatent.Latents.Reconstructions;

/// <summary>A row of <c>wavelengths.csv</c>: how well one pixel is reconstructed.</summary>
/// <param name="WavelengthAngstrom">Centre of the pixel, Å, vacuum.</param>
/// <param name="MeanSquaredError">Mean over the spectra, normalised flux squared (eq. 9 of the study).</param>
/// <param name="Variance">Variance of the pixel over the spectra, normalised flux squared.</param>
internal sealed record PixelError(double WavelengthAngstrom, double MeanSquaredError, double Variance)
{
    public static TableColumns<PixelError> Columns { get; } =
        new TableColumns<PixelError>(new(0, 0, 0))
            .Number("wavelength_angstrom", p => p.WavelengthAngstrom, (p, value) => p with { WavelengthAngstrom = value })
            .Number("mean_squared_error", p => p.MeanSquaredError, (p, value) => p with { MeanSquaredError = value })
            .Number("variance", p => p.Variance, (p, value) => p with { Variance = value })
            .Number("r2", p => ReconstructionError.R2(p.MeanSquaredError, p.Variance));
}
