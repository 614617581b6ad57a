using Galatent.Spectra;

namespace Galatent.Surveys.Preparation;

/// <summary>The wavelengths of a spectrum, Å, in vacuum.</summary>
/// <param name="Own">As the file has them.</param>
/// <param name="Observed">In the observed frame.</param>
/// <param name="Rest">In the galaxy's rest frame.</param>
/// <param name="IsRest">Whether the file has them at rest.</param>
internal sealed record SpectrumFrames(double[] Own, double[] Observed, double[] Rest, bool IsRest)
{
    /// <summary>The wavelengths of a spectrum. Without a redshift above -1 all frames are that of the file.</summary>
    public static SpectrumFrames Of(ObservedSpectrum spectrum, SurveyOptions options)
    {
        var own =
            (options.Medium ?? spectrum.Medium) == SpectralMedium.Air
                ? Array.ConvertAll(spectrum.WavelengthAngstrom, AirWavelength.ToVacuum)
                : spectrum.WavelengthAngstrom;
        var isRest = options.IsRest || spectrum.IsRest;
        var stretch = spectrum.Redshift > -1 ? 1 + spectrum.Redshift : 1;
        return new SpectrumFrames(
            own,
            isRest ? Array.ConvertAll(own, l => l * stretch) : own,
            isRest ? own : Array.ConvertAll(own, l => l / stretch),
            isRest
        );
    }
}
