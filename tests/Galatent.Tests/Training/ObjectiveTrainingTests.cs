using Galatent.Networks;
using Galatent.Networks.Objectives;
using Galatent.Networks.Weighting;
using Galatent.Numerics;
using Galatent.Spectra;
using Galatent.Tests.Networks;
using Galatent.Tests.Networks.Objectives;
using Galatent.Training;

namespace Galatent.Tests.Training;

/// <summary>Every objective in a whole run: stopped and resumed to the bit, with plain squared error and divergence in its
/// history.</summary>
public sealed class ObjectiveTrainingTests : IDisposable
{
    private const int Pixels = 40;
    private const int Count = 50;

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, bool> Kinds =>
        [.. ObjectiveList.All.Where(o => o is not FeatureObjective).SelectMany(o => new[] { (o.Name, false), (o.Name, true) })];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Stopped_and_resumed_equals_uninterrupted(string name, bool withWeights)
    {
        var spectra = Family();
        var options = Options(name, withWeights);
        using var weights = withWeights ? Weights() : null;
        var whole = Run(spectra, options, "whole", weights);
        using (var stop = new CancellationTokenSource())
        {
            var updates = 0;
            var progress = new Reporter(() =>
            {
                if (++updates == 7)
                {
                    stop.Cancel();
                }
            });
            Assert.Throws<OperationCanceledException>(() =>
                Trainer.Run(
                    spectra,
                    Split(),
                    options,
                    TinyNetwork.Compute("auto"),
                    _folder.File("broken"),
                    new TrainingContext(TimeProvider.System, progress, stop.Token),
                    weights
                )
            );
        }
        var resumed = Run(spectra, options, "broken", weights);
        foreach (var file in new[] { VaeModel.WeightsFile, "model.json", "lines.csv" })
        {
            Assert.Equal(File.ReadAllBytes(_folder.File("whole", file)), File.ReadAllBytes(_folder.File("broken", file)));
        }
        Assert.Equal(whole.History.Select(WithoutTime), resumed.History.Select(WithoutTime));
        Assert.All(whole.History, e =>
            Assert.True(double.IsFinite(e.ValidationLoss) && double.IsFinite(e.TrainingLoss) && e.LargestTrainingLoss >= e.TrainingLoss)
        );
        // With weights of single spectra there is no closed form, but a fit where the objective is error + beta divergence.
        Assert.Equal(withWeights && options.Objective.LinearBeta(options.Beta) is null, whole.Best.LinearLoss is null);
    }

    [Theory]
    [InlineData("beta-vae")]
    [InlineData("annealed")]
    [InlineData("sigma-vae")]
    [InlineData("autoencoder")]
    public void History_holds_the_plain_terms_and_the_objective_made_of_them(string name)
    {
        var options = Options(name, false);
        foreach (var e in Run(Family(), options, "model").History)
        {
            var expected = name switch
            {
                "autoencoder" => e.SquaredError,
                "sigma-vae" => (0.5 * Pixels * Math.Log(Math.PI * e.Beta / options.Beta))
                    + (options.Beta * e.SquaredError / e.Beta)
                    + (options.Beta * e.KullbackLeibler),
                _ => e.SquaredError + (options.Beta * e.KullbackLeibler),
            };
            // The effective beta 2 s beta of the history has the seven digits of float32, and enters as ln and 1/s.
            Assert.Equal(expected, e.ValidationLoss, 1e-5 * (1 + Math.Abs(expected) + (e.SquaredError / Math.Max(e.Beta, 1e-3))));
        }
    }

    [Fact]
    public void An_autoencoder_stores_a_model_whose_samples_are_its_means()
    {
        Run(Family(), Options("autoencoder", false), "model");
        using var model = VaeModel.Load(_folder.File("model"));
        var posterior = model.Encode(Family(), cancellation: TestContext.Current.CancellationToken);
        Assert.All(posterior.LogVariance, v => Assert.Equal(AutoencoderObjective.LogVariance, v));
        Assert.All(posterior.Sample(1).Zip(posterior.Mu), p => Assert.Equal(p.Second, p.First, 1e-3f));
        Assert.Equal(0, model.Description.Beta);
    }

    [Fact]
    public void Capacity_is_reached()
    {
        var options = Options("capacity", false) with { Epochs = 40, LearningRate = 1e-2, Schedule = ScheduleShape.OneCycle };
        options = options with
        {
            Objective = new CapacityObjective
            {
                CapacityNat = 2,
                CapacityWeight = 30,
                RisingEpochs = 10,
            },
        };
        Assert.InRange(Run(Family(), options, "model").History[^1].KullbackLeibler, 1.2, 2.8);
    }

    [Fact]
    public void Learnt_noise_is_the_scatter_of_the_pixels()
    {
        // One free parameter and pixel noise of 0.05: what the decoder cannot know has the variance 0.0025.
        var options = Options("sigma-vae", false) with { Epochs = 120, LearningRate = 1e-2, Schedule = ScheduleShape.OneCycle };
        var best = Run(Family(0.05, 400), options, "model").History[^1];
        Assert.InRange(best.Beta / 2, 0.002, 0.006);
        using var model = VaeModel.Load(_folder.File("model"));
        // The model stands for eq. 8 with the beta that was learnt.
        Assert.InRange(model.Description.Beta / 2, 0.002, 0.01);
    }

    [Fact]
    public void Features_come_from_the_frozen_model_and_its_change_is_noticed()
    {
        var spectra = Family();
        Run(spectra, Options("beta-vae", false), "frozen");
        var frozen = _folder.File("frozen");
        var objective = new FeatureObjective().Of(frozen);
        var options = Options("beta-vae", false) with { Objective = objective };
        var best = Run(spectra, options, "model").Best;
        Assert.True(best.ValidationLoss > best.SquaredError + (options.Beta * best.KullbackLeibler));
        Assert.Null(best.LinearLoss);
        Run(spectra, Options("beta-vae", false) with { Seed = 9 }, "other");
        File.Copy(_folder.File("other", VaeModel.WeightsFile), Path.Combine(frozen, VaeModel.WeightsFile), overwrite: true);
        Assert.Contains(
            "has changed",
            Assert.Throws<InputException>(() => Run(spectra, options, "model")).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Another_objective_does_not_go_on_from_a_state()
    {
        Run(Family(), Options("beta-vae", false), "model");
        Assert.Contains(
            "objective",
            Assert.Throws<InputException>(() => Run(Family(), Options("tc-vae", false), "model")).Message,
            StringComparison.Ordinal
        );
    }

    public void Dispose() => _folder.Dispose();

    private static EpochRecord WithoutTime(EpochRecord e) => e with { Seconds = 0, SamplesPerSecond = 0, LineR2 = [] };

    private static TrainingOptions Options(string name, bool withWeights) =>
        new()
        {
            Beta = name switch
            {
                "autoencoder" => 0,
                "sigma-vae" => 1,
                _ => 0.2,
            },
            Objective = ChosenObjective.Of(
                name,
                ("rising-epochs", 2),
                ("capacity", 3),
                ("capacity-weight", 5),
                ("info-lambda", 10),
                ("draws", 3)
            ) with
            {
                WidthWeighting = withWeights,
                PixelWeighting = withWeights ? PixelWeighting.Mask : PixelWeighting.None,
            },
            Epochs = 3,
            BatchSize = 8,
            LearningRate = 3e-3,
            Schedule = ScheduleShape.OneCycle,
            Network = new NetworkOptions { LatentDimensions = 3, Channels = [4, 4, 8] },
            Seed = 6,
        };

    private TrainingResult Run(SpectrumSet spectra, TrainingOptions options, string name, PixelWeightSource? weights = null) =>
        Trainer.Run(
            spectra,
            DataSplit.Random(spectra.Count, 0.2, 1),
            options,
            TinyNetwork.Compute("auto"),
            _folder.File(name),
            new TrainingContext(TimeProvider.System),
            weights
        );

    private static DataSplit Split() => DataSplit.Random(Count, 0.2, 1);

    private static PixelWeightSource Weights() =>
        new(ObservedWeights.Of([], [.. Enumerable.Range(0, Count * Pixels).Select(i => (byte)(i % 7 == 0 ? 1 : 0))], Pixels), Pixels);

    private static SpectrumSet Family(double noise = 0.02, int count = Count)
    {
        var grid = new WavelengthGrid([.. Enumerable.Range(0, Pixels).Select(i => 4800.0 + (10 * i))]);
        var flux = new float[count * Pixels];
        for (var row = 0; row < count; row++)
        {
            var stream = new RandomStream(2, "family", (ulong)row);
            var height = 3 * stream.NextDouble();
            for (var i = 0; i < Pixels; i++)
            {
                var x = (grid.WavelengthAngstrom[i] - 5000) / 40;
                flux[(row * Pixels) + i] = (float)(1 + (height * Math.Exp(-0.5 * x * x)) + (noise * stream.NextNormal()));
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
