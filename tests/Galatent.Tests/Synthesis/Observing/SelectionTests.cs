using Galatent.Spectra;
using Galatent.Synthesis;
using Galatent.Synthesis.Galaxies;
using Galatent.Synthesis.Stars;
using Galatent.Tests.Synthesis.Galaxies;

namespace Galatent.Tests.Synthesis.Observing;

/// <summary>
/// What the two sources of magnitudes do to the sample r25. An independent program selects with the fit to FSPS; its 20,000 spectra have a
/// total variance of 6682 and H alpha peaks of 44 with standard deviation 34 (mean flux of the window 1). Ours has 6800 with the fit. By
/// its own spectrum a galaxy in a burst is 0.7 mag per dex of log_sfr_ratio_1 brighter than the fit says, which knows only the mean rate of
/// 100 Myr: bursting galaxies are in, H alpha is stronger and the variance 8250. A survey selects that way, so it is the default.
/// </summary>
[Collection(typeof(SynthesisCollection))]
public class SelectionTests(SynthesisFixture synthesis)
{
    private const int Count = 6000;

    [Fact]
    public void With_the_fit_the_spectra_vary_as_those_of_an_independent_program()
    {
        var sample = Sample(RMagnitudeSource.FspsFit);
        var (variance, mean, sd) = Variance(sample.Select(s => s.Population).ToArray());
        // Bright lines have long tails: two samples of 6000 differ by 3 % in variance.
        Assert.Equal(1, variance / 6682, 0.08);
        Assert.Equal(44, mean, 2.5);
        Assert.Equal(34, sd, 2.5);
        Assert.Equal(0, SampleStatistics.Median(sample.Select(s => s.Galaxy.LogSfrRatios[0])), 0.015);
    }

    [Fact]
    public void By_its_spectrum_a_galaxy_in_a_burst_is_brighter_and_the_lines_vary_more()
    {
        var sample = Sample(RMagnitudeSource.Spectrum);
        Assert.InRange(SampleStatistics.Median(sample.Select(s => s.Galaxy.LogSfrRatios[0])), 0.03, 0.06);
        Assert.Equal(1, Variance(sample.Select(s => s.Population).ToArray()).Total / 8250, 0.08);
    }

    // The library (Kroupa, Padova 1994) against the table of the model, whose magnitudes are those of FSPS (Chabrier, MIST): 0.12 mag
    // fainter at the limit, of which 0.08 is the mass that Kroupa's function adds for the same light, and more so for metal-poor stars, by
    // 0.27 mag per dex. So 23 % pass instead of 26 %, log mass is 0.05 higher, log Z* 0.05.
    [Fact]
    public void Magnitudes_of_the_library_differ_from_those_of_FSPS_by_a_known_amount()
    {
        var population = new GalaxyPopulation(new PopulationOptions());
        var near = Enumerable
            .Range(0, 20_000)
            .Select(i => population.Draw(1, (ulong)i))
            .Where(g => !g.IsQuiescent && Math.Abs(GalaxyPopulation.ApproximateRMagnitude(g) - 25) < 0.7)
            .ToArray();
        var magnitudes = new RBandSelection(synthesis.Library, 4, new SynthesisOptions()).Magnitudes(
            near,
            [.. near.Select(g => PopulationSample.ToPopulation(g, synthesis.Ages))]
        );
        var differences = near.Select((g, i) => magnitudes[i] - GalaxyPopulation.ApproximateRMagnitude(g)).ToArray();
        Assert.Equal(0.11, differences.Average(), 0.03);
        // The fit itself has 0.35 mag of scatter about FSPS.
        Assert.InRange(SampleStatistics.StandardDeviation(differences), 0.3, 0.4);
        double Mean(Func<Galaxy, bool> condition) =>
            near.Select((g, i) => (g, i)).Where(p => condition(p.g)).Average(p => differences[p.i]);
        Assert.True(Mean(g => g.LogSfrRatios[0] < -0.3) > Mean(g => g.LogSfrRatios[0] > 0.3) + 0.4);
    }

    // The prototype's peaks above the continuum, 50/84/99 %: H alpha 30, 67, 120 and [O III] 7, 31, 80 of the continuum at 5250 Å. Ours
    // are 1.0 to 1.3 times as high: this table ionises 0.13 dex more, which the line gains and, where the continuum is young too, its
    // surroundings.
    [Theory]
    [InlineData(6564.6, 30, 67, 120)]
    [InlineData(5008.24, 7, 31, 80)]
    public void Lines_stand_above_the_continuum_as_in_the_prototype(double line, double median, double p84, double p99)
    {
        var sample = Sample(RMagnitudeSource.FspsFit).Take(3000).ToArray();
        var pixel = synthesis.Grid.Nearest(line);
        var n = synthesis.Grid.Count;
        var peaks = new List<double>();
        foreach (var batch in sample.Chunk(500))
        {
            var lnu = new float[batch.Length * n];
            synthesis.Full.Synthesize([.. batch.Select(b => b.Population)], lnu);
            for (var row = 0; row < batch.Length; row++)
            {
                var spectrum = lnu.AsSpan(row * n, n);
                peaks.Add((spectrum[pixel] - spectrum[pixel + 60]) / MedianNormalization.Study.Median(synthesis.Grid, spectrum));
            }
        }
        foreach (var (percent, expected) in new[] { (50, median), (84, p84), (99, p99) })
        {
            Assert.InRange(SimulatedPopulation.Percentile(peaks, percent) / expected, 0.95, 1.4);
        }
    }

    private (Galaxy Galaxy, CompositeStellarPopulation Population)[] Sample(RMagnitudeSource source) =>
        [
            .. new PopulationSample(
                synthesis.Library,
                new PopulationOptions { RMagnitudes = source },
                new SynthesisOptions(),
                synthesis.Ages,
                1
            )
                .Galaxies(0, 2, TestContext.Current.CancellationToken)
                .Take(Count),
        ];

    // Sum over pixels of the variance of normalised flux, and mean and standard deviation at the peak of H alpha.
    private (double Total, double Mean, double Sd) Variance(CompositeStellarPopulation[] galaxies)
    {
        var n = synthesis.Grid.Count;
        var sum = new double[n];
        var squares = new double[n];
        foreach (var batch in galaxies.Chunk(500))
        {
            var lnu = new float[batch.Length * n];
            synthesis.Full.Synthesize(batch, lnu);
            for (var row = 0; row < batch.Length; row++)
            {
                var spectrum = lnu.AsSpan(row * n, n);
                var median = MedianNormalization.Study.Median(synthesis.Grid, spectrum);
                for (var i = 0; i < n; i++)
                {
                    var flux = spectrum[i] / (double)median;
                    sum[i] += flux;
                    squares[i] += flux * flux;
                }
            }
        }
        double Of(int i) => (squares[i] / galaxies.Length) - (sum[i] / galaxies.Length * sum[i] / galaxies.Length);
        var peak = synthesis.Grid.Nearest(6564.6);
        return (Enumerable.Range(0, n).Sum(Of), sum[peak] / galaxies.Length, Math.Sqrt(Of(peak)));
    }
}
