using Galatent.Numerics;
using Galatent.Spectra;
using Galatent.Synthesis.Observing;

namespace Galatent.Tests.Synthesis.Observing;

public class ObservedFrameTests
{
    // Madau (1995): mean transmission between Lyman alpha and beta, 1 - D_A = 0.40 at z = 3.5 (his figure 2 and Steidel and Sargent 1987).
    [Fact]
    public void The_forest_takes_what_is_observed()
    {
        var transmission = Enumerable.Range(0, 120).Average(i => Math.Exp(-IntergalacticMedium.OpticalDepth((1050.0 + i) * 4.5, 3.5)));
        Assert.Equal(0.60, transmission, 0.02);
        Assert.Equal(0, IntergalacticMedium.OpticalDepth(1216 * 4.5, 3.5));
        Assert.Equal(
            (3.6e-3 * Math.Pow(4.4, 3.46)) + (0.0017 * Math.Pow(4.4, 1.68)),
            IntergalacticMedium.OpticalDepth(1215.667 * 4.4, 3.5),
            1e-4
        );
        // Hardly anything comes through below the Lyman limit of a source at z = 4.
        Assert.True(IntergalacticMedium.OpticalDepth(850 * 5, 4) > 3);
    }

    [Fact]
    public void Depth_grows_with_redshift_and_towards_the_limit()
    {
        for (var z = 1.0; z < 6; z += 0.25)
        {
            Assert.True(IntergalacticMedium.OpticalDepth(1100 * (1 + z), z) > IntergalacticMedium.OpticalDepth(1100 * (0.9 + z), z - 0.1));
            Assert.True(IntergalacticMedium.OpticalDepth(905 * (1 + z), z) > IntergalacticMedium.OpticalDepth(915 * (1 + z), z));
        }
    }

    [Fact]
    public void Light_is_stretched_and_conserved()
    {
        // L_nu = nu^-1, that is lambda: then the energy per logarithmic interval is the same everywhere, and the observed L_nu is (1+z)
        // lambda/(1+z).
        var rest = new WavelengthGrid([.. Enumerable.Range(0, 9000).Select(i => 1300.0 + i)]);
        var observed = new WavelengthGrid([.. Enumerable.Range(0, 700).Select(i => 3600 + (8.0 * i))]);
        var emitted = Array.ConvertAll(rest.WavelengthAngstrom, w => (float)w);
        var target = new float[observed.Count];
        new ObservedFrame(new WavelengthGrid([900, .. rest.WavelengthAngstrom]), observed).Apply([900, .. emitted], 1.5, "it", target);
        for (var i = 0; i < target.Length; i++)
        {
            Assert.Equal(1, target[i] / observed.WavelengthAngstrom[i], 1e-5);
        }
    }

    [Fact]
    public void Pixels_beyond_the_library_are_refused()
    {
        var frame = new ObservedFrame(new WavelengthGrid([2000, 3000, 4000]), new WavelengthGrid([4000, 5000, 6000]));
        Assert.Contains(
            "2000",
            Assert.Throws<InputException>(() => frame.Apply(new float[3], 2, "Galaxy 3", new float[3])).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Galaxy 3",
            Assert.Throws<InputException>(() => frame.Apply(new float[3], 0.2, "Galaxy 3", new float[3])).Message,
            StringComparison.Ordinal
        );
    }
}
