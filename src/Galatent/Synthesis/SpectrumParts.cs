using Galatent.Spectra;
using Galatent.Synthesis.Galaxies;
using Galatent.Synthesis.Observing;
using Galatent.Synthesis.Ssp;
using Galatent.Synthesis.Stars;

namespace Galatent.Synthesis;

/// <summary>One spectrum and its parts. All are in units of the whole spectrum's median in the normalisation window and have the shape
/// (n_wave).</summary>
/// <param name="Grid">The pixels.</param>
/// <param name="Total">Stars and gas behind dust.</param>
/// <param name="Stars">Stars behind dust.</param>
/// <param name="Gas">Lines and continuum of ionised gas behind dust.</param>
/// <param name="WithoutDust">Stars and gas without dust.</param>
/// <param name="Norm">The median by which all were divided, in Lsun/Hz (or Lsun/Å) per solar mass formed.</param>
public sealed record SpectrumParts(WavelengthGrid Grid, double[] Total, double[] Stars, double[] Gas, double[] WithoutDust, double Norm)
{
    /// <summary>Computes the parts of one galaxy's spectrum.</summary>
    /// <param name="library">Stars and lines.</param>
    /// <param name="options">Grid, content, unit and normalisation.</param>
    /// <param name="galaxy">The galaxy.</param>
    public static SpectrumParts Of(SspLibrary library, SimulationOptions options, Galaxy galaxy)
    {
        ArgumentNullException.ThrowIfNull(library);
        ArgumentNullException.ThrowIfNull(options);
        options = options.For(galaxy);
        var instrument = new Instrument(options.Grid, options.Instrument);
        var whole = new SpectrumSynthesizer(library, options.Grid, options.Synthesis);
        var starsAlone = new SpectrumSynthesizer(
            library,
            options.Grid,
            options.Synthesis with
            {
                EmissionLines = false,
                NebularContinuum = false,
            }
        );
        var population = PopulationSample.ToPopulation(galaxy, whole.Ages);
        double[] Spectrum(SpectrumSynthesizer synthesizer, CompositeStellarPopulation composite)
        {
            var lnu = new float[options.Grid.Count];
            synthesizer.Synthesize([composite], lnu);
            options.Convert(lnu);
            instrument.Disperse(lnu.AsSpan());
            return Array.ConvertAll(lnu, f => (double)f);
        }
        var total = Spectrum(whole, population);
        var stars = Spectrum(starsAlone, population);
        var clear = Spectrum(whole, population with { Dust1 = 0, Dust2 = 0 });
        var norm = options.Median(Array.ConvertAll(total, f => (float)f), "The galaxy");
        double[] Normalised(IEnumerable<double> values) => [.. values.Select(v => v / norm)];
        return new SpectrumParts(
            options.Grid,
            Normalised(total),
            Normalised(stars),
            Normalised(total.Zip(stars, (t, s) => t - s)),
            Normalised(clear),
            norm
        );
    }
}
