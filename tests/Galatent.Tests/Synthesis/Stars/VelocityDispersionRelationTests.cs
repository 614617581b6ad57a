using Galatent.Files;
using Galatent.Numerics;
using Galatent.Spectra;
using Galatent.Synthesis;
using Galatent.Synthesis.Galaxies;
using Galatent.Synthesis.Ssp;
using Galatent.Synthesis.StarFormation;
using Galatent.Synthesis.Stars;
using Galatent.Tests.Synthesis.Galaxies;
using Galatent.Tests.Synthesis.Ssp;

namespace Galatent.Tests.Synthesis.Stars;

/// <summary>Dispersions by mass: the published relation, and spectra that have them.</summary>
[Collection(typeof(SynthesisCollection))]
public sealed class VelocityDispersionRelationTests(SynthesisFixture synthesis) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // 118.3 km/s at the break, slopes 0.403 and 0.293, and the cut.
    [Theory]
    [InlineData(10.26, 118.3)]
    [InlineData(11.26, 232.3)]
    [InlineData(9.76, 74.4)]
    [InlineData(7, 50)]
    [InlineData(13, 300)]
    public void Median_is_the_published_relation(double logMass, double kmPerS) =>
        Assert.Equal(kmPerS, VelocityDispersionRelation.Median(logMass), 0.1);

    [Fact]
    public void Draws_are_log_normal_and_inside_the_cut()
    {
        var logs = Enumerable.Range(0, 20_000).Select(i => Math.Log10(VelocityDispersionRelation.Draw(3, i, 10.6))).ToArray();
        // Standard errors 0.0007 and 0.0004 dex.
        Assert.Equal(Math.Log10(VelocityDispersionRelation.Median(10.6)), SampleStatistics.Median(logs), 0.003);
        Assert.Equal(VelocityDispersionRelation.ScatterDex, SampleStatistics.StandardDeviation(logs), 0.002);
        Assert.All(Enumerable.Range(0, 700), i => Assert.InRange(VelocityDispersionRelation.Draw(3, i, 6 + (0.01 * i)), 50, 300));
        Assert.NotEqual(VelocityDispersionRelation.Draw(3, 5, 10), VelocityDispersionRelation.Draw(4, 5, 10));
    }

    // One grid is broadened on its pixels, the other by tables: exact at their nodes, and linear in the variance between them.
    [Theory]
    [InlineData(0.8, 50, 0.001)]
    [InlineData(0.8, 64, 0.001)]
    [InlineData(0.8, 93, 0.001)]
    [InlineData(0.8, 300, 0.001)]
    [InlineData(4, 50, 1e-6)]
    [InlineData(4, 300, 1e-6)]
    [InlineData(4, 64, 0.003)]
    [InlineData(4, 210, 0.003)]
    public void A_galaxy_s_own_dispersion_is_that_of_a_library_broadened_to_it(double step, double kmPerS, double tolerance)
    {
        var library = synthesis.Library with { Stars = Optical(synthesis.Library.Stars) };
        var grid = new WavelengthGrid([.. Enumerable.Range(0, (int)(1200 / step)).Select(i => 4100 + (step * i))]);
        var byMass = new SpectrumSynthesizer(library, grid, new SynthesisOptions { StellarVelocityByMass = true });
        var fixedOne = new SpectrumSynthesizer(library, grid, new SynthesisOptions { StellarVelocityKmPerS = kmPerS });
        var galaxies = new[] { "logM=10.8", "logM=9" }
            .Select(m =>
                PopulationSample.ToPopulation(GalaxyDescription.Parse([m], InitialMassFunction.Kroupa), byMass.Ages) with
                {
                    VelocityDispersionKmPerS = kmPerS,
                }
            )
            .ToArray();
        var own = new float[2 * grid.Count];
        var expected = new float[2 * grid.Count];
        byMass.Synthesize(galaxies, own);
        fixedOne.Synthesize(galaxies, expected);
        Assert.All(own.Zip(expected), p => Assert.Equal(1, p.First / p.Second, tolerance));
    }

    // Beyond the relation's limits there is no table, on even pixels no kernel.
    [Theory]
    [InlineData(0, 50)]
    [InlineData(400, 300)]
    public void A_dispersion_beyond_the_limits_is_held_there(double kmPerS, double held)
    {
        var library = synthesis.Library with { Stars = Optical(synthesis.Library.Stars) };
        var grid = new WavelengthGrid([
            .. Enumerable
                .Range(0, 300)
                .Select(i => 4100 + (4.0 * i))
                .Where(w => w is < 4300 or > 5100)
                .Concat(Enumerable.Range(0, 900).Select(i => 4310 + (0.8 * i)))
                .Order(),
        ]);
        var synthesizer = new SpectrumSynthesizer(library, grid, new SynthesisOptions { StellarVelocityByMass = true });
        var galaxy = PopulationSample.ToPopulation(GalaxyDescription.Parse(["logM=10"], InitialMassFunction.Kroupa), synthesizer.Ages);
        float[] Spectrum(double v)
        {
            var lnu = new float[grid.Count];
            synthesizer.Synthesize([galaxy with { VelocityDispersionKmPerS = v }], lnu);
            return lnu;
        }
        Assert.Equal(Spectrum(held), Spectrum(kmPerS));
    }

    // From 2 to 40 km/s a pixel, 2 % more from each to the next: no run of even pixels, so the tables are right.
    [Fact]
    public void Steps_that_grow_are_not_taken_for_even_ones()
    {
        var library = synthesis.Library with { Stars = Optical(synthesis.Library.Stars) };
        var wavelengths = new double[160];
        wavelengths[0] = 4500;
        for (var i = 1; i < wavelengths.Length; i++)
        {
            wavelengths[i] = wavelengths[i - 1] + (0.06 * Math.Pow(1.019, i));
        }
        Assert.Empty(EvenRun.Find(library.Stars, new WavelengthGrid(wavelengths), 0));
        var even = new WavelengthGrid([.. Enumerable.Range(0, 400).Select(i => 4500 + (0.8 * i))]);
        Assert.Single(EvenRun.Find(library.Stars, even, 0));
        // Wider than the table's nodes, whose lines they do not resolve.
        var wide = new WavelengthGrid([.. Enumerable.Range(0, 400).Select(i => 4500 + (1.1 * i))]);
        Assert.Empty(EvenRun.Find(library.Stars, wide, 0));
        // A kernel that is longer than the run.
        var fine = new WavelengthGrid([.. Enumerable.Range(0, 400).Select(i => 4500 + (0.02 * i))]);
        Assert.Empty(EvenRun.Find(library.Stars, fine, 0));
    }

    [Fact]
    public void Files_tell_the_dispersions_and_parts_and_threads_make_the_same_bytes()
    {
        var whole = Write("whole.h5", null, 2);
        var single = Write("single.h5", null, 1);
        Assert.Equal(File.ReadAllBytes(whole), File.ReadAllBytes(single));
        var merged = _folder.File("merged.h5");
        SpectrumFileMerger.Merge(
            merged,
            [Write("2.h5", new ShardRange(2, 2), 2), Write("1.h5", new ShardRange(1, 2), 2)],
            cancellation: TestContext.Current.CancellationToken
        );
        Assert.Equal(File.ReadAllBytes(whole), File.ReadAllBytes(merged));
        var spectra = SpectrumFile.Read(whole);
        var masses = spectra.Parameter("log_mass").Values;
        Assert.Equal(masses.Select((m, i) => VelocityDispersionRelation.Draw(5, i, m)), spectra.Parameter("velocity_dispersion").Values);
    }

    [Fact]
    public void One_dispersion_and_dispersions_by_mass_exclude_each_other() =>
        Assert.Contains(
            "choose one",
            Assert
                .Throws<InputException>(new SynthesisOptions { StellarVelocityByMass = true, StellarVelocityKmPerS = 100 }.Validate)
                .Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_catalogue_without_masses_is_told_so()
    {
        var galaxy = GalaxyDescription.Parse(["logM=10"], InitialMassFunction.Kroupa);
        ParameterColumn[] columns = [.. GalaxyColumns.All.Where(c => c.Name != "log_mass").Select(c => c.Of([galaxy]))];
        var simulation = new SimulationOptions(
            new WavelengthGrid([.. Enumerable.Range(0, 200).Select(i => 4000 + (20.0 * i))]),
            new SynthesisOptions { StellarVelocityByMass = true },
            MedianNormalization.Study,
            1
        );
        var simulator = new Simulator(synthesis.Library with { Stars = SspConversionTests.Some(synthesis.Library.Stars) }, simulation);
        void Fails(string word, params ParameterColumn[] more) =>
            Assert.Contains(
                word,
                Assert
                    .Throws<InputException>(() =>
                        simulator.WriteCatalogue(
                            _folder.File("x.h5"),
                            new GalaxyCatalogue("mine.csv", [.. columns, .. more]),
                            cancellation: TestContext.Current.CancellationToken
                        )
                    )
                    .Message,
                StringComparison.Ordinal
            );
        Fails("log_mass");
        Fails(
            "velocity_dispersion",
            new ParameterColumn("log_mass", "", "", [10]),
            new ParameterColumn("velocity_dispersion", "km/s", "", [100])
        );
    }

    private string Write(string name, ShardRange? shard, int threads)
    {
        var path = _folder.File(name);
        // Even pixels that are broadened after composing, and wide ones before and behind them.
        var grid = new WavelengthGrid([
            .. Enumerable.Range(0, 20).Select(i => 4500 + (20.0 * i)),
            .. Enumerable.Range(0, 800).Select(i => 4900 + (0.8 * i)),
            .. Enumerable.Range(0, 20).Select(i => 5560 + (20.0 * i)),
        ]);
        var library = synthesis.Library;
        var simulation = new SimulationOptions(
            grid,
            new SynthesisOptions { StellarVelocityByMass = true, MetallicityScatterDex = 0.2 },
            MedianNormalization.Study,
            threads,
            Shard: shard
        );
        new Simulator(library, simulation).WritePopulation(
            path,
            61,
            new PopulationOptions { Selection = SelectionPreset.IracChannel1Band26 },
            "test",
            5,
            cancellation: TestContext.Current.CancellationToken
        );
        return path;
    }

    // Every tenth age, 4000 to 5400 Å: broadening eleven times takes a fiftieth of the time.
    private static SspTable Optical(SspTable table)
    {
        var ages = Enumerable.Range(0, table.AgeCount).Where(a => a % 10 == 0).ToArray();
        var first = WavelengthGrid.LowerBound(table.WavelengthAngstrom, 4000);
        var end = WavelengthGrid.LowerBound(table.WavelengthAngstrom, 5400);
        T[] PerAge<T>(Func<int, int, IEnumerable<T>> values) =>
            [.. Enumerable.Range(0, table.MetallicityCount).SelectMany(z => ages.SelectMany(a => values(z, a)))];
        return table with
        {
            LogAgeYr = [.. ages.Select(a => table.LogAgeYr[a])],
            WavelengthAngstrom = table.WavelengthAngstrom[first..end],
            Lnu = PerAge(IEnumerable<float> (z, a) => table[z, a][first..end].ToArray()),
            LogIonizingRate = PerAge(IEnumerable<double> (z, a) => [table.LogIonizingRate[(z * table.AgeCount) + a]]),
            LivingMass = [],
        };
    }
}
