using Galatent.Numerics;
using Galatent.Spectra;

namespace Galatent.Synthesis.Ssp;

/// <summary>Where the ionising rates of a table come from.</summary>
public enum IonizingRateOrigin
{
    /// <summary>The source gives them.</summary>
    Stated,

    /// <summary>Integrated over the source's spectra below 912 Å.</summary>
    Integrated,

    /// <summary>The source has neither. The rates of Bruzual and Charlot (2003) with a Chabrier IMF are used
    /// (<see cref="IonizingRate.Fallback"/>).</summary>
    Fallback,
}

/// <summary>Emission lines that some tables include, computed for one ionisation parameter and the stars' metallicity.</summary>
/// <param name="Name">Names, shape (n_line).</param>
/// <param name="WavelengthAngstrom">Centres, Å, vacuum, shape (n_line).</param>
/// <param name="LuminosityLsun">Lsun per solar mass formed, shape (n_z, n_age, n_line).</param>
public sealed record SspEmissionLines(string[] Name, double[] WavelengthAngstrom, double[] LuminosityLsun);

/// <summary>
/// Spectra of simple stellar populations (one age, one metallicity) per solar mass formed, with the data for gas and surviving mass. All
/// arrays are flat and row-major, with metallicity as the first index.
/// </summary>
public sealed record SspTable
{
    /// <summary>log10(Z/Zsun), ascending, shape (n_z); Zsun is <see cref="SspProvenance.SolarMetallicity"/>.</summary>
    public required double[] LogZ { get; init; }

    /// <summary>log10(age/yr), ascending, shape (n_age).</summary>
    public required double[] LogAgeYr { get; init; }

    /// <summary>Vacuum wavelengths, Å, ascending, shape (n_wave).</summary>
    public required double[] WavelengthAngstrom { get; init; }

    /// <summary>L_nu in Lsun/Hz per solar mass formed, shape (n_z, n_age, n_wave).</summary>
    public required float[] Lnu { get; init; }

    /// <summary>log10 of ionising photons (below 912 Å) per second and solar mass formed, shape (n_z, n_age).</summary>
    public required double[] LogIonizingRate { get; init; }

    /// <summary>Mass of living stars per solar mass formed, without remnants, shape (n_z, n_age); empty when the source has none.</summary>
    public double[] LivingMass { get; init; } = [];

    /// <summary>Mass of stars and remnants per solar mass formed, shape (n_z, n_age); empty when the source has none.</summary>
    public double[] SurvivingMass { get; init; } = [];

    /// <summary>Emission lines that the source includes, for one ionisation parameter; null when it has none.</summary>
    public SspEmissionLines? EmissionLines { get; init; }

    /// <summary>Where the ionising rates come from.</summary>
    public IonizingRateOrigin IonizingRateOrigin { get; init; }

    /// <summary>Where the table comes from.</summary>
    public required SspProvenance Provenance { get; init; }

    /// <summary>Number of metallicities.</summary>
    public int MetallicityCount => LogZ.Length;

    /// <summary>Number of ages.</summary>
    public int AgeCount => LogAgeYr.Length;

    /// <summary>Number of wavelengths.</summary>
    public int WavelengthCount => WavelengthAngstrom.Length;

    /// <summary>L_nu of one population, shape (n_wave), Lsun/Hz per solar mass formed.</summary>
    public ReadOnlySpan<float> this[int metallicity, int age] =>
        Lnu.AsSpan(((metallicity * AgeCount) + age) * WavelengthCount, WavelengthCount);

    /// <summary>Averages every spectrum over the cells of another grid. A table that is already on this grid is returned
    /// unchanged.</summary>
    /// <exception cref="InputException">The grid reaches beyond the table.</exception>
    public SspTable OnGrid(WavelengthGrid grid)
    {
        ArgumentNullException.ThrowIfNull(grid);
        if (IsOn(grid))
        {
            return this;
        }
        var cells = new CellAverage(WavelengthAngstrom, grid).Matrix;
        return this with { WavelengthAngstrom = grid.WavelengthAngstrom, Lnu = cells.Times(Lnu, WavelengthCount) };
    }

    internal bool IsOn(WavelengthGrid grid) => grid.Count == WavelengthCount && grid.IsSameAs(new WavelengthGrid(WavelengthAngstrom));

    /// <summary>Throws with one sentence when the table cannot be used: wrong shapes, unsorted axes, or values that must be finite or
    /// positive and are not.</summary>
    /// <param name="source">The file's name, for the message.</param>
    public SspTable Validated(string source)
    {
        RequireAscending(source, "metallicities", LogZ);
        RequireAscending(source, "ages", LogAgeYr);
        RequireAscending(source, "wavelengths", WavelengthAngstrom);
        WavelengthUnit.RequireAngstrom(source, "the table", WavelengthAngstrom);
        var populations = MetallicityCount * AgeCount;
        if (
            Lnu.LongLength != (long)populations * WavelengthCount
            || LogIonizingRate.Length != populations
            || (LivingMass.Length != 0 && LivingMass.Length != populations)
            || (SurvivingMass.Length != 0 && SurvivingMass.Length != populations)
        )
        {
            throw new InputException(
                $"'{source}': the shapes disagree ({MetallicityCount} metallicities, {AgeCount} ages, {WavelengthCount} wavelengths, "
                    + $"{Lnu.LongLength} fluxes, {LogIonizingRate.Length} ionising rates); make the file again."
            );
        }
        if (Array.FindIndex(LogIonizingRate, q => !double.IsFinite(q)) is var bad and >= 0)
        {
            throw new InputException(
                $"'{source}': the ionising rate of metallicity {bad / AgeCount}, age {bad % AgeCount} is {LogIonizingRate[bad]}; it must "
                    + $"be log10 of photons per second and solar mass."
            );
        }
        RequireFlux(source, Lnu, AgeCount, WavelengthAngstrom);
        RequireMass(source, "living", LivingMass);
        RequireMass(source, "surviving", SurvivingMass);
        return this;
    }

    /// <summary>Throws with one sentence when a flux is negative or not finite.</summary>
    /// <param name="source">The file's name, for the message.</param>
    /// <param name="flux">Shape (n_z, n_age, n_wave).</param>
    /// <param name="ages">Number of ages.</param>
    /// <param name="wavelength">Wavelengths, Å.</param>
    internal static void RequireFlux(string source, float[] flux, int ages, double[] wavelength)
    {
        for (var i = 0; i < flux.Length; i++)
        {
            if (!float.IsFinite(flux[i]) || flux[i] < 0)
            {
                throw new InputException(
                    $"'{source}': the flux of metallicity {i / wavelength.Length / ages}, age {i / wavelength.Length % ages} at "
                        + $"{wavelength[i % wavelength.Length]} Å is {flux[i]}; a stellar population cannot have it."
                );
            }
        }
        // HDF5 returns zeros for data that were never written.
        for (var p = 0; p < flux.Length / wavelength.Length; p++)
        {
            if (!flux.AsSpan(p * wavelength.Length, wavelength.Length).ContainsAnyExcept(0f))
            {
                throw new InputException(
                    $"'{source}': the flux of metallicity {p / ages}, age {p % ages} is 0 at all wavelengths; write the spectrum, or leave "
                        + $"out the age."
                );
            }
        }
    }

    private void RequireMass(string source, string kind, double[] mass)
    {
        // A population cannot have more mass than it was born with. Tables round, so 1.01 is allowed.
        if (Array.FindIndex(mass, m => !(m >= 0 && m <= 1.01)) is var bad and >= 0)
        {
            throw new InputException(
                $"'{source}': the {kind} mass of metallicity {bad / AgeCount}, age {bad % AgeCount} is {mass[bad]}; it must be a fraction "
                    + $"of the "
                    + $"mass formed, from 0 to 1."
            );
        }
    }

    internal static void RequireAscending(string source, string axis, double[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i]) || (i > 0 && !(values[i] > values[i - 1])))
            {
                throw new InputException(
                    $"'{source}': its {axis} must be finite and ascending, but entry {i} is {values[i]}; sort the table."
                );
            }
        }
        if (values.Length < 2)
        {
            throw new InputException($"'{source}': it has {values.Length} {axis}, but interpolation needs at least 2.");
        }
    }
}
