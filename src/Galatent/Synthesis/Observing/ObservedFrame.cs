using Galatent.Numerics;
using Galatent.Spectra;

namespace Galatent.Synthesis.Observing;

/// <summary>
/// Spectra in the observed frame: redshifted, dimmed by the intergalactic medium, and averaged over the observed pixels. L_nu per observed
/// hertz is (1 + z) times the emitted one.
/// </summary>
internal sealed class ObservedFrame
{
    private readonly WavelengthGrid _rest;
    private readonly WavelengthGrid _observed;

    /// <param name="rest">Nodes of the emitted spectra, at the full sampling of the library.</param>
    /// <param name="observed">Observed pixels.</param>
    public ObservedFrame(WavelengthGrid rest, WavelengthGrid observed) => (_rest, _observed) = (rest, observed);

    /// <summary>Brings one spectrum into the observed frame.</summary>
    /// <param name="emitted">L_nu at rest. On return it is dimmed by the intergalactic medium.</param>
    /// <param name="redshift">The galaxy's redshift.</param>
    /// <param name="galaxy">Name of the galaxy in messages.</param>
    /// <param name="target">Receives L_nu per observed hertz, shape (n_wave observed).</param>
    /// <exception cref="InputException">The observed pixels reach beyond the library.</exception>
    public void Apply(Span<float> emitted, double redshift, string galaxy, Span<float> target)
    {
        var wavelength = _rest.WavelengthAngstrom;
        var edges = _observed.CellEdgeAngstrom;
        var stretch = 1 + redshift;
        // No light below the Lyman limit leaves the galaxy, so a table may end there.
        if (edges[^1] / stretch > wavelength[^1] || (edges[0] / stretch < wavelength[0] && wavelength[0] > 930))
        {
            throw new InputException(
                $"{galaxy}: at redshift {redshift:G4} the observed {edges[0]:F0}-{edges[^1]:F0} Å were emitted at "
                    + $"{edges[0] / stretch:F0}-{edges[^1] / stretch:F0} Å, but the stellar populations reach from {wavelength[0]:F0} to "
                    + $"{wavelength[^1]:F0} Å; choose another SimulationOptions.Grid, PopulationOptions.MaxRedshift or SspLibrary."
            );
        }
        for (var i = 0; i < emitted.Length; i++)
        {
            emitted[i] *= (float)(stretch * Math.Exp(-IntergalacticMedium.OpticalDepth(wavelength[i] * stretch, redshift)));
        }
        var node = 0;
        for (var cell = 0; cell < target.Length; cell++)
        {
            var low = edges[cell] / stretch;
            var high = edges[cell + 1] / stretch;
            while (node < wavelength.Length - 2 && wavelength[node + 1] <= low)
            {
                node++;
            }
            var sum = 0.0;
            for (var j = node; j < wavelength.Length - 1 && wavelength[j] < high; j++)
            {
                var a = Math.Max(low, wavelength[j]);
                var b = Math.Min(high, wavelength[j + 1]);
                var share = ((0.5 * (a + b)) - wavelength[j]) / (wavelength[j + 1] - wavelength[j]);
                sum += b > a ? (b - a) * (emitted[j] + (share * (emitted[j + 1] - emitted[j]))) : 0;
            }
            target[cell] = (float)(sum / (high - low));
        }
    }
}
