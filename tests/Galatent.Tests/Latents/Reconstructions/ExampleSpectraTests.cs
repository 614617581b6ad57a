using Galatent.Files;
using Galatent.Latents.Reconstructions;
using Galatent.Spectra;

namespace Galatent.Tests.Latents.Reconstructions;

public class ExampleSpectraTests
{
    private static readonly WavelengthGrid Grid = new([3860, 3900, 3940, 4020, 4060, 5200]);

    [Fact]
    public void Chosen_by_specific_star_formation_rate()
    {
        // log sSFR = -8 ... -9.5 for rows 0-3, below -11 for rows 4 and 5 of mass 10.
        double[] rates = [2, 1.5, 1, 0.5, -1.5, -2.5, -2];
        var set = Set(
            7,
            new ParameterColumn("log_sfr", "", "", rates),
            new ParameterColumn("log_mass", "", "", [.. rates.Select(_ => 10.0)])
        );
        var examples = ExampleSpectra.Choose(set);
        // Quiescent in order of activity: 5, 6, 4; star-forming: 3, 2, 1, 0. The middle ones are 6 and 1.
        Assert.Equal(new ExampleSpectra(1, 6), examples);
    }

    [Fact]
    public void Without_parameters_the_4000_angstrom_break_decides()
    {
        var set = Set(4);
        // Row 2 has twice the flux above 4000 Å.
        for (var p = 3; p < 6; p++)
        {
            set.Flux[(2 * 6) + p] = 2;
        }
        Assert.Equal(2, ExampleSpectra.Choose(set).Quiescent);
        Assert.NotEqual(2, ExampleSpectra.Choose(set).StarForming);
    }

    private static SpectrumSet Set(int count, params ParameterColumn[] parameters) =>
        new(
            Grid,
            [.. Enumerable.Repeat(1f, count * 6)],
            [.. Enumerable.Repeat(1.0, count)],
            parameters,
            new SpectrumProvenance("test", 1, "", 5000, 5500, "", "")
        );
}
