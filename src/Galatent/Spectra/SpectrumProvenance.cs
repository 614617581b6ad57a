namespace Galatent.Spectra;

/// <summary>What a reader must know to use or to repeat a set of spectra. Stored as root attributes of the file.</summary>
/// <param name="Generator">Program and version, e.g. <c>galatent 0.1.0</c>.</param>
/// <param name="Seed">Root seed; -1 when no random numbers were used.</param>
/// <param name="FluxUnit">Unit of norm × flux, e.g. <c>Lsun/Hz per solar mass formed</c>.</param>
/// <param name="NormalizationLowAngstrom">Lower end of the window in which the median flux is 1, Å.</param>
/// <param name="NormalizationHighAngstrom">Upper end of that window, Å.</param>
/// <param name="Source">SSP library or survey with its citation.</param>
/// <param name="Population">Population preset or the catalogue's name.</param>
/// <param name="Instrument">Resolution and noise that were added; empty, and not written, when there are none.</param>
public sealed record SpectrumProvenance(
    string Generator,
    long Seed,
    string FluxUnit,
    double NormalizationLowAngstrom,
    double NormalizationHighAngstrom,
    string Source,
    string Population,
    string Instrument = ""
)
{
    /// <summary>The <see cref="Population"/> of observed spectra.</summary>
    internal const string ObservedPopulation = "observed";

    /// <summary>Whether the spectra were imported, not simulated.</summary>
    internal bool IsObserved => Population == ObservedPopulation;

    /// <summary>Whether a unit is a flux per hertz (true) or per ångström (false); null when it does not say.</summary>
    public static bool? IsPerHertz(string unit) =>
        unit.Contains("/Hz", StringComparison.OrdinalIgnoreCase) ? true
        : unit.Contains("/angstrom", StringComparison.OrdinalIgnoreCase)
        || unit.Contains("/Å", StringComparison.Ordinal)
        || unit.Contains("/AA", StringComparison.Ordinal)
            ? false
        : null;

    /// <summary>Name and version of this program, for <see cref="Generator"/>.</summary>
    public static string ThisProgram { get; } = $"galatent {typeof(SpectrumProvenance).Assembly.GetName().Version!.ToString(3)}";
}
