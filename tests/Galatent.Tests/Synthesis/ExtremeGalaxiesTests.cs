using Galatent.Files;
using Galatent.Spectra;
using Galatent.Spectra.Quantities;
using Galatent.Synthesis;
using Galatent.Synthesis.Galaxies;
using Galatent.Synthesis.Observing;
using Galatent.Synthesis.StarFormation;

namespace Galatent.Tests.Synthesis;

/// <summary>The corners of what may be asked for: finite, positive, and flagged where a table ends.</summary>
[Collection(typeof(SynthesisCollection))]
public sealed class ExtremeGalaxiesTests(SynthesisFixture synthesis) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // All combinations of: ratios all -5, all 5, alternating; redshift 0 and 6; metallicities below and beyond the tables; log U likewise;
    // no dust and dust1 = 8 with dust2 = 4; both ends of the slope.
    private static GalaxyCatalogue Corners()
    {
        double[][] ratios =
        [
            [-5, -5, -5, -5, -5, -5],
            [5, 5, 5, 5, 5, 5],
            [5, -5, 5, -5, 5, -5],
        ];
        var rows = new List<double[]>();
        foreach (var r in ratios)
        {
            foreach (var redshift in new[] { 0.0, 6 })
            {
                foreach (var z in new[] { -5.0, 3, 0 })
                {
                    foreach (var (dust1, dust2, index) in new[] { (0.0, 0.0, 0.0), (8, 4, -1), (8, 4, 0.4) })
                    {
                        rows.Add([
                            redshift,
                            .. r,
                            z,
                            z,
                            z == 0 ? -3
                            : z > 0 ? 2
                            : -8,
                            dust1,
                            dust2,
                            index,
                        ]);
                    }
                }
            }
        }
        string[] names =
        [
            "redshift",
            .. Enumerable.Range(1, 6).Select(j => $"log_sfr_ratio_{j}"),
            "log_z_star",
            "log_z_gas",
            "log_u",
            "dust1",
            "dust2",
            "dust_index",
        ];
        return new GalaxyCatalogue("corners", [.. names.Select((n, c) => new ParameterColumn(n, "", "", [.. rows.Select(r => r[c])]))]);
    }

    [Theory]
    [InlineData(FluxUnit.PerHertz)]
    [InlineData(FluxUnit.PerAngstrom)]
    public void Spectra_are_finite_and_positive_everywhere(FluxUnit unit)
    {
        var path = _folder.File("corners.h5");
        new Simulator(synthesis.OnStudyGrid, SimulationOptions.Study(2) with { Unit = unit }).WriteCatalogue(
            path,
            Corners(),
            cancellation: TestContext.Current.CancellationToken
        );
        var spectra = SpectrumFile.Read(path);
        Assert.Equal(54, spectra.Count);
        Assert.All(spectra.Flux, f => Assert.True(f > 0 && float.IsFinite(f)));
        Assert.All(spectra.Norm, n => Assert.True(n > 0 && double.IsFinite(n)));
        var flags = spectra.Parameter(GalaxyQuantities.HeldAtTableEnd.Name).Values;
        for (var i = 0; i < spectra.Count; i++)
        {
            Assert.Equal(spectra.Parameter("log_z_star").Values[i] == 0 ? 0 : 7, flags[i]);
        }
    }

    // Held at the ends: the same spectra as at the ends themselves.
    [Fact]
    public void Beyond_a_table_its_end_is_used()
    {
        var galaxy = synthesis.Binned([0, 0.1, 0.2, 0, 0, 0.3], 0.5);
        var stars = synthesis.Library.Stars.LogZ;
        var lines = synthesis.Library.Lines;
        var beyond = synthesis.Spectrum(synthesis.Full, galaxy with { LogZStar = 9, LogZGas = 9, LogU = 9 });
        var end = synthesis.Spectrum(synthesis.Full, galaxy with { LogZStar = stars[^1], LogZGas = lines.LogZ[^1], LogU = lines.LogU[^1] });
        Assert.Equal(end, beyond);
        Assert.Equal(TableLimits.None, synthesis.Library.Beyond(GalaxyDescription.Parse(["logZ=0"], InitialMassFunction.Kroupa)));
    }

    [Fact]
    public void Observed_from_redshift_6_light_ends_at_the_forest_and_nothing_is_negative()
    {
        var path = _folder.File("observed.h5");
        var grid = new WavelengthGrid([.. Enumerable.Range(0, 400).Select(i => 6600 + (50.0 * i))]);
        var rest = Corners();
        var far = new GalaxyCatalogue(
            "far",
            [
                .. rest.Columns.Select(c =>
                    c with
                    {
                        Values = [.. Enumerable.Range(0, rest.Count).Where(i => rest.Columns[0].Values[i] == 6).Select(i => c.Values[i])],
                    }
                ),
            ]
        );
        var options = new SimulationOptions(grid, new SynthesisOptions(), new MedianNormalization(15000, 16000), 2)
        {
            ObservedFrame = true,
        };
        new Simulator(synthesis.Library, options).WriteCatalogue(path, far, cancellation: TestContext.Current.CancellationToken);
        Assert.All(SpectrumFile.Read(path).Flux, f => Assert.True(f >= 0 && float.IsFinite(f)));
    }
}
