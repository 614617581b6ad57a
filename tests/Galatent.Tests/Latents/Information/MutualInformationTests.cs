using Galatent.Calibration;
using Galatent.Latents.Information;
using Galatent.Latents.Mixtures;
using Galatent.Numerics;

namespace Galatent.Tests.Latents.Information;

public class MutualInformationTests
{
    private static readonly MutualInformationOptions _options = new() { Permutations = 199, Neighbours = 0 };

    public static TheoryData<string, int> Families =>
        new()
        {
            { "gauss 0", 2000 },
            { "gauss 0.3", 2000 },
            { "gauss 0.6", 10000 },
            { "gauss 0.99", 2000 },
            { "cubed", 2000 },
            { "gamma-exp 1", 10000 },
            { "weinman 0.3", 2000 },
            { "D3", 10000 },
            { "ring", 2000 },
            { "ring", 10000 },
            { "sine", 2000 },
            { "banana", 2000 },
            { "classes", 2000 },
        };

    [Theory]
    [MemberData(nameof(Families))]
    public void Closed_forms_are_met(string name, int count)
    {
        KnownDependence family = name switch
        {
            "gauss 0" => KnownDependence.Gaussian(0),
            "gauss 0.3" => KnownDependence.Gaussian(0.3),
            "gauss 0.6" => KnownDependence.Gaussian(0.6),
            "gauss 0.99" => KnownDependence.Gaussian(0.99),
            "cubed" => KnownDependence.CubedGaussian(0.6),
            "gamma-exp 1" => KnownDependence.GammaExponential(1),
            "weinman 0.3" => KnownDependence.OrderedWeinman(0.3),
            "D3" => KnownDependence.Mixture("D3", KnownDependence.D3),
            "ring" => KnownDependence.Ring(0.2),
            "sine" => KnownDependence.Sine(1, 0.3),
            "banana" => KnownDependence.Banana(0.5),
            _ => KnownDependence.TwoClasses(2),
        };
        var (x, y) = family.Sample(count, 11);
        var estimate = MutualInformationEstimator.Estimate(x, y, _options, 1, 2, TestContext.Current.CancellationToken);
        Assert.InRange(
            Math.Abs(estimate.Mi - family.Truth),
            0,
            Math.Max(3 * estimate.Std, family.Truth > 0.5 ? 0.02 * family.Truth : 0.01)
        );
        Assert.InRange(estimate.Mi, estimate.Low, estimate.High);
        Assert.Equal(family.Truth > 0.01, estimate.PValue <= 0.01);
    }

    // The stored samples; the exact mean pointwise information over each sample is known, so that sampling error does not blur the
    // comparison.
    // The allowance is the estimator's own: 0.01 nat, or 2 % above 0.5.
    [Theory]
    [InlineData("gauss_rho060_n2000.csv")]
    [InlineData("gauss_rho060_n10000.csv")]
    [InlineData("gauss_rho099_n2000.csv")]
    [InlineData("gammaexp_a1_n2000.csv")]
    [InlineData("gammaexp_a1_n10000.csv")]
    [InlineData("circle_s0.2_n2000.csv")]
    [InlineData("banana_s0.5_n2000.csv")]
    [InlineData("mix_D3_n2000.csv")]
    [InlineData("mix_D3_n10000.csv")]
    public void Stored_samples_give_their_own_exact_value(string file)
    {
        var (x, y) = ReferenceData.Sample(file);
        var oracle = ReferenceData.Manifest(file).GetProperty("oracle_mi_on_this_sample").GetProperty("mean").GetDouble();
        var estimate = MutualInformationEstimator.Estimate(x, y, _options, 1, 2, TestContext.Current.CancellationToken);
        Assert.Equal(oracle, estimate.Mi, Math.Max(0.01, 0.02 * oracle));
    }

    [Fact]
    public void Mixture_of_80000_points_on_which_the_reference_stays_at_one_component()
    {
        var family = KnownDependence.Mixture("D3", KnownDependence.D3);
        Assert.Equal(0.1324, family.Truth, 1e-4);
        var (x, y) = family.Sample(80_000, 1);
        var estimate = MutualInformationEstimator.Estimate(x, y, _options, 1, 2, TestContext.Current.CancellationToken);
        Assert.Equal(family.Truth, estimate.Mi, 3 * estimate.Std);
    }

    [Fact]
    public void A_limit_of_components_below_what_the_density_needs_is_part_of_the_interval()
    {
        // The ordered exponential of 1.736 nat takes about 22 components with 10,000 rows; with six the estimate is low by more than 0.05,
        // many standard errors.
        var family = KnownDependence.OrderedWeinman(0.1);
        var (x, y) = family.Sample(10_000, 3);
        var limited = MutualInformationEstimator.Estimate(
            x,
            y,
            _options with
            {
                Fit = new() { MaxComponents = 6 },
            },
            1,
            2,
            TestContext.Current.CancellationToken
        );
        Assert.True(limited.Mi < family.Truth - 0.05);
        Assert.InRange(family.Truth, limited.Low, limited.High);
    }

    [Fact]
    public void With_few_rows_the_error_holds_the_sizes_that_cannot_be_told_apart()
    {
        var cancel = TestContext.Current.CancellationToken;
        var spreads = Enumerable
            .Range(0, 10)
            .Select(seed =>
            {
                var (x, y) = KnownDependence.Mixture("D3", KnownDependence.D3).Sample(200, (ulong)seed);
                return MixtureSelection.Fit([x, y], new(), 1, 1, cancel, LogRatio.Mean).RivalSpread;
            })
            .ToArray();
        Assert.True(spreads.Max() > 0.02, $"largest spread {spreads.Max()}");
        Assert.All(spreads, spread => Assert.InRange(spread, 0, 1));
        // Resamples that all agree leave nothing else in the error.
        double[] replicas = [.. Enumerable.Repeat(0.5, 10)];
        var fit = new MixtureFit(KnownDependence.D3, 0, 0, 0, 0.1, 1, true);
        var interval = InformationInterval.From(0.5, replicas, 200, 0, fit: fit);
        Assert.Equal(0.1, interval.Std, 1e-12);
        // In sqrt(2 I), which is 1 here.
        Assert.Equal(0.5 * Math.Pow(1 - 0.19599639845, 2), interval.Low, 1e-9);
        Assert.Equal(0.5 * Math.Pow(1 + 0.19599639845, 2), interval.High, 1e-9);
    }

    [Fact]
    public void Awkward_data_give_finite_answers()
    {
        var random = new RandomStream(1, "awkward");
        var options = _options with { Replicas = 10 };
        var refused = 0;
        for (var trial = 0; trial < 200; trial++)
        {
            var (x, y) = AwkwardData.Draw(10 + random.NextInt(60), ref random);
            MutualInformationEstimate estimate;
            try
            {
                estimate = MutualInformationEstimator.Estimate(x, y, options, 1, 1, TestContext.Current.CancellationToken);
            }
            catch (InputException e)
            {
                // Of a dozen rows fewer than ten may be different.
                Assert.Contains("different rows", e.Message, StringComparison.Ordinal);
                refused++;
                continue;
            }
            Assert.True(
                estimate.Low >= 0
                    && estimate.Low <= estimate.Mi
                    && estimate.Mi <= estimate.High
                    && double.IsFinite(estimate.High)
                    && double.IsFinite(estimate.Std),
                $"trial {trial}: {estimate}"
            );
        }
        Assert.InRange(refused, 0, 30);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(1e6)]
    public void Separated_clusters_tell_the_entropy_of_their_weights(double distance)
    {
        var random = new RandomStream(3, "clusters");
        var x = new double[3000];
        var y = new double[3000];
        for (var i = 0; i < x.Length; i++)
        {
            var centre = i % 10 < 3 ? 0 : distance;
            (x[i], y[i]) = (centre + (0.3 * random.NextNormal()), centre + (0.3 * random.NextNormal()));
        }
        var estimate = MutualInformationEstimator.Estimate(x, y, _options, 1, 2, TestContext.Current.CancellationToken);
        Assert.Equal(-(0.3 * Math.Log(0.3)) - (0.7 * Math.Log(0.7)), estimate.Mi, 0.02 * 0.611);
    }

    [Fact]
    public void A_constant_column_tells_nothing()
    {
        var (x, _) = KnownDependence.Gaussian(0).Sample(1000, 1);
        var estimate = MutualInformationEstimator.Estimate(x, new double[1000], _options, 1, 1, TestContext.Current.CancellationToken);
        Assert.Equal(0, estimate.Mi, 0.006);
    }

    [Fact]
    public void Same_seed_same_bytes_whatever_the_threads_and_wherever_the_pair_stands()
    {
        var cancel = TestContext.Current.CancellationToken;
        NamedColumn Column(string name, ulong seed) => new(name, KnownDependence.Ring(0.3).Sample(400, seed).X);
        var (ringX, ringY) = KnownDependence.Ring(0.2).Sample(400, 1);
        NamedColumn[] columns = [new("x", ringX), Column("other", 3), new("y", ringY)];
        var one = MutualInformationTable.Compute(columns, null, _options, 7, 1, null, cancel: cancel);
        var two = MutualInformationTable.Compute(columns, null, _options, 7, 4, null, cancel: cancel);
        Assert.Equal(one.Estimates, two.Estimates);
        Assert.Null(one[1, 1]);
        Assert.Same(one[0, 2], one[2, 0]);
        var alone = MutualInformationEstimator.Estimate(ringX, ringY, _options, 7, 2, cancel);
        Assert.Equal(alone with { QValue = one[0, 2]!.QValue }, one[0, 2]);
    }

    [Fact]
    public void Table_counts_dropped_rows_reports_progress_and_controls_false_discoveries()
    {
        var (x, y) = KnownDependence.Gaussian(0.8).Sample(300, 1);
        var (u, v) = KnownDependence.Gaussian(0).Sample(300, 2);
        u[5] = double.NaN;
        var steps = new List<StepProgress>();
        var progress = new Recorder(steps);
        var table = MutualInformationTable.Compute(
            [new("x", x), new("u", u)],
            [new("y", y), new("v", v)],
            _options,
            1,
            1,
            progress,
            cancel: TestContext.Current.CancellationToken
        );
        Assert.Equal([(1L, 4L), (2, 4), (3, 4), (4, 4)], steps.Select(s => (s.Done, s.Total)));
        Assert.Equal((299, 1), (table[1, 0]!.Count, table[1, 0]!.Dropped));
        Assert.Equal(4 * table[0, 0]!.PValue, table[0, 0]!.QValue, 12);
        Assert.All(table.Estimates, e => Assert.True(e!.QValue >= e.PValue));
    }

    [Fact]
    public void Faults_of_the_user_are_one_sentence()
    {
        var cancel = TestContext.Current.CancellationToken;
        var lengths = Assert.Throws<InputException>(() =>
            MutualInformationTable.Compute([new("a", new double[20])], [new("b", new double[19])], _options, 1, 1, null, cancel: cancel)
        );
        Assert.Contains("'a' has 20 rows and column 'b' has 19", lengths.Message, StringComparison.Ordinal);
        var few = Assert.Throws<InputException>(() =>
            MutualInformationTable.Compute([new("a", new double[9])], [new("b", new double[9])], _options, 1, 1, null, cancel: cancel)
        );
        Assert.Contains("9 rows", few.Message, StringComparison.Ordinal);
        double[] missing = [.. Enumerable.Repeat(double.NaN, 20)];
        var none = Assert.Throws<InputException>(() =>
            MutualInformationTable.Compute([new("a", new double[20])], [new("b", missing)], _options, 1, 1, null, cancel: cancel)
        );
        Assert.Contains("0 rows", none.Message, StringComparison.Ordinal);
        var options = Assert.Throws<InputException>(() => new MutualInformationOptions { Replicas = 1, Permutations = 5 }.Validate());
        Assert.Contains("Replicas is 1", options.Message, StringComparison.Ordinal);
        Assert.Contains("Permutations is 5", options.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cancellation_ends_the_work() =>
        Assert.ThrowsAny<OperationCanceledException>(() =>
            MutualInformationTable.Compute(
                [new("a", new double[20])],
                [new("b", new double[20])],
                _options,
                1,
                1,
                null,
                cancel: new CancellationToken(true)
            )
        );

    private sealed class Recorder(List<StepProgress> steps) : IProgress<StepProgress>
    {
        public void Report(StepProgress value) => steps.Add(value);
    }
}
