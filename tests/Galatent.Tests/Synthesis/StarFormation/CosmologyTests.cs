using CsCheck;
using Galatent.Numerics;
using Galatent.Synthesis.StarFormation;

namespace Galatent.Tests.Synthesis.StarFormation;

public class CosmologyTests
{
    // Second number: astropy's Planck18, which has radiation and neutrinos; first: the same without, to the digits given.
    [Theory]
    [InlineData(0, 13.8095, 13.7869)]
    [InlineData(0.1, 12.4642, 12.4417)]
    [InlineData(0.5, 8.6107, 8.5906)]
    [InlineData(1, 5.8676, 5.8513)]
    [InlineData(2, 3.2877, 3.2768)]
    [InlineData(3, 2.1518, 2.1438)]
    [InlineData(4, 1.5440, 1.5376)]
    [InlineData(6, 0.9338, 0.9293)]
    public void Ages_are_those_of_Planck_2018(double z, double withoutRadiationGyr, double planck18Gyr)
    {
        Assert.Equal(withoutRadiationGyr, Cosmology.AgeGyr(z), 5e-5);
        Assert.Equal(1, Cosmology.AgeGyr(z) / planck18Gyr, 0.005);
    }

    [Theory]
    [InlineData(0.5, 42.327)]
    [InlineData(1, 44.160)]
    [InlineData(2, 46.010)]
    [InlineData(3, 47.076)]
    public void Distance_moduli_are_those_of_Planck_2018(double z, double expectedMag) =>
        Assert.Equal(expectedMag, Cosmology.DistanceModulus(z), 0.01);

    // With radiation and neutrinos, by direct summation; without them space is 0.4 to 0.6 % larger.
    [Theory]
    [InlineData(1, 2.8655e10)]
    [InlineData(2, 4.1400e10)]
    [InlineData(3, 4.1279e10)]
    public void Volume_elements_are_those_of_Planck_2018(double z, double planck18Mpc3) =>
        Assert.Equal(1, Cosmology.ComovingVolumeElementMpc3(z) / planck18Mpc3, 0.006);

    [Fact]
    public void Nearby_distances_follow_the_deceleration_expansion()
    {
        // D_L = (c/H0) (z + (1 - q0) z^2/2 + O(z^3)), q0 = Om/2 - OL (Weinberg 1972, eq. 14.6.8); the cubic term is below z^3.
        const double z = 0.002;
        var q0 = (Cosmology.MatterDensity / 2) - Cosmology.DarkEnergyDensity;
        Assert.Equal(z + ((1 - q0) * z * z / 2), Cosmology.LuminosityDistanceMpc(z) / Cosmology.HubbleDistanceMpc, z * z * z);
    }

    [Fact]
    public void Time_distance_and_volume_share_one_expansion_rate() =>
        Gen.Double[0.1, 6]
            .Sample(z =>
            {
                // dt = -dD_C / (c (1+z)): a light ray crosses the distance in the time; and dV/dz = D_C^2 dD_C/dz.
                const double h = 1e-4;
                var distanceSlope = (Cosmology.ComovingDistanceMpc(z + h) - Cosmology.ComovingDistanceMpc(z - h)) / (2 * h);
                var ageSlope = (Cosmology.AgeGyr(z + h) - Cosmology.AgeGyr(z - h)) / (2 * h);
                Assert.Equal(1, -ageSlope / Cosmology.HubbleTimeGyr * (1 + z) / (distanceSlope / Cosmology.HubbleDistanceMpc), 1e-6);
                Assert.Equal(
                    1,
                    Cosmology.ComovingVolumeElementMpc3(z) / (Math.Pow(Cosmology.ComovingDistanceMpc(z), 2) * distanceSlope),
                    1e-6
                );
            });

    [Fact]
    public void Quadrature_has_converged()
    {
        static double InverseRate(double z) => 1 / Math.Sqrt((Cosmology.MatterDensity * Math.Pow(1 + z, 3)) + Cosmology.DarkEnergyDensity);
        var reference = Cosmology.HubbleDistanceMpc * new GaussLegendre(96).Integrate(InverseRate, 0, 6);
        Assert.Equal(1, Cosmology.ComovingDistanceMpc(6) / reference, 1e-13);
    }
}
