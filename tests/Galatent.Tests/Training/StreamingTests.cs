using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Galatent.Files;
using Galatent.Networks;
using Galatent.Numerics;
using Galatent.Spectra;
using Galatent.Tests.App;
using Galatent.Tests.Numerics;
using Galatent.Training;

namespace Galatent.Tests.Training;

public sealed class StreamingTests : IDisposable
{
    private const int Count = 61;
    private const int Pixels = 47;

    private readonly TemporaryFolder _folder = new();

    private static TrainingOptions Options =>
        new()
        {
            Epochs = 3,
            BatchSize = 20,
            LearningRate = 3e-3,
            Schedule = ScheduleShape.OneCycle,
            Network = new NetworkOptions
            {
                LatentDimensions = 3,
                Channels = [4, 4, 8],
                LinearPath = true,
                OutputCalibration = true,
            },
            Seed = 6,
        };

    private string Data => _folder.File("spectra.h5");

    [Fact]
    public void A_streamed_run_has_the_bits_of_one_in_memory()
    {
        using var stream = Stream();
        Train(Spectra(), "memory", ProcessGroup.Alone);
        Train(stream, "stream", ProcessGroup.Alone);
        Assert.Equal(Weights("memory"), Weights("stream"));
        Assert.Equal(States("memory"), States("stream"));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Several_processes_have_the_bits_of_one(int size)
    {
        Train(Spectra(), "one", ProcessGroup.Alone);
        var histories = ThreadGroup.Run(size, group => Train(Spectra(), "several", group).History);
        Assert.Equal(Weights("one"), Weights("several"));
        Assert.Equal(States("one"), States("several"));
        Assert.All(histories, h => Assert.Equal(histories[0].Select(e => e.ValidationLoss), h.Select(e => e.ValidationLoss)));
    }

    [Fact]
    public void A_run_of_several_processes_can_be_ended_and_gone_on_with_by_one()
    {
        Train(Spectra(), "whole", ProcessGroup.Alone);
        using var stop = new CancellationTokenSource();
        // Only one of them is told; all must stop at the same update.
        var ended = ThreadGroup.Run(2, group =>
        {
            var context = new TrainingContext(
                TimeProvider.System,
                new Counter(4, stop),
                group.IsFirst ? CancellationToken.None : stop.Token
            )
            {
                Processes = group,
            };
            return Record.Exception(() =>
                Trainer.Run(Spectra(), Split(), Options, new ComputeOptions { Threads = 1 }, _folder.File("broken"), context)
            );
        });
        Assert.All(ended, e => Assert.IsType<OperationCanceledException>(e));
        Assert.False(
            File.Exists(_folder.File("broken", "history.csv")) && File.ReadAllLines(_folder.File("broken", "history.csv")).Length > 3
        );
        Train(Spectra(), "broken", ProcessGroup.Alone);
        Assert.Equal(Weights("whole"), Weights("broken"));
    }

    [Fact]
    public void An_epoch_sees_every_spectrum_once_and_no_two_have_the_same_order()
    {
        using var stream = Stream();
        var training = Split().Training;
        var steps = 3;
        using var feed = new BatchFeed(stream, training, Options, new ObjectiveRun(Options, stream, null), count => (0, count), 1, 0);
        Assert.Equal(steps, feed.StepsPerEpoch);
        var epochs = Enumerable
            .Range(0, Options.Epochs)
            .Select(_ => Enumerable.Range(0, steps).SelectMany(_ => Checked(feed.Next())).ToArray())
            .ToArray();
        Assert.All(epochs, rows => Assert.Equal(training.Order(), rows.Order()));
        Assert.Equal(Options.Epochs, epochs.Select(rows => string.Join(' ', rows)).Distinct().Count());

        int[] Checked(PreparedBatch batch)
        {
            var expected = new float[batch.Rows.Length * Pixels];
            stream.Read(batch.Rows, expected);
            Assert.Equal(expected, batch.Flux.ToArray());
            return batch.Rows;
        }
    }

    [Fact]
    public void A_disk_that_fails_ends_the_run_with_its_sentence()
    {
        using var stream = Stream();
        // Another program cuts the file: within .NET the stream's lock would forbid it.
        Assert.Equal(0, CommandLine.Run("truncate", ["-s", "7000", Data]).ExitCode);
        Assert.Contains(
            "ends inside its spectra",
            Assert.Throws<InputException>(() => Train(stream, "broken", ProcessGroup.Alone)).Message,
            StringComparison.Ordinal
        );
        using var feed = new BatchFeed(
            stream,
            Split().Training,
            Options,
            new ObjectiveRun(Options, stream, null),
            count => (0, count),
            1,
            0
        );
        Assert.Throws<InputException>(() => Enumerable.Range(0, 9).Select(_ => feed.Next().Rows.Length).ToArray());
    }

    [Fact]
    public void The_scan_knows_hash_mean_and_variance()
    {
        var spectra = Spectra();
        var rows = Split().Training;
        var scan = DataStatistics.Of(spectra, rows);
        byte[] bytes =
        [
            .. MemoryMarshal.AsBytes(spectra.Grid.WavelengthAngstrom.AsSpan()),
            .. MemoryMarshal.AsBytes(spectra.Flux.AsSpan()),
        ];
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), scan.Hash);
        var variance = 0.0;
        for (var p = 0; p < Pixels; p++)
        {
            var mean = rows.Average(row => (double)spectra[row][p]);
            Assert.Equal(mean, scan.MeanSpectrum[p], 1e-6 * Math.Abs(mean));
            variance += rows.Average(row => Math.Pow(spectra[row][p] - mean, 2));
        }
        Assert.Equal(variance, scan.Variance.Sum(), 1e-10 * variance);
    }

    public void Dispose() => _folder.Dispose();

    private SpectrumStream Stream()
    {
        SpectrumFile.Write(Data, Spectra());
        return SpectrumStream.Open(Data, _folder.Path);
    }

    private TrainingResult Train(ISpectrumSource spectra, string name, ProcessGroup processes) =>
        Trainer.Run(
            spectra,
            Split(),
            Options,
            new ComputeOptions { Threads = 1 },
            _folder.File(name),
            new TrainingContext(TimeProvider.System) { Processes = processes }
        );

    private byte[] Weights(string name) => File.ReadAllBytes(_folder.File(name, VaeModel.WeightsFile));

    private float[] States(string name)
    {
        var file = SafetensorsFile.Read(_folder.File(name, TrainingState.FileName));
        return [.. file.Names.SelectMany(n => file.Tensor(n, [new ParameterLayout(Options.Network, Pixels).Count]).ToArray())];
    }

    private static DataSplit Split() => DataSplit.Random(Count, 0.2, 1);

    private static SpectrumSet Spectra()
    {
        var grid = new WavelengthGrid([.. Enumerable.Range(0, Pixels).Select(i => 4800.0 + (10 * i))]);
        var stream = new RandomStream(2, "streaming");
        return new SpectrumSet(
            grid,
            [.. Enumerable.Range(0, Count * Pixels).Select(_ => (float)(1 + (0.1 * stream.NextNormal())))],
            [.. Enumerable.Repeat(1.0, Count)],
            [],
            new SpectrumProvenance("test", 2, "", 5000, 5500, "", "")
        );
    }

    private sealed class Counter(int stopAfter, CancellationTokenSource stop) : IProgress<StepProgress>
    {
        private int _updates;

        public void Report(StepProgress value)
        {
            if (++_updates == stopAfter)
            {
                stop.Cancel();
            }
        }
    }
}
