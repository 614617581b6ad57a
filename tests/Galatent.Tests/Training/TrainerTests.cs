using Galatent.Files;
using Galatent.Networks;
using Galatent.Numerics;
using Galatent.Spectra;
using Galatent.Tests.Networks;
using Galatent.Training;

namespace Galatent.Tests.Training;

public sealed class TrainerTests : IDisposable
{
    private const int Pixels = 47;

    private static readonly ComputeOptions OneThread = new() { Threads = 1 };

    private readonly TemporaryFolder _folder = new();

    private static TrainingOptions Options =>
        new()
        {
            Epochs = 4,
            BatchSize = 8,
            LearningRate = 3e-3,
            Schedule = ScheduleShape.OneCycle,
            WeightDecay = 1e-4,
            Network = new NetworkOptions { LatentDimensions = 3, Channels = [4, 4, 8] },
            Seed = 6,
        };

    [Fact]
    public void Learns_a_one_parameter_family_and_the_model_folder_gives_it_back()
    {
        var spectra = Family(300);
        var folder = _folder.File("model");
        var result = Run(spectra, Options with { Epochs = 40, LearningRate = 1e-2, Beta = 0.01 }, folder);
        // The spectra vary by a total of about 20 around their mean; a network that has found the parameter leaves a small part of it.
        var split = Split(spectra);
        var mean = DataStatistics.Of(spectra, split.Training).MeanSpectrum;
        var variance = split.Validation.Average(row => spectra[row].ToArray().Zip(mean, (x, m) => (double)(x - m) * (x - m)).Sum());
        Assert.InRange(result.Best.SquaredError, 0, 0.1 * variance);
        Assert.InRange(result.Best.ActiveDimensions, 1, 3);
        using var model = VaeModel.Load(_folder.Path, OneThread);
        Assert.Equal(result.Best.Epoch, model.Description.BestEpoch);
        var posterior = model.Encode(spectra, cancellation: TestContext.Current.CancellationToken);
        var decoded = model.Decode(posterior.Mu, posterior.Count);
        var error = spectra.Flux.Zip(decoded, (x, y) => ((double)x - y) * ((double)x - y)).Sum() / spectra.Count;
        Assert.InRange(error, 0, 0.1 * variance);
        Assert.Equal(41, File.ReadAllLines(Path.Combine(folder, "history.csv")).Length);
    }

    [Fact]
    public void Same_seed_same_bytes_and_another_seed_another_network()
    {
        var spectra = Family(40);
        foreach (var (name, seed) in new[] { ("a", 6UL), ("b", 6UL), ("c", 7UL) })
        {
            Run(spectra, Options with { Seed = seed }, _folder.File(name));
        }
        var files = new[] { "a", "b", "c" }.Select(n => File.ReadAllBytes(_folder.File(n, VaeModel.WeightsFile))).ToArray();
        Assert.Equal(files[0], files[1]);
        Assert.NotEqual(files[0], files[2]);
    }

    [Theory]
    [InlineData(1, "auto")]
    [InlineData(5, "auto")]
    [InlineData(7, "auto")]
    [InlineData(7, "torch")]
    public void A_run_that_was_stopped_and_resumed_equals_one_that_was_not(int stopAfterUpdates, string engine)
    {
        var compute = TinyNetwork.Compute(engine);
        var spectra = Family(50); // 40 for training: 5 updates an epoch
        Run(spectra, Options, _folder.File("whole"), compute);
        var broken = _folder.File("broken");
        using (var stop = new CancellationTokenSource())
        {
            var updates = 0;
            var counter = new Reporter(() =>
            {
                if (++updates == stopAfterUpdates)
                {
                    stop.Cancel();
                }
            });
            Assert.Throws<OperationCanceledException>(() =>
                Trainer.Run(
                    spectra,
                    Split(spectra),
                    Options,
                    compute,
                    broken,
                    new TrainingContext(TimeProvider.System, counter, stop.Token)
                )
            );
        }
        var result = Run(spectra, Options, broken, compute);
        Assert.Equal(4, result.History.Count);
        Assert.Equal(
            File.ReadAllBytes(_folder.File("whole", VaeModel.WeightsFile)),
            File.ReadAllBytes(Path.Combine(broken, VaeModel.WeightsFile))
        );
        var whole = SafetensorsFile.Read(_folder.File("whole", TrainingState.FileName));
        var resumed = SafetensorsFile.Read(Path.Combine(broken, TrainingState.FileName));
        Assert.All(whole.Names, name => Assert.Equal(Values(whole, name), Values(resumed, name)));
        var again = Run(spectra, Options, _folder.File("whole"), compute);
        Assert.Equal(result.History.Select(WithoutTime), again.History.Select(WithoutTime));
        Assert.Equal(result.History.SelectMany(e => e.LineR2), again.History.SelectMany(e => e.LineR2));
    }

    [Fact]
    public void Bits_do_not_depend_on_the_number_of_threads()
    {
        var spectra = Family(60);
        Run(spectra, Options with { BatchSize = 20 }, _folder.File("one"));
        Run(spectra, Options with { BatchSize = 20 }, _folder.File("three"), new ComputeOptions { Threads = 3 });
        Assert.Equal(
            File.ReadAllBytes(_folder.File("one", VaeModel.WeightsFile)),
            File.ReadAllBytes(_folder.File("three", VaeModel.WeightsFile))
        );
    }

    [Fact]
    public void Another_option_or_other_spectra_do_not_go_on_from_a_state()
    {
        var spectra = Family(40);
        Run(spectra, Options with { Epochs = 1 }, _folder.Path);
        Assert.Contains(
            "beta 0.3, not 0.9",
            Assert.Throws<InputException>(() => Run(spectra, Options with { Epochs = 1, Beta = 0.9 }, _folder.Path)).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "epochs 1, not 2",
            Assert.Throws<InputException>(() => Run(spectra, Options with { Epochs = 2 }, _folder.Path)).Message,
            StringComparison.Ordinal
        );
        spectra.Flux[3] += 1e-6f;
        Assert.Contains(
            "other spectra",
            Assert.Throws<InputException>(() => Run(spectra, Options with { Epochs = 1 }, _folder.Path)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_run_with_a_schedule_that_ignores_its_length_can_be_lengthened()
    {
        var spectra = Family(40);
        var halving = Options with { Schedule = ScheduleShape.Halving, HalvingEpochs = 2 };
        Run(spectra, halving, _folder.File("whole"));
        Run(spectra, halving with { Epochs = 2 }, _folder.File("parts"));
        Run(spectra, halving, _folder.File("parts"));
        Assert.Equal(
            File.ReadAllBytes(_folder.File("whole", VaeModel.WeightsFile)),
            File.ReadAllBytes(_folder.File("parts", VaeModel.WeightsFile))
        );
    }

    [Fact]
    public void Divergence_stops_with_epoch_step_and_spectra()
    {
        var spectra = Family(40);
        spectra.Flux[11] = float.NaN;
        var message = Assert.Throws<InputException>(() => Run(spectra, Options, _folder.Path)).Message;
        Assert.Matches(@"the loss is NaN in epoch 1, step \d+ \(spectra \d+", message);
        Assert.Contains("no epoch was finished", message, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.File(VaeModel.WeightsFile)));
    }

    [Fact]
    public void Patience_stops_and_the_best_epoch_is_kept()
    {
        // With a step size of nothing every epoch has the loss of the first: the first is the best, and patience counts from it.
        var spectra = Family(40);
        var result = Run(
            spectra,
            Options with
            {
                LearningRate = 1e-30,
                Schedule = ScheduleShape.Constant,
                WeightDecay = 0,
                Epochs = 50,
                Patience = 3,
            },
            _folder.Path
        );
        Assert.Equal(4, result.History.Count);
        Assert.Equal(1, result.Best.Epoch);
        Assert.True(result.StoppedEarly);
        Assert.Equal(result.History[0].ValidationLoss, result.History[3].ValidationLoss);
    }

    [Fact]
    public void Parameters_of_the_spectra_do_not_influence_the_network()
    {
        var bare = Family(40);
        var labelled = new SpectrumSet(
            bare.Grid,
            bare.Flux,
            bare.Norm,
            [new ParameterColumn("mass", "Msun", "", [.. Enumerable.Range(0, 40).Select(i => (double)i)])],
            bare.Provenance
        );
        Run(bare, Options, _folder.File("bare"));
        Run(labelled, Options, _folder.File("labelled"));
        Assert.Equal(
            File.ReadAllBytes(_folder.File("bare", VaeModel.WeightsFile)),
            File.ReadAllBytes(_folder.File("labelled", VaeModel.WeightsFile))
        );
    }

    public void Dispose() => _folder.Dispose();

    private static TrainingResult Run(SpectrumSet spectra, TrainingOptions options, string folder, ComputeOptions? compute = null) =>
        Trainer.Run(spectra, Split(spectra), options, compute ?? OneThread, folder, new TrainingContext(TimeProvider.System));

    private static DataSplit Split(SpectrumSet spectra) => DataSplit.Random(spectra.Count, 0.2, 1);

    // Records compare arrays by reference.
    private static EpochRecord WithoutTime(EpochRecord e) => e with { Seconds = 0, SamplesPerSecond = 0, LineR2 = [] };

    private static float[] Values(SafetensorsFile file, string name) =>
        file.Tensor(name, [new ParameterLayout(Options.Network, Pixels).Count]).ToArray();

    /// <summary>A continuum and a line whose height is the one free parameter.</summary>
    private static SpectrumSet Family(int count)
    {
        var grid = new WavelengthGrid([.. Enumerable.Range(0, Pixels).Select(i => 4800.0 + (10 * i))]);
        var flux = new float[count * Pixels];
        var stream = new RandomStream(2, "family");
        for (var row = 0; row < count; row++)
        {
            var height = 3 * stream.NextDouble();
            for (var i = 0; i < Pixels; i++)
            {
                var x = (grid.WavelengthAngstrom[i] - 5000) / 40;
                flux[(row * Pixels) + i] = (float)(1 + (0.001 * i) + (height * Math.Exp(-0.5 * x * x)));
            }
        }
        return new SpectrumSet(
            grid,
            flux,
            [.. Enumerable.Repeat(1.0, count)],
            [],
            new SpectrumProvenance("test", 2, "", 5000, 5500, "", "")
        );
    }
}
