using System.Runtime.InteropServices;
using Galatent.Numerics;
using Galatent.Spectra;
using Galatent.Synthesis;
using Galatent.Synthesis.Galaxies;
using Galatent.Synthesis.Observing;
using Galatent.Tests.Synthesis.Galaxies;

namespace Galatent.Tests.Synthesis.Observing;

/// <summary>Resolution and noise of an instrument.</summary>
[Collection(typeof(SynthesisCollection))]
public sealed class InstrumentTests(SynthesisFixture synthesis) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static readonly WavelengthGrid Fine = new([.. Enumerable.Range(0, 3001).Select(i => 5000 + (0.5 * i))]);

    // One bright pixel: what comes out is the line-spread function, whose moments are known. The last are narrower than a pixel.
    [Theory]
    [InlineData(2000, 0, 5800)]
    [InlineData(900, 0, 6200)]
    [InlineData(0, 6, 5300)]
    [InlineData(0, 0.9, 5300)]
    [InlineData(0, 0.6, 5300)]
    [InlineData(0, 0.2, 5300)]
    public void A_sharp_line_becomes_a_Gaussian_of_the_width_that_is_asked_for(double power, double fwhm, double line)
    {
        var options =
            power > 0
                ? new InstrumentOptions { ResolvingPower = ResponseCurve.Constant("R", power) }
                : new InstrumentOptions { FullWidthAngstrom = ResponseCurve.Constant("FWHM", fwhm) };
        var flux = new double[Fine.Count];
        flux[Fine.Nearest(line)] = 1;
        new Instrument(Fine, options).Disperse(flux.AsSpan());
        var mean = flux.Select((f, i) => f * Fine.WavelengthAngstrom[i]).Sum() / flux.Sum();
        var variance = flux.Select((f, i) => f * Math.Pow(Fine.WavelengthAngstrom[i] - mean, 2)).Sum() / flux.Sum();
        var sigma = (power > 0 ? line / power : fwhm) / 2.3548200450309493;
        Assert.Equal(1, flux.Sum(), 2e-3); // with constant R the function is wider on the red side
        Assert.Equal(line, mean, 0.02 * sigma);
        Assert.Equal(1, Math.Sqrt(variance) / sigma, 2e-3);
    }

    [Fact]
    public void A_curve_is_followed_and_a_flat_spectrum_stays_flat()
    {
        var curve = new ResponseCurve("file", [4900, 7000], [2, 12]); // Å
        var instrument = new Instrument(Fine, new InstrumentOptions { FullWidthAngstrom = curve });
        var flat = Enumerable.Repeat(3f, Fine.Count).ToArray();
        instrument.Disperse(flat.AsSpan());
        Assert.All(flat, f => Assert.Equal(3, f, 1e-6));
        double Peak(double line)
        {
            var flux = new double[Fine.Count];
            flux[Fine.Nearest(line)] = 1;
            instrument.Disperse(flux.AsSpan());
            return flux.Max();
        }
        // The peak of a Gaussian is step / (sigma sqrt(2 pi)): widths 2 + 10 (w - 4900) / 2100.
        foreach (var w in new[] { 5500.0, 6300 })
        {
            var sigma = (2 + (10 * (w - 4900) / 2100)) / 2.3548200450309493;
            Assert.Equal(1, Peak(w) / (0.5 / (sigma * Math.Sqrt(2 * Math.PI))), 0.02);
        }
    }

    [Fact]
    public void Resolution_washes_stellar_lines_out_of_simulated_spectra()
    {
        var sharp = Simulate("sharp.h5", new InstrumentOptions());
        var broad = Simulate("broad.h5", new InstrumentOptions { ResolvingPower = ResponseCurve.Constant("R = 80", 80) });
        double Roughness(SpectrumSet set) => Enumerable.Range(1, set.Grid.Count - 1).Average(i => Math.Abs(set[0][i] - set[0][i - 1]));
        Assert.True(Roughness(broad) < 0.6 * Roughness(sharp));
        Assert.Equal("R = 80", broad.Provenance.Instrument);
        Assert.Empty(sharp.Provenance.Instrument);
    }

    [Fact]
    public void Noise_is_standard_normal_in_units_of_its_stated_deviation()
    {
        var clean = Simulate("clean.h5", new InstrumentOptions());
        var noisy = Simulate("noisy.h5", new InstrumentOptions { SignalToNoise = ResponseCurve.Constant("S/N = 20 per pixel", 20) });
        var weights = SpectrumFile.ReadInverseVariance(_folder.File("noisy.h5"), noisy.Count, noisy.Grid.Count);
        Assert.Empty(SpectrumFile.ReadInverseVariance(_folder.File("clean.h5"), clean.Count, clean.Grid.Count));
        var scores = new double[noisy.Flux.Length];
        for (var row = 0; row < noisy.Count; row++)
        {
            Assert.Equal(1, MedianNormalization.Study.Median(noisy.Grid, noisy[row]), 1e-6);
            for (var i = 0; i < noisy.Grid.Count; i++)
            {
                var at = (row * noisy.Grid.Count) + i;
                var truth = clean.Flux[at] * clean.Norm[row];
                var seen = noisy.Flux[at] * noisy.Norm[row];
                var sigma = noisy.Norm[row] / Math.Sqrt(weights[at]);
                Assert.Equal(1, truth / sigma / 20, 1e-4);
                scores[at] = (seen - truth) / sigma;
            }
        }
        // 40 spectra of 301 pixels: the standard error of the mean is 0.009, of the deviation 0.006.
        Assert.Equal(0, scores.Average(), 0.03);
        Assert.Equal(1, SampleStatistics.StandardDeviation(scores), 0.02);
        var normal = Enumerable.Range(0, scores.Length).Select(i => NormalDistribution.Quantile((i + 0.5) / scores.Length)).ToArray();
        Assert.True(SampleStatistics.KolmogorovSmirnovProbability(scores, normal) > 0.01);
        Assert.InRange(Spearman(scores, 1), -0.03, 0.03); // neighbours
        Assert.InRange(Spearman(scores, noisy.Grid.Count), -0.03, 0.03); // the same pixel of the next galaxy
    }

    [Fact]
    public void A_noise_curve_is_in_units_of_the_median()
    {
        Simulate("clean.h5", new InstrumentOptions());
        var noisy = Simulate("sky.h5", new InstrumentOptions { NoiseSigma = new ResponseCurve("sky", [3000, 9000], [0.01, 0.07]) });
        var weights = SpectrumFile.ReadInverseVariance(_folder.File("sky.h5"), noisy.Count, noisy.Grid.Count);
        for (var i = 0; i < noisy.Grid.Count; i++)
        {
            var expected = 0.01 + (0.06 * (noisy.Grid.WavelengthAngstrom[i] - 3000) / 6000);
            // Divided by the median with noise, which is that of 26 pixels of 3 % noise.
            Assert.Equal(1, 1 / Math.Sqrt(weights[i]) / expected, 0.05);
        }
    }

    [Fact]
    public void Threads_and_parts_change_no_byte_of_the_noise()
    {
        var noise = new InstrumentOptions
        {
            SignalToNoise = ResponseCurve.Constant("S/N", 10),
            FullWidthAngstrom = ResponseCurve.Constant("FWHM", 30),
        };
        Simulate("one.h5", noise, threads: 1);
        Simulate("two.h5", noise, threads: 2);
        string[] parts = ["a.h5", "b.h5", "c.h5"];
        for (var k = 0; k < 3; k++)
        {
            Simulate(parts[k], noise, shard: new ShardRange(k + 1, 3));
        }
        SpectrumFileMerger.Merge(
            _folder.File("merged.h5"),
            [.. parts.Select(p => _folder.File(p))],
            cancellation: TestContext.Current.CancellationToken
        );
        var whole = File.ReadAllBytes(_folder.File("one.h5"));
        Assert.Equal(whole, File.ReadAllBytes(_folder.File("two.h5")));
        Assert.Equal(whole, File.ReadAllBytes(_folder.File("merged.h5")));
    }

    // A file of two parts of which one was damaged: a negative inverse variance must not reach the whole.
    [Fact]
    public void A_part_with_a_negative_inverse_variance_is_not_merged()
    {
        var noise = new InstrumentOptions { SignalToNoise = ResponseCurve.Constant("S/N", 10) };
        string[] parts = [_folder.File("a.h5"), _folder.File("b.h5")];
        for (var k = 0; k < 2; k++)
        {
            Simulate(Path.GetFileName(parts[k]), noise, shard: new ShardRange(k + 1, 2));
        }
        var grid = 301;
        var first = SpectrumFile.ReadInverseVariance(parts[1], 1, grid);
        var bytes = File.ReadAllBytes(parts[1]);
        var place = bytes.AsSpan().IndexOf(MemoryMarshal.AsBytes(first.AsSpan()));
        Assert.True(place > 0, "The numbers of /ivar do not stand in the file as they are.");
        BitConverter.GetBytes(-2f).CopyTo(bytes, place + (7 * sizeof(float)));
        File.WriteAllBytes(parts[1], bytes);
        var merged = _folder.File("merged.h5");
        var fault = Assert.Throws<InputException>(() =>
            SpectrumFileMerger.Merge(merged, parts, cancellation: TestContext.Current.CancellationToken)
        );
        Assert.Contains("b.h5': /ivar of spectrum 0, pixel 7 is -2;", fault.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(merged));
    }

    [Fact]
    public void What_cannot_be_is_named()
    {
        void Fails(string word, InstrumentOptions options) =>
            Assert.Contains(word, Assert.Throws<InputException>(() => new Instrument(Fine, options)).Message, StringComparison.Ordinal);
        Fails("covers 5500", new InstrumentOptions { ResolvingPower = new ResponseCurve("file", [5500, 9000], [1000, 2000]) });
        Fails("positive", new InstrumentOptions { NoiseSigma = new ResponseCurve("file", [4000, 9000], [1, 0]) });
        Fails("ascend", new InstrumentOptions { NoiseSigma = new ResponseCurve("file", [9000, 4000], [1, 1]) });
        Fails(
            "one resolution",
            new InstrumentOptions { ResolvingPower = ResponseCurve.Constant("R", 1), FullWidthAngstrom = ResponseCurve.Constant("F", 1) }
        );
    }

    private SpectrumSet Simulate(string name, InstrumentOptions instrument, int threads = 2, ShardRange? shard = null)
    {
        var path = _folder.File(name);
        var grid = new WavelengthGrid([.. Enumerable.Range(0, 301).Select(i => 3500 + (15.0 * i))]);
        var options = new SimulationOptions(
            grid,
            new SynthesisOptions { EmissionLines = false },
            MedianNormalization.Study,
            threads,
            Shard: shard
        )
        {
            Instrument = instrument,
        };
        new Simulator(synthesis.Library, options).WritePopulation(
            path,
            40,
            new PopulationOptions { Selection = SelectionPreset.IracChannel1Band26 },
            "test",
            3,
            cancellation: TestContext.Current.CancellationToken
        );
        return SpectrumFile.Read(path);
    }

    private static double Spearman(double[] values, int shift) => SampleStatistics.Spearman(values[..^shift], values[shift..]);
}
