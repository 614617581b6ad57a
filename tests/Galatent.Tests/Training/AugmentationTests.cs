using Galatent.Networks;
using Galatent.Networks.Objectives;
using Galatent.Networks.Weighting;
using Galatent.Numerics;
using Galatent.Spectra;
using Galatent.Tests.Numerics;
using Galatent.Training;

namespace Galatent.Tests.Training;

/// <summary>What augmentation does to spectra, that it is the same whoever does it, and that runs with it are divided and
/// resumed.</summary>
public sealed class AugmentationTests : IDisposable
{
    private const int Pixels = 40;
    private const int Count = 30;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Masks_only_hide_and_are_those_of_training_spectra()
    {
        using var source = Weights();
        var all = new float[Count * Pixels];
        source.Read([.. Enumerable.Range(0, Count)], all);
        // Rows 0 to 9 lend their masks.
        int[] training = [.. Enumerable.Range(0, 10)];
        var augmentation = new Augmentation(new AugmentationOptions { MaskShare = 1 }, source, training, 5, Grid());
        for (var place = 0; place < 200; place++)
        {
            var (flux, ivar) = (new float[Pixels], Enumerable.Repeat(2f, Pixels).ToArray());
            augmentation.Apply(1, 3, place, flux, ivar);
            Assert.All(flux, f => Assert.Equal(0, f));
            Assert.Contains(training, row => Enumerable.Range(0, Pixels).All(j => ivar[j] == (all[(row * Pixels) + j] > 0 ? 2 : 0)));
        }
    }

    [Fact]
    public void Coverage_cuts_the_ends_and_nothing_within()
    {
        using var source = Weights();
        var augmentation = new Augmentation(new AugmentationOptions { CoverageShare = 0.5 }, source, [0, 1, 2, 3, 4], 5, Grid());
        var cut = 0;
        for (var place = 0; place < 400; place++)
        {
            var ivar = Enumerable.Repeat(2f, Pixels).ToArray();
            augmentation.Apply(1, 3, place, new float[Pixels], ivar);
            var (first, last) = (Array.FindIndex(ivar, w => w > 0), Array.FindLastIndex(ivar, w => w > 0));
            Assert.All(ivar[first..(last + 1)], w => Assert.Equal(2, w));
            cut += last - first + 1 < Pixels ? 1 : 0;
        }
        // Half of 400, sd 10; every row of these has bad ends.
        Assert.InRange(cut, 160, 240);
    }

    [Fact]
    public void A_window_shows_what_SDSS_sees_at_a_redshift()
    {
        using var ones = PixelWeightSource.Ones(1, WavelengthGrid.Study.Count);
        var options = new AugmentationOptions { WindowShare = 0.5 };
        var augmentation = new Augmentation(options, ones, [0], 5, WavelengthGrid.Study);
        var wavelengths = WavelengthGrid.Study.WavelengthAngstrom.ToArray();
        var redshifts = new List<double>();
        for (var place = 0; place < 400; place++)
        {
            var ivar = Enumerable.Repeat(2f, wavelengths.Length).ToArray();
            augmentation.Apply(1, 3, place, new float[wavelengths.Length], ivar);
            Assert.All(ivar, w => Assert.True(w is 2 or 0));
            var (first, last) = (Array.FindIndex(ivar, w => w > 0), Array.FindLastIndex(ivar, w => w > 0));
            Assert.DoesNotContain(ivar[first..(last + 1)], w => w <= 0);
            if (last - first + 1 < wavelengths.Length)
            {
                redshifts.Add((3800 / wavelengths[first]) - 1);
                // The first pixel tells the redshift to 20 Å of 2533, which are 73 of 9200; a pixel at the end has up to 20 Å more.
                Assert.InRange(wavelengths[last] * (1 + redshifts[^1]), 9100, 9201);
            }
        }
        // Half of 400, sd 10; uniform from 0 to 0.5: mean 0.25, sd 0.144 / √200 = 0.010.
        Assert.InRange(redshifts.Count, 160, 240);
        Assert.Equal(0.25, redshifts.Average(), 0.04);
        Assert.All(redshifts, z => Assert.InRange(z, -0.006, 0.5));
    }

    [Fact]
    public void A_spectrum_keeps_a_quarter_of_its_good_pixels()
    {
        var weights = new float[2 * Pixels];
        weights.AsSpan(0, 4).Fill(1);
        weights.AsSpan(Pixels, Pixels).Fill(1);
        using var source = new PixelWeightSource(weights, Pixels);
        var augmentation = new Augmentation(new AugmentationOptions { MaskShare = 1, CoverageShare = 1 }, source, [0], 5, Grid());
        var ivar = weights[Pixels..];
        augmentation.Apply(1, 0, 0, new float[Pixels], ivar);
        Assert.All(ivar, w => Assert.Equal(1, w));
    }

    [Fact]
    public void Noise_is_raised_from_what_is_known_to_what_is_said()
    {
        using var source = Weights();
        var augmentation = new Augmentation(new AugmentationOptions { NoiseFactor = 4 }, source, [0, 1], 5, Grid());
        var logs = new List<double>();
        var chi2 = 0.0;
        for (var place = 0; place < 500; place++)
        {
            var flux = new float[Pixels];
            var ivar = Enumerable.Range(0, Pixels).Select(j => j % 5 == 0 ? 0f : 100f).ToArray();
            augmentation.Apply(2, 1, place, flux, ivar);
            var u = 100 / ivar[1];
            Assert.All(Enumerable.Range(0, Pixels), j => Assert.Equal(j % 5 == 0 ? 0 : 100 / u, ivar[j], 1e-3));
            Assert.All(Enumerable.Range(0, Pixels / 5), j => Assert.Equal(0, flux[5 * j]));
            logs.Add(Math.Log(u));
            // Added variance is (u - 1) / 100.
            chi2 += flux.Sum(f => (double)f * f) * 100 / (u - 1) / (0.8 * Pixels) / 500;
        }
        // Log-uniform between 1 and 4: mean ln 2, sd ln 4 / √12 / √500 = 0.018.
        Assert.Equal(Math.Log(2), logs.Average(), 0.07);
        Assert.InRange(logs.Max(), 1.3, Math.Log(4));
        // 16,000 squares: sd 0.011.
        Assert.Equal(1, chi2, 0.05);
    }

    [Fact]
    public void It_depends_on_seed_epoch_step_and_place_alone()
    {
        using var source = Weights();
        var options = new AugmentationOptions
        {
            MaskShare = 0.5,
            CoverageShare = 0.5,
            NoiseFactor = 4,
        };
        float[] Of(ulong seed, int epoch, int step, int place)
        {
            var (flux, ivar) = (new float[Pixels], Enumerable.Repeat(2f, Pixels).ToArray());
            new Augmentation(options, source, [0, 1, 2, 3], seed, Grid()).Apply(epoch, step, place, flux, ivar);
            return [.. flux, .. ivar];
        }
        var reference = Of(5, 1, 2, 3);
        Assert.Equal(reference, Of(5, 1, 2, 3));
        Assert.All(new[] { Of(6, 1, 2, 3), Of(5, 2, 2, 3), Of(5, 1, 3, 3), Of(5, 1, 2, 4) }, other => Assert.NotEqual(reference, other));
    }

    [Theory]
    [InlineData("beta-vae", 0, false)]
    [InlineData("beta-vae", 20, false)]
    [InlineData("beta-vae", 20, true)]
    [InlineData("tc-vae", 20, false)]
    [InlineData("iwae", 0, false)]
    public void Runs_are_divided_and_resumed_to_the_bit(string name, double consistency, bool inPrior)
    {
        var options = Options(name, consistency);
        options = options with
        {
            Augmentation = options.Augmentation with
            {
                WindowShare = 0.3,
                ConsistencyUnit = inPrior ? ConsistencyUnit.Prior : ConsistencyUnit.Posterior,
            },
        };
        var whole = Train("whole", options, new TrainingContext(TimeProvider.System));
        Assert.All(whole.History, e => Assert.True(double.IsFinite(e.TrainingLoss) && e.LeftOutUpdates == 0));
        using var stop = new CancellationTokenSource();
        var updates = 0;
        var progress = new Reporter(() =>
        {
            if (++updates == 7)
            {
                stop.Cancel();
            }
        });
        Assert.Throws<OperationCanceledException>(() =>
            Train("broken", options, new TrainingContext(TimeProvider.System, progress, stop.Token))
        );
        Train("broken", options, new TrainingContext(TimeProvider.System));
        Assert.Equal(Bytes("whole"), Bytes("broken"));
        if (name != "iwae")
        {
            ThreadGroup.Run(3, group => Train("together", options, new TrainingContext(TimeProvider.System) { Processes = group }));
            Assert.Equal(Bytes("whole"), Bytes("together"));
        }
        Train("plain", options with { Augmentation = new AugmentationOptions() }, new TrainingContext(TimeProvider.System));
        Assert.NotEqual(Bytes("whole"), Bytes("plain"));
    }

    [Fact]
    public void Another_augmentation_does_not_go_on_from_a_state()
    {
        Train("model", Options("beta-vae", 0), new TrainingContext(TimeProvider.System));
        Assert.Contains(
            "augmentation",
            Assert.Throws<InputException>(() => Train("model", Options("beta-vae", 3), new TrainingContext(TimeProvider.System))).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void What_makes_no_sense_is_refused()
    {
        var good = Options("beta-vae", 20);
        string Fault(TrainingOptions options) => Assert.Throws<InputException>(options.Validate).Message;
        Assert.Contains(
            "a network with a mask channel only",
            Fault(good with { Network = good.Network with { MaskChannel = false } }),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "no meaning without a weight",
            Fault(
                good with
                {
                    Augmentation = new AugmentationOptions { NoiseFactor = 2, ConsistencyUnit = ConsistencyUnit.Prior },
                }
            ),
            StringComparison.Ordinal
        );
        var window = new AugmentationOptions { WindowShare = 0.5 };
        Assert.Contains(
            "lent by other spectra",
            Fault(good with { Objective = new BetaVaeObjective(), Augmentation = window with { MaskShare = 0.5 } }),
            StringComparison.Ordinal
        );
        (good with { Objective = new BetaVaeObjective(), Augmentation = window }).Validate();
        // A window makes weights of its own only where none are asked for.
        var spectra = new SpectrumSet(Grid(), new float[Pixels], [1], [], new SpectrumProvenance("test", 2, "", 5000, 5100, "", ""));
        Assert.Contains(
            "no weights were given",
            Assert.Throws<InputException>(() => new ObjectiveRun(good with { Augmentation = window }, spectra, null)).Message,
            StringComparison.Ordinal
        );
        Assert.Contains("an even batch", Fault(good with { BatchSize = 7 }), StringComparison.Ordinal);
        Assert.Contains(
            "something must be augmented",
            Fault(good with { Augmentation = new AugmentationOptions { ConsistencyWeight = 1 } }),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "between 1 and 1000",
            Fault(good with { Augmentation = good.Augmentation with { NoiseFactor = 0.5 } }),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "noise is raised from what /ivar says",
            Fault(good with { Objective = new BetaVaeObjective { PixelWeighting = PixelWeighting.Mask } }),
            StringComparison.Ordinal
        );
    }

    private static TrainingOptions Options(string name, double consistency) =>
        new()
        {
            Epochs = 2,
            BatchSize = 6,
            Beta = 2,
            LearningRate = 1e-3,
            Network = new NetworkOptions
            {
                LatentDimensions = 3,
                Channels = [4, 4, 8],
                MaskChannel = true,
            },
            Objective = ObjectiveList.Named(name) with { PixelWeighting = PixelWeighting.InverseVariance, CalibrationError = 0.03 },
            Augmentation = new AugmentationOptions
            {
                MaskShare = 0.5,
                CoverageShare = 0.5,
                NoiseFactor = 4,
                ConsistencyWeight = consistency,
            },
            Seed = 6,
        };

    private TrainingResult Train(string folder, TrainingOptions options, TrainingContext context)
    {
        using var weights = Weights();
        var stream = new RandomStream(2, "augmented");
        var flux = new float[Count * Pixels];
        for (var i = 0; i < flux.Length; i++)
        {
            flux[i] = (float)(1 + (0.4 * Math.Sin((0.1 * (i % Pixels)) + (i / Pixels))) + (0.1 * stream.NextNormal()));
        }
        var grid = Grid();
        var spectra = new SpectrumSet(grid, flux, new double[Count], [], new SpectrumProvenance("test", 2, "", 5000, 5100, "", ""));
        return Trainer.Run(
            spectra,
            DataSplit.Random(Count, 0.2, 1),
            options,
            new ComputeOptions { Threads = 1 },
            _folder.File(folder),
            context,
            weights
        );
    }

    private byte[] Bytes(string name) => File.ReadAllBytes(_folder.File(name, VaeModel.WeightsFile));

    private static WavelengthGrid Grid() => new([.. Enumerable.Range(0, Pixels).Select(i => 4800.0 + (10 * i))]);

    // Bad ends of another length in each spectrum, and every seventh pixel.
    private static PixelWeightSource Weights() =>
        new(
            [
                .. Enumerable
                    .Range(0, Count * Pixels)
                    .Select(i =>
                        i % Pixels <= i / Pixels % 8 || i % Pixels >= Pixels - 1 - (i / Pixels % 5) || (i + (i / Pixels)) % 7 == 0
                            ? 0f
                            : 100f
                    ),
            ],
            Pixels
        );
}
