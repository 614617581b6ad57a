using Galatent.Networks;
using Galatent.Networks.Objectives;
using Galatent.Networks.Weighting;
using Galatent.Numerics;
using Galatent.Spectra;
using Galatent.Tests.Networks.Objectives;
using Galatent.Tests.Numerics;
using Galatent.Training;

namespace Galatent.Tests.Training;

/// <summary>Training on spectra with gaps: what stands in a gap changes no byte, nor do streams, processes and interruptions.</summary>
public sealed class MaskedTrainingTests : IDisposable
{
    private const int Pixels = 47;
    private const int Count = 50;

    private static readonly ComputeOptions OneThread = new() { Threads = 1 };

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, bool> Kinds =>
        [.. ObjectiveList.All.Where(o => !o.ComparesWholeSpectra).SelectMany(o => new[] { (o.Name, true), (o.Name, false) })];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_stands_in_a_gap_changes_no_byte(string name, bool maskChannel)
    {
        var options = Options(name, maskChannel);
        var zero = Train("zero", Write("zero", 0), options);
        var nonsense = Train("nonsense", Write("nonsense", 1e5f), options);
        Assert.Equal(zero.History.Select(WithoutTime), nonsense.History.Select(WithoutTime));
        Assert.All(zero.History, e => Assert.True(double.IsFinite(e.ValidationLoss)));
        foreach (var file in new[] { VaeModel.WeightsFile, VaeModel.DescriptionFile, "lines.csv" })
        {
            Assert.Equal(File.ReadAllBytes(_folder.File("zero", file)), File.ReadAllBytes(_folder.File("nonsense", file)));
        }
        // And none of what the model then encodes.
        var encoded = new[] { "zero", "nonsense" }.Select(data => Encode("zero", _folder.File($"{data}.h5"))).ToArray();
        Assert.Equal(encoded[0].Mu, encoded[1].Mu);
        Assert.Equal(encoded[0].LogVariance, encoded[1].LogVariance);
    }

    [Theory]
    [InlineData("beta-vae")]
    [InlineData("tc-vae")]
    [InlineData("iwae")]
    public void Streams_processes_and_interruptions_change_nothing(string name)
    {
        var path = Write("data", 0);
        var options = Options(name, maskChannel: true);
        var whole = Train("whole", path, options);
        Train("stream", path, options, isStreamed: true);
        Assert.Equal(Weights("whole"), Weights("stream"));
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
            Train("broken", path, options, context: new TrainingContext(TimeProvider.System, progress, stop.Token))
        );
        Train("broken", path, options);
        Assert.Equal(Weights("whole"), Weights("broken"));
        var together = ThreadGroup.Run(3, group =>
            Train("together", path, options, context: new TrainingContext(TimeProvider.System) { Processes = group })
        );
        if (name == "iwae")
        {
            Assert.Equal(whole.Best.ValidationLoss, together[0].Best.ValidationLoss, 1e-4 * Math.Abs(whole.Best.ValidationLoss));
        }
        else
        {
            Assert.Equal(Weights("whole"), Weights("together"));
        }
    }

    [Fact]
    public void Gaps_that_hold_nothing_are_not_learnt_and_sigma_widens_where_data_lack()
    {
        // Every spectrum has a line of free height; half of the spectra do not cover it.
        var path = Write("data", 0, coverLine: i => i % 2 == 0, count: 500);
        var options = Options("beta-vae", maskChannel: true) with
        {
            Epochs = 20,
            LearningRate = 1e-2,
            Schedule = ScheduleShape.OneCycle,
            Beta = 2,
        };
        Train("model", path, options);
        var posterior = Encode("model", path);
        double Kl(int remainder) =>
            Enumerable
                .Range(0, 500)
                .Where(i => i % 2 == remainder)
                .Average(i =>
                    Enumerable
                        .Range(0, 3)
                        .Sum(d => KullbackLeibler.OfDimension(posterior.Mu[(3 * i) + d], posterior.LogVariance[(3 * i) + d]))
                );
        Assert.True(Kl(0) > 1.5, $"{Kl(0)} nat where the line is seen");
        Assert.True(Kl(1) < 0.3 * Kl(0), $"{Kl(1)} nat where it is not, {Kl(0)} where it is");
    }

    [Fact]
    public void What_makes_no_sense_is_refused()
    {
        var weighted = Options("beta-vae", maskChannel: true);
        string Fault(TrainingOptions options) => Assert.Throws<InputException>(options.Validate).Message;
        Assert.Contains("pixels must be weighted", Fault(weighted with { Objective = new BetaVaeObjective() }), StringComparison.Ordinal);
        Assert.Contains(
            "compares spectra as wholes",
            Fault(
                weighted with
                {
                    Objective = new FeatureObjective { FeatureModel = "m", PixelWeighting = PixelWeighting.Mask },
                }
            ),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "needs the mean to be subtracted",
            Fault(weighted with { Network = weighted.Network with { SubtractMean = false } }),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "needs weights by /ivar",
            Fault(weighted with { Objective = weighted.Objective with { PixelWeighting = PixelWeighting.Mask } }),
            StringComparison.Ordinal
        );
    }

    private static EpochRecord WithoutTime(EpochRecord e) => e with { Seconds = 0, SamplesPerSecond = 0, LineR2 = [] };

    private static TrainingOptions Options(string name, bool maskChannel) =>
        new()
        {
            Epochs = 3,
            BatchSize = 8,
            Beta = name switch
            {
                "autoencoder" => 0,
                "sigma-vae" => 1,
                _ => 0.3,
            },
            LearningRate = 1e-3,
            Network = new NetworkOptions
            {
                LatentDimensions = 3,
                Channels = [4, 4, 8],
                MaskChannel = maskChannel,
                LinearPath = true,
                OutputCalibration = true,
            },
            Objective = Weighted(ChosenObjective.Of(name, ("capacity", 2), ("capacity-weight", 3), ("draws", 3))),
            Seed = 6,
        };

    // Who learns the noise needs no inverse variances.
    private static Objective Weighted(Objective objective) =>
        objective.LearnsNoise
            ? objective with
            {
                PixelWeighting = PixelWeighting.Mask,
            }
            : objective with
            {
                PixelWeighting = PixelWeighting.InverseVariance,
                CalibrationError = 0.03,
            };

    private TrainingResult Train(
        string name,
        string path,
        TrainingOptions options,
        bool isStreamed = false,
        TrainingContext? context = null
    )
    {
        using var stream = isStreamed ? SpectrumStream.Open(path, _folder.Path) : null;
        ISpectrumSource source = stream is null ? SpectrumFile.Read(path) : stream;
        using var gaps = SpectrumGaps.Open(path, source, _folder.Path)!;
        using var filled = FilledSpectra.FromThemselves(gaps, _folder.Path);
        using var weights = PixelWeightSource.Open(path, options.Objective.PixelWeighting, source, _folder.Path);
        return Trainer.Run(
            filled,
            DataSplit.Random(source.Count, 0.2, 1),
            options,
            OneThread,
            _folder.File(name),
            context ?? new TrainingContext(TimeProvider.System),
            weights
        );
    }

    private LatentPosterior Encode(string model, string path)
    {
        using var network = VaeModel.Load(_folder.File(model), OneThread);
        using var gaps = SpectrumGaps.Open(path, SpectrumFile.Read(path), _folder.Path)!;
        using var filled = FilledSpectra.FromSamples(gaps, DecodedSamples.Of(network), _folder.Path);
        return network.Encode(filled, cancellation: TestContext.Current.CancellationToken);
    }

    private byte[] Weights(string name) => File.ReadAllBytes(_folder.File(name, VaeModel.WeightsFile));

    /// <summary>Spectra with a line of free height, noise and bad pixels.</summary>
    private string Write(string name, float inGaps, Func<int, bool>? coverLine = null, int count = Count)
    {
        var stream = new RandomStream(2, "data");
        var flux = new float[count * Pixels];
        var ivar = new float[count * Pixels];
        var mask = new byte[count * Pixels];
        double[] wavelength = [.. Enumerable.Range(0, Pixels).Select(i => 4800 + (10.0 * i) + (0.02 * i * i))];
        for (var row = 0; row < count; row++)
        {
            var height = 3 * stream.NextDouble();
            for (var i = 0; i < Pixels; i++)
            {
                var at = (row * Pixels) + i;
                var x = (wavelength[i] - 5000) / 40;
                ivar[at] = (float)(300 + (200 * stream.NextDouble()));
                flux[at] = (float)(1 + (height * Math.Exp(-0.5 * x * x)) + (stream.NextNormal() / Math.Sqrt(ivar[at])));
                var isBad = stream.NextDouble() < 0.1 || (Math.Abs(x) < 4 && coverLine?.Invoke(row) == false);
                (mask[at], ivar[at], flux[at]) = isBad ? ((byte)4, 0, inGaps) : ((byte)0, ivar[at], flux[at]);
            }
        }
        var path = _folder.File($"{name}.h5");
        using var writer = new SpectrumFileWriter(
            path,
            new WavelengthGrid(wavelength),
            count,
            new SpectrumProvenance("test", 1, "erg/s/cm2/Hz", 5100, 5200, "", ""),
            [],
            inverseVariance: true,
            mask: true
        );
        writer.Append(flux, [.. Enumerable.Repeat(1.0, count)], [], inverseVariance: ivar, mask: mask);
        writer.Finish();
        return path;
    }
}
