namespace Galatent.Synthesis.Stars;

/// <summary>Everything that determines the spectrum of a galaxy per solar mass formed, before normalisation.</summary>
/// <param name="YoungMass">Mass per age node for light of age up to 1e7 yr, shape (n_age). Young and old mass sum to 1.</param>
/// <param name="OldMass">Mass per age node for older light, shape (n_age).</param>
/// <param name="LogZStar">log10(Z/Zsun) of the stars. Beyond the table's ends the end value is used.</param>
/// <param name="LogZGas">log10(Z/Zsun) of the gas; clamped in the same way.</param>
/// <param name="LogU">log10 of the ionisation parameter; clamped in the same way.</param>
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
    /// <summary>Velocity dispersion of the stars, km/s. It is only used when dispersions follow mass
    /// (<see cref="SynthesisOptions.StellarVelocityByMass"/>), and is then limited to 50 to 300.</summary>
    public double VelocityDispersionKmPerS { get; init; }
}
