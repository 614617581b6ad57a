using Galatent.Numerics;

namespace Galatent.Surveys;

/// <summary>Checks the wavelengths of a spectrum and puts its pixels in order: descending ones are reversed, others sorted, equal
/// neighbours joined by weight.</summary>
internal static class PixelOrder
{
    private const double LeastAngstrom = 100;
    private const double MostAngstrom = 6e5;

    /// <summary>Checks and orders the pixels of a spectrum in place.</summary>
    /// <exception cref="InputException">A wavelength is not finite, or none that light of a galaxy has.</exception>
    public static void Require(ObservedSpectrum spectrum, string path)
    {
        var wavelength = spectrum.WavelengthAngstrom;
        var bad = Array.FindIndex(wavelength, l => !(l >= LeastAngstrom && l <= MostAngstrom));
        if (bad >= 0)
        {
            throw new InputException(
                FormattableString.Invariant(
                    $"'{path}'{Where(spectrum)}: wavelength {bad} is {wavelength[bad]} Å, and galaxies are observed "
                ) + "between 100 Å and 60 µm; is the unit another one, or are the bytes swapped?"
            );
        }
        var isAscending = true;
        for (var i = 1; i < wavelength.Length && isAscending; i++)
        {
            isAscending = wavelength[i] > wavelength[i - 1];
        }
        if (!isAscending)
        {
            Sort(spectrum);
        }
    }

    private static string Where(ObservedSpectrum spectrum) => spectrum.Place.Length > 0 ? $", {spectrum.Place}" : "";

    private static void Sort(ObservedSpectrum s)
    {
        var order = Enumerable.Range(0, s.Count).OrderBy(i => s.WavelengthAngstrom[i]).ThenBy(i => i).ToArray();
        var hasMask = s.IsBad.Length > 0;
        var hasLsf = s.LsfSigmaAngstrom.Length > 0;
        var wavelength = new List<double>();
        var flux = new List<double>();
        var ivar = new List<double>();
        var sigma = new List<double>();
        for (var k = 0; k < order.Length; )
        {
            var here = s.WavelengthAngstrom[order[k]];
            var weight = 0.0;
            var sum = 0.0;
            var first = order[k];
            for (; k < order.Length && s.WavelengthAngstrom[order[k]] == here; k++)
            {
                var i = order[k];
                var isGood =
                    !(hasMask && s.IsBad[i])
                    && double.IsFinite(s.Flux[i])
                    && s.InverseVariance[i] > 0
                    && double.IsFinite(s.InverseVariance[i]);
                weight += isGood ? s.InverseVariance[i] : 0;
                sum += isGood ? s.InverseVariance[i] * s.Flux[i] : 0;
            }
            wavelength.Add(here);
            flux.Add(weight > 0 ? sum / weight : 0);
            ivar.Add(weight);
            sigma.Add(hasLsf ? s.LsfSigmaAngstrom[first] : double.NaN);
        }
        if (wavelength.Count < s.Count)
        {
            s.Remarks.Add($"{s.Count - wavelength.Count} pixels have the wavelength of another; they were joined by weight.");
        }
        s.WavelengthAngstrom = [.. wavelength];
        s.Flux = [.. flux];
        s.InverseVariance = [.. ivar];
        s.IsBad = [];
        s.LsfSigmaAngstrom = hasLsf ? [.. sigma] : [];
    }
}
