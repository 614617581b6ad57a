using Galatent.Numerics;
using Galatent.Synthesis.Ssp;

namespace Galatent.Tests.Synthesis.Ssp;

/// <summary>Small tables with smooth invented spectra, for readers and writers.</summary>
internal static class InventedSsp
{
    /// <summary>2 metallicities, 12 ages, 300 wavelengths from 912 to 9882 Å.</summary>
    public static SspTable Table()
    {
        var wavelengths = Enumerable.Range(0, 300).Select(i => 912 + (30.0 * i)).ToArray();
        var ages = Enumerable.Range(0, 12).Select(i => 5.5 + (0.4 * i)).ToArray();
        double[] metallicities = [-1, 0];
        var stream = new RandomStream(1, "invented SSP");
        var flux = new float[2 * 12 * 300];
        for (var i = 0; i < flux.Length; i++)
        {
            var z = i / 3600;
            var age = ages[i / 300 % 12];
            var w = wavelengths[i % 300];
            flux[i] = (float)(
                1e-13 * Math.Pow(10, -0.7 * (age - 6)) * Math.Exp(-3000 * (0.3 + (0.1 * z)) / w) * (1 + (0.05 * stream.NextDouble()))
            );
        }
        return new SspTable
        {
            LogZ = metallicities,
            LogAgeYr = ages,
            WavelengthAngstrom = wavelengths,
            Lnu = flux,
            LogIonizingRate = [.. Enumerable.Range(0, 24).Select(i => 46.5 - (i % 12 * 0.5))],
            LivingMass = [.. Enumerable.Range(0, 24).Select(i => 1 - (0.03 * (i % 12)))],
            Provenance = new SspProvenance("invented", "nobody", "Kroupa", "none", "smooth", 0.02, 3.826e33),
        };
    }

    /// <summary>H beta and H alpha on 2 x 2 x 2 nodes.</summary>
    public static NebularLineTable Lines() =>
        new()
        {
            LogZ = [-1, 0],
            LogAgeYr = [6, 7],
            LogU = [-3, -2],
            WavelengthAngstrom = [4862.71, 6564.6],
            Name = ["H beta 4861", "H alpha 6563"],
            LogErgPerPhoton = [.. Enumerable.Range(0, 16).Select(i => i % 2 == 0 ? -12.33f : -11.87f)],
        };
}
