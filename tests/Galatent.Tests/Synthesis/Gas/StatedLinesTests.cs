using Galatent.Numerics;
using Galatent.Spectra;
using Galatent.Synthesis;
using Galatent.Synthesis.Dust;
using Galatent.Synthesis.Galaxies;
using Galatent.Synthesis.Gas;
using Galatent.Synthesis.Ssp;
using Galatent.Synthesis.StarFormation;
using Galatent.Synthesis.Stars;
using Galatent.Tests.Synthesis.Ssp;

namespace Galatent.Tests.Synthesis.Gas;

/// <summary>Lines that a DSPS file states itself, on a small invented one; what must come out is a sum of its numbers.</summary>
public sealed class StatedLinesTests : IDisposable
{
    private static readonly WavelengthGrid Grid = new([.. Enumerable.Range(0, 1200).Select(i => 3500 + (3.0 * i))]);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Lines_are_those_of_the_file_behind_dust()
    {
        var library = Library();
        var synthesizer = new SpectrumSynthesizer(
            library,
            Grid,
            new SynthesisOptions { Lines = LineSource.Table, LymanContinuumEscape = 0.2 }
        );
        Assert.Equal([4862.71, 6564.6], synthesizer.LineWavelengthAngstrom); // ascending, and the one at 9000 Å is outside
        var young = new double[12];
        var old = new double[12];
        (young[1], old[5]) = (0.3, 0.7);
        var galaxy = new CompositeStellarPopulation(young, old, -0.25, 0.3, -1.5, 0.4, 0.6, 0);
        var lnu = new float[Grid.Count];
        var lines = new double[2];
        synthesizer.Synthesize([galaxy], lnu, lines);
        foreach (var (line, column) in new[] { (0, 1), (1, 0) })
        {
            var wavelength = synthesizer.LineWavelengthAngstrom[line];
            double At(int age) => (0.25 * Luminosity(0, age, column)) + (0.75 * Luminosity(1, age, column));
            var expected =
                0.8
                * ((0.3 * At(1) * Math.Exp(-0.4 * 5500 / wavelength)) + (0.7 * At(5)))
                * Math.Exp(-0.6 * KriekConroyDust.Curve(wavelength, 0));
            Assert.Equal(1, lines[line] / expected, 1e-5);
        }
        // Gas metallicity and log U do not matter; stars without lines are the rest of the spectrum.
        var other = new float[Grid.Count];
        var otherLines = new double[2];
        synthesizer.Synthesize([galaxy with { LogZGas = -1, LogU = -3.5 }], other, otherLines);
        Assert.Equal(lines, otherLines);
        Assert.Equal(lnu, other);
    }

    [Fact]
    public void Derivatives_know_them()
    {
        var library = Library();
        var options = new SimulationOptions(Grid, new SynthesisOptions { Lines = LineSource.Table }, MedianNormalization.Study, 1);
        var galaxy = GalaxyDescription.Parse(["logM=10", "logSFR=0.5", "logZ=-0.3"], InitialMassFunction.Kroupa);
        var result = new SpectrumDerivatives(library, options).Of(galaxy);
        Assert.All(SpectrumParts.Of(library, options, galaxy).Total.Zip(result.Flux), p => Assert.Equal(1, p.First / p.Second, 1e-4));
        foreach (var gas in new[] { "log_z_gas", "log_u" })
        {
            Assert.All(result.Derivatives.Single(d => d.Parameter == gas).Flux, d => Assert.Equal(0, d));
        }
    }

    [Fact]
    public void A_table_without_lines_is_told_so()
    {
        var library = Library();
        void Fails(SspTable stars, string word) =>
            Assert.Contains(
                word,
                Assert
                    .Throws<InputException>(() =>
                        new SpectrumSynthesizer(library with { Stars = stars }, Grid, new SynthesisOptions { Lines = LineSource.Table })
                    )
                    .Message,
                StringComparison.Ordinal
            );
        Fails(library.Stars with { EmissionLines = null }, "SynthesisOptions.Lines");
        Fails(library.Stars with { EmissionLines = library.Stars.EmissionLines! with { LuminosityLsun = [1, 2, 3] } }, "72");
    }

    private static double Luminosity(int z, int age, int line) => age > 6 ? 0 : (1 + z) * (10 - age) * (1 + line);

    private SspLibrary Library()
    {
        var path = _folder.File("stars.h5");
        double[] luminosities =
        [
            .. Enumerable
                .Range(0, 2)
                .SelectMany(z =>
                    Enumerable.Range(0, 12).SelectMany(age => Enumerable.Range(0, 3).Select(line => Luminosity(z, age, line)))
                ),
        ];
        DspsHdf5.Write(
            path,
            InventedSsp.Table() with
            {
                EmissionLines = new SspEmissionLines(["Ha", "Hb", "S3"], [6564.6, 4862.71, 9000], luminosities),
            }
        );
        return new SspLibrary(DspsHdf5.Read(path), InventedSsp.Lines(), 0);
    }
}
