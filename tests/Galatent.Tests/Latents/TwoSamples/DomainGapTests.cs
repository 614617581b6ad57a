using Galatent.Latents.TwoSamples;
using Galatent.Numerics;
using Galatent.Spectra;

namespace Galatent.Tests.Latents.TwoSamples;

/// <summary>Parts of the comparison of real spectra with mocks.</summary>
public class DomainGapTests
{
    private static DimensionGap Gap(GapGroups groups, int dimension, double[] real, double[] mock, ulong seed) =>
        groups.Dimension(dimension, real, mock, seed, TestContext.Current.CancellationToken);

    [Theory]
    [InlineData(5000, 0, GapVerdict.Agrees)]
    [InlineData(5000, 1, GapVerdict.Differs)]
    [InlineData(8, 0, GapVerdict.Undecided)]
    public void Verdict_follows_from_shift_and_number(int count, double shift, GapVerdict verdict)
    {
        var stream = new RandomStream(4, "gap");
        double[] real = [.. Enumerable.Range(0, count).Select(_ => stream.NextNormal() + shift)];
        double[] mock = [.. Enumerable.Range(0, 5000).Select(_ => stream.NextNormal())];
        var gap = Gap(new GapGroups(count, null), 0, real, mock, 1);
        Assert.Equal(verdict, gap.Verdict);
        Assert.Equal(shift, gap.Shift, 4 * gap.ShiftError);
        // Two independent means: (1/n + 1/m)^(1/2).
        Assert.Equal(Math.Sqrt((1.0 / count) + (1.0 / 5000)), gap.ShiftError, 0.5 * gap.ShiftError);
    }

    [Fact]
    public void Spreads_of_normal_values_have_the_error_of_the_formula_and_one_odd_spectrum_decides_nothing()
    {
        var stream = new RandomStream(5, "spreads");
        double[] Normals(int count) => [.. Enumerable.Range(0, count).Select(_ => stream.NextNormal())];
        var mock = Normals(5000);
        var wide = Gap(new GapGroups(2000, null), 0, [.. Normals(2000).Select(v => 1.5 * v)], mock, 1);
        Assert.Equal(GapVerdict.Differs, wide.Verdict);
        Assert.Equal(Math.Sqrt((1 / 4000.0) + (1 / 10_000.0)), wide.SpreadError, 0.002);
        double[] odd = [65, -0.3, 0.4, 1.1, -0.8, 0.2, -0.5, 0.6];
        Assert.Equal(GapVerdict.Undecided, Gap(new GapGroups(8, null), 0, odd, mock, 1).Verdict);
        // The definition, with the square of each left out in turn.
        double[] logs = [.. odd.Select((_, i) => Math.Log(SampleMoments.Deviation([.. odd.Where((_, k) => k != i)])))];
        var variance = 7.0 / 8 * logs.Sum(l => (l - logs.Average()) * (l - logs.Average()));
        Assert.Equal(Math.Sqrt(variance), Gap(new GapGroups(8, null), 0, odd, mock, 1).SpreadError, 0.001);
    }

    // Fifteen dimensions with two tests each: without a correction four of five such comparisons would find a difference. Latents of mocks
    // have heavy tails.
    [Theory]
    [InlineData(8, "normal")]
    [InlineData(40, "normal")]
    [InlineData(8, "exponential")]
    [InlineData(20, "exponential")]
    [InlineData(20, "three degrees")]
    [InlineData(40, "three degrees")]
    public void Comparisons_of_equal_spectra_find_a_difference_as_seldom_as_they_say(int count, string distribution)
    {
        const int comparisons = 150;
        const int dimensions = 15;
        var stream = new RandomStream(6, "equal");
        double Value() =>
            distribution switch
            {
                "normal" => stream.NextNormal(),
                "exponential" => -Math.Log(stream.NextDouble()),
                _ => stream.NextNormal() / Math.Sqrt(Enumerable.Range(0, 3).Sum(_ => Math.Pow(stream.NextNormal(), 2)) / 3),
            };
        double[] Values(int n) => [.. Enumerable.Range(0, n).Select(_ => Value())];
        var wrong = 0;
        for (var c = 0; c < comparisons; c++)
        {
            var groups = new GapGroups(count, null);
            var gaps = Enumerable.Range(0, dimensions).Select(d => Gap(groups, d, Values(count), Values(400), (ulong)c)).ToArray();
            wrong += DimensionGap.Together(gaps).Any(g => g.Verdict == GapVerdict.Differs) ? 1 : 0;
        }
        // 5 % at most; chance adds 5 % to that of 150 comparisons once in a thousand.
        Assert.InRange(wrong / (double)comparisons, 0, 0.11);
    }

    [Fact]
    public void One_dimension_that_differs_is_found_among_many()
    {
        var stream = new RandomStream(7, "one of many");
        double[] Normals(int n, double shift) => [.. Enumerable.Range(0, n).Select(_ => stream.NextNormal() + shift)];
        var groups = new GapGroups(60, null);
        var gaps = DimensionGap.Together([
            .. Enumerable.Range(0, 15).Select(d => Gap(groups, d, Normals(60, d == 3 ? 0.8 : 0), Normals(3000, 0), 1)),
        ]);
        Assert.Equal([3], gaps.Where(g => g.Verdict == GapVerdict.Differs).Select(g => g.Dimension));
    }

    // Each group has its own level, which real and mock share: exchanging labels within groups keeps it, so that chance is seen as such.
    [Fact]
    public void Labels_are_exchanged_only_among_copies_of_one_spectrum()
    {
        var stream = new RandomStream(4, "groups");
        double[] level = [.. Enumerable.Range(0, 20).Select(_ => 10 * stream.NextNormal())];
        double[] real = [.. level.Select(l => l + stream.NextNormal() + 2)];
        int[] rows = [.. Enumerable.Range(0, 200).Select(k => k % 20)];
        double[] mock = [.. rows.Select(r => level[r] + stream.NextNormal())];
        Assert.True(Gap(new GapGroups(20, rows), 0, real, mock, 1).PValue < 0.05);
        Assert.True(Gap(new GapGroups(20, null), 0, real, mock, 1).PValue > 0.1);
    }

    [Fact]
    public void Significance_of_a_line_is_that_of_its_profile()
    {
        var grid = new WavelengthGrid([.. Enumerable.Range(0, 400).Select(j => 6400 + (0.9 * j))]);
        var line = new SpectralFeature("Hα", FeatureKind.Emission, 6564.6);
        double[] profile = [.. grid.WavelengthAngstrom.Select(w => Math.Exp(-0.5 * Math.Pow((w - 6564.6) / 1.8, 2)))];
        double[] weights = [.. profile.Select(_ => 4.0)];
        double[] residual = [.. profile.Select(p => 0.5 * p)];
        // A unit-spaced Gaussian has Σ p² = σ √π / step, but for what three sigma cut.
        Assert.Equal(0.5 * 2 * Math.Sqrt(1.8 * Math.Sqrt(Math.PI) / 0.9), LineGap.Significance(grid, line, residual, weights), 0.001);
        weights[183] = 0;
        Assert.True(double.IsNaN(LineGap.Significance(grid, line, residual, weights)));
    }
}
