namespace Galatent.Synthesis;

/// <summary>Optical depth of diffuse dust by wavelength, about 1 at 5500 Å, on the pixels of one grid.</summary>
internal interface IAttenuationCurve
{
    /// <summary>Writes k on all pixels, float32.</summary>
    /// <param name="dustIndex">The galaxy's dust index.</param>
    /// <param name="k">Shape (n_wave).</param>
    void Curve(double dustIndex, Span<float> k);
}
