namespace Galatent.Synthesis.Dust;

/// <summary>Optical depth k of diffuse dust by wavelength, about 1 at 5500 Å, on the pixels of one grid.</summary>
internal interface IAttenuationCurve
{
    /// <summary>Writes k on a run of pixels, float32.</summary>
    /// <param name="dustIndex">The galaxy's dust index.</param>
    /// <param name="firstPixel">First pixel of the run. Its length is the length of <paramref name="k"/>.</param>
    /// <param name="k">Receives the curve.</param>
    void Curve(double dustIndex, int firstPixel, Span<float> k);
}
