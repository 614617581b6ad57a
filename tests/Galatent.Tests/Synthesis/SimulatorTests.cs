using Galatent.Numerics;
using Galatent.Spectra;
using Galatent.Synthesis;
using Galatent.Synthesis.Galaxies;
using Galatent.Synthesis.Gas;
using Galatent.Synthesis.StarFormation;

namespace Galatent.Tests.Synthesis;

/// <summary>Files of simulated spectra, and which galaxies get into them.</summary>
[Collection(typeof(SynthesisCollection))]
public sealed class SimulatorTests(SynthesisFixture synthesis) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Threads_change_no_byte()
    {
        // More than one block of each kind: 1100 spectra are more than two batches of 512 on one thread and two on two.
        Assert.Equal(File.ReadAllBytes(Write("one.h5", 1100, threads: 1)), File.ReadAllBytes(Write("two.h5", 1100, threads: 2)));
    }

    [Fact]
    public void A_longer_sample_begins_with_the_shorter_one()
    {
        var few = SpectrumFile.Read(Write("few.h5", 100, threads: 2));
        var many = SpectrumFile.Read(Write("many.h5", 260, threads: 2));
        Assert.Equal(few.Flux, many.Flux[..few.Flux.Length]);
        Assert.Equal(few.Norm, many.Norm[..100]);
        foreach (var column in few.Parameters)
        {
            Assert.Equal(column.Values, many.Parameter(column.Name).Values[..100]);
        }
    }

    [Fact]
    public void Seeds_differ()
    {
        var one = SpectrumFile.Read(Write("seed1.h5", 20, threads: 2));
        var two = SpectrumFile.Read(Write("seed2.h5", 20, threads: 2, seed: 12));
        Assert.Equal(11, one.Provenance.Seed);
        Assert.Empty(one.Parameter("redshift").Values.Intersect(two.Parameter("redshift").Values));
    }

    [Fact]
    public void Spectra_in_memory_are_those_of_the_file()
    {
        var file = SpectrumFile.Read(Write("file.h5", 70, threads: 2));
        var simulator = new Simulator(synthesis.Library, SimulationOptions.Study(1));
        Assert.Equal(file.Flux, simulator.Spectra(70, new PopulationOptions(), 11, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_catalogue_of_the_sample_gives_its_spectra_again()
    {
        var sample = SpectrumFile.Read(Write("sample.h5", 64, threads: 2));
        var catalogue = new GalaxyCatalogue("sample.h5", sample.Parameters);
        var path = _folder.File("again.h5");
        new Simulator(synthesis.OnStudyGrid, SimulationOptions.Study(2)).WriteCatalogue(
            path,
            catalogue,
            cancellation: TestContext.Current.CancellationToken
        );
        var again = SpectrumFile.Read(path);
        for (var i = 0; i < again.Flux.Length; i++)
        {
            // Histories come back from ratios to 1e-12; weights then round to other float32 numbers here and there.
            Assert.Equal(1, again.Flux[i] / sample.Flux[i], 2e-5);
        }
    }

    // The study's magnitude limit, evaluated directly: full spectra on the study's grid, top hat of 5500 to 7000 Å in the observed frame.
    [Fact]
    public void Magnitudes_of_the_selection_are_those_of_the_full_spectra()
    {
        var options = new PopulationOptions();
        var population = new GalaxyPopulation(options);
        var galaxies = Enumerable.Range(0, 3000).Select(k => population.Draw(11, (ulong)k)).Where(population.MayPass).ToArray();
        var composites = galaxies.Select(g => PopulationSample.ToPopulation(g, synthesis.Ages)).ToArray();
        var selection = new RBandSelection(synthesis.Library, options.MaxRedshift, new SynthesisOptions());
        var magnitudes = selection.Magnitudes(galaxies, composites);
        var lnu = new float[galaxies.Length * synthesis.Grid.Count];
        synthesis.Full.Synthesize(composites, lnu);
        // FSPS draws lines outside 3600 to 7400 Å with 14 to 40 Å of sigma, thousands of km/s; the selection counts them at their
        // centres.
        // Galaxies
        // with such a line across an end of the band are left out.
        var wide = new LineProfiles(synthesis.Grid, synthesis.Full.LineWavelengthAngstrom, new SynthesisOptions())
            .SigmaAngstrom.Select((sigma, l) => (Sigma: sigma, Centre: synthesis.Full.LineWavelengthAngstrom[l]))
            .Where(l => l.Sigma > 5)
            .ToArray();
        bool IsClear(double z) =>
            wide.All(l => Math.Abs((5500 / (1 + z)) - l.Centre) > 4 * l.Sigma && Math.Abs((7000 / (1 + z)) - l.Centre) > 4 * l.Sigma);
        var largest = 0.0;
        var sum = 0.0;
        var count = 0;
        for (var i = 0; i < galaxies.Length; i++)
        {
            if (!IsClear(galaxies[i].Redshift))
            {
                continue;
            }
            count++;
            var difference = magnitudes[i] - Direct(galaxies[i], lnu.AsSpan(i * synthesis.Grid.Count, synthesis.Grid.Count));
            largest = Math.Max(largest, Math.Abs(difference));
            sum += Math.Abs(difference);
        }
        Assert.InRange(count, galaxies.Length / 5, galaxies.Length);
        // A narrow line across an end of the band is cut here and counted whole or not at all there; such a galaxy differs by 0.034 mag.
        Assert.True(largest < 0.05, $"largest difference {largest:F4} mag, mean {sum / count:F5}");
        Assert.True(sum / count < 0.001, $"mean difference {sum / count:F5} mag");
    }

    [Fact]
    public void Everything_in_the_sample_is_brighter_than_the_limit_and_nothing_else_is()
    {
        var options = new PopulationOptions();
        var population = new GalaxyPopulation(options);
        var selection = new RBandSelection(synthesis.Library, options.MaxRedshift, new SynthesisOptions());
        // Without the prefilter: every candidate gets its magnitude.
        var candidates = Enumerable.Range(0, 1024).Select(k => population.Draw(11, (ulong)k)).ToArray();
        var magnitudes = selection.Magnitudes(
            candidates,
            candidates.Select(g => PopulationSample.ToPopulation(g, synthesis.Ages)).ToArray()
        );
        var expected = candidates.Where((g, i) => magnitudes[i] < 25).Select(g => g.Redshift).ToArray();
        var sample = SpectrumFile.Read(Write("limited.h5", expected.Length, threads: 2)).Parameter("redshift").Values;
        var missed = expected.Except(sample).Count();
        Assert.True(missed <= 2, $"the prefilter lost {missed} of {expected.Length} galaxies; 0.2 % was measured");
        Assert.All(sample[..(expected.Length - missed)], z => Assert.Contains(z, expected));
    }

    [Fact]
    public void A_cancelled_run_leaves_no_file()
    {
        using var cancellation = new CancellationTokenSource();
        var path = _folder.File("cancelled.h5");
        var simulator = new Simulator(synthesis.OnStudyGrid, SimulationOptions.Study(1));
        var progress = new CancelAfterFirst(cancellation);
        Assert.ThrowsAny<OperationCanceledException>(() =>
            simulator.WritePopulation(path, 5000, new PopulationOptions(), "r25", 1, progress, cancellation.Token)
        );
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    private string Write(string name, int count, int threads, ulong seed = 11)
    {
        var path = _folder.File(name);
        new Simulator(synthesis.Library, SimulationOptions.Study(threads)).WritePopulation(
            path,
            count,
            new PopulationOptions(),
            "r25",
            seed
        );
        return path;
    }

    private double Direct(Galaxy galaxy, ReadOnlySpan<float> lnu)
    {
        var low = 5500 / (1 + galaxy.Redshift);
        var high = 7000 / (1 + galaxy.Redshift);
        var sum = 0.0;
        var grid = synthesis.Grid;
        for (var i = 0; i < grid.Count; i++)
        {
            var a = Math.Max(low, grid.CellEdgeAngstrom[i]);
            var b = Math.Min(high, grid.CellEdgeAngstrom[i + 1]);
            sum += b > a ? lnu[i] * Math.Log(b / a) : 0;
        }
        var luminosity =
            sum
            / Math.Log(high / low)
            * Math.Pow(10, galaxy.LogMassFormed)
            * synthesis.Library.Stars.Provenance.SolarLuminosityErgPerSecond;
        var distance = 3.0856775814913673e24 * Cosmology.LuminosityDistanceMpc(galaxy.Redshift);
        return (-2.5 * Math.Log10((1 + galaxy.Redshift) * luminosity / (4 * Math.PI * distance * distance))) - 48.60;
    }

    private sealed class CancelAfterFirst(CancellationTokenSource cancellation) : IProgress<StepProgress>
    {
        public void Report(StepProgress value)
        {
            if (value.Done > 0)
            {
                cancellation.Cancel();
            }
        }
    }
}
