namespace Galatent.Synthesis.Stars;

/// <summary>All that determines the spectrum of a galaxy per solar mass formed, before any normalisation.</summary>
/// <param name="YoungMass">Mass per age node for light of age up to 1e7 yr, shape (n_age); young and old sum to 1.</param>
/// <param name="OldMass">Mass per age node for older light, shape (n_age).</param>
/// <param name="LogZStar">log10(Z/Zsun) of the stars; beyond the table's ends the end is used.</param>
/// <param name="LogZGas">log10(Z/Zsun) of the gas; clamped likewise.</param>
/// <param name="LogU">log10 of the ionisation parameter; clamped likewise.</param>
/// <param name="Dust1">Optical depth of birth clouds at 5500 Å.</param>
/// <param name="Dust2">Optical depth of diffuse dust at 5500 Å.</param>
/// <param name="DustIndex">Offset of the diffuse attenuation's slope from Calzetti's.</param>
public sealed record CompositeStellarPopulation(
    double[] YoungMass,
    double[] OldMass,
    double LogZStar,
    double LogZGas,
    double LogU,
    double Dust1,
    double Dust2,
    double DustIndex
)
{
    /// <summary>Velocity dispersion of the stars, km/s; used only where it follows mass
    /// (<see cref="SynthesisOptions.StellarVelocityByMass"/>), and then held between 50 and 300.</summary>
    public double VelocityDispersionKmPerS { get; init; }
}
