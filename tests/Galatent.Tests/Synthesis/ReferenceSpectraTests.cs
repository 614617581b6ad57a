using Galatent.Spectra;
using Galatent.Synthesis;
using Galatent.Synthesis.Ssp;
using Galatent.Synthesis.StarFormation;
using Galatent.Synthesis.Stars;
using PureHDF;

namespace Galatent.Tests.Synthesis;

/// <summary>240 composite spectra computed by an independent program in double precision (24-point Gauss-Legendre between age
/// nodes).</summary>
public class ReferenceSpectraTests
{
    [Fact]
    public void Embedded_library_repeats_the_reference_spectra_to_3e_4_and_their_lines_to_1e_3()
    {
        var (flux, lines, norm) = LargestErrors(SspPack.Embedded());
        Assert.True(flux < 3e-4, $"largest relative error of a pixel {flux:E2}");
        Assert.True(lines < 1e-3, $"largest relative error of a line {lines:E2}");
        Assert.True(norm < 3e-4, $"largest relative error of a norm {norm:E2}");
    }

    [Fact]
    public void Unpacked_table_of_the_same_grid_repeats_them_to_3e_5()
    {
        var stars = DspsHdf5.Read(SharedData.Path("ssp", "bc03_miles_kroupa_grid4582.h5"));
        var (flux, lines, _) = LargestErrors(new SspLibrary(stars, SspPack.Embedded().Lines, 0));
        Assert.True(flux < 3e-5, $"largest relative error of a pixel {flux:E2}");
        Assert.True(lines < 1e-4, $"largest relative error of a line {lines:E2}");
    }

    private static (double Flux, double Lines, double Norm) LargestErrors(SspLibrary library)
    {
        using var file = H5File.OpenRead(SharedData.Path("ssp", "reference", "composite_spectra.h5"));
        var flux = file.Dataset("flux").Read<float[]>();
        var lines = file.Dataset("line_luminosity").Read<double[]>();
        var norm = file.Dataset("norm").Read<double[]>();
        double[] Column(string name) => file.Dataset("parameters/" + name).Read<double[]>();
        var ratios = Enumerable.Range(1, 6).Select(j => Column($"log_sfr_ratio_{j}")).ToArray();
        var z = Column("redshift");
        var zStar = Column("log_z_star");
        var zGas = Column("log_z_gas");
        var logU = Column("log_u");
        var dust1 = Column("dust1");
        var dust2 = Column("dust2");
        var index = Column("dust_index");
        var grid = WavelengthGrid.Study;
        var synthesizer = new SpectrumSynthesizer(library, grid, new SynthesisOptions());
        var galaxies = Enumerable
            .Range(0, norm.Length)
            .Select(i =>
            {
                var history = StarFormationHistory.FromLogSfrRatios([.. ratios.Select(r => r[i])], Cosmology.AgeGyr(z[i]), 1);
                var young = new double[library.Stars.AgeCount];
                var old = new double[library.Stars.AgeCount];
                synthesizer.Ages.AddConstant(Array.ConvertAll(history.EdgeGyr, e => e * 1e9), history.SfrMsunPerYr, young, old);
                return new CompositeStellarPopulation(young, old, zStar[i], zGas[i], logU[i], dust1[i], dust2[i], index[i]);
            })
            .ToArray();
        var lnu = new float[norm.Length * grid.Count];
        var luminosity = new double[norm.Length * synthesizer.LineWavelengthAngstrom.Length];
        synthesizer.Synthesize(galaxies, lnu, luminosity);
        var largestFlux = 0.0;
        var largestLine = 0.0;
        var largestNorm = 0.0;
        for (var i = 0; i < norm.Length; i++)
        {
            var spectrum = lnu.AsSpan(i * grid.Count, grid.Count);
            var median = MedianNormalization.Study.Median(grid, spectrum);
            largestNorm = Math.Max(largestNorm, Math.Abs((median / norm[i]) - 1));
            for (var p = 0; p < grid.Count; p++)
            {
                largestFlux = Math.Max(largestFlux, Math.Abs((spectrum[p] / median / flux[(i * grid.Count) + p]) - 1));
            }
        }
        for (var l = 0; l < lines.Length; l++)
        {
            largestLine = Math.Max(largestLine, Math.Abs((luminosity[l] / lines[l]) - 1));
        }
        return (largestFlux, largestLine, largestNorm);
    }
}
