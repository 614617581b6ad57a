namespace Galatent.Synthesis.Ssp;

/// <summary>Where a table of simple stellar populations comes from.</summary>
/// <param name="Description">One line.</param>
/// <param name="Citation">Papers to cite.</param>
/// <param name="InitialMassFunction">E.g. <c>Kroupa (2001), 0.1-100 Msun</c>.</param>
/// <param name="Isochrones">E.g. <c>Padova 1994</c>. They define the solar metallicity.</param>
/// <param name="SpectralLibrary">E.g. <c>MILES</c>.</param>
/// <param name="SolarMetallicity">Mass fraction Z at log Z/Zsun = 0.</param>
/// <param name="SolarLuminosityErgPerSecond">The table's own Lsun, erg/s; FSPS uses 3.839e33, Bruzual and Charlot 3.826e33.</param>
public sealed record SspProvenance(
    string Description,
    string Citation,
    string InitialMassFunction,
    string Isochrones,
    string SpectralLibrary,
    double SolarMetallicity,
    double SolarLuminosityErgPerSecond
);
