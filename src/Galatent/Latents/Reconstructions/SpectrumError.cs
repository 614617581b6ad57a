using Galatent.Files;

namespace Galatent.Latents.Reconstructions;

/// <summary>A row of <c>spectra.csv</c>: how well one spectrum is reconstructed.</summary>
/// <param name="Spectrum">Row of the spectrum, from 0.</param>
/// <param name="SquaredError">Sum over its pixels, normalised flux squared (eq. 5 of the study).</param>
internal sealed record SpectrumError(int Spectrum, double SquaredError)
{
    public static TableColumns<SpectrumError> Columns { get; } =
        new TableColumns<SpectrumError>(new(0, 0))
            .Count("spectrum", s => s.Spectrum, (s, value) => s with { Spectrum = value })
            .Number("squared_error", s => s.SquaredError, (s, value) => s with { SquaredError = value });
}
