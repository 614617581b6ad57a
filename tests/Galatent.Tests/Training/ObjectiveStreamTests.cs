using Galatent.Networks;
using Galatent.Networks.Weighting;
using Galatent.Numerics;
using Galatent.Spectra;
using Galatent.Tests.Networks.Objectives;
using Galatent.Tests.Numerics;
using Galatent.Training;
using PureHDF;

namespace Galatent.Tests.Training;

/// <summary>Objectives in the training loop: in several processes, on spectra that stay in their file, with weights that do.</summary>
public sealed class ObjectiveStreamTests : IDisposable
{
    private const int Pixels = 47;
    private const int Count = 50;

    private static readonly ComputeOptions OneThread = new() { Threads = 1 };

    private readonly TemporaryFolder _folder = new();

    private string DataPath => _folder.File("spectra.h5");

    [Theory]
    [InlineData("beta-vae", PixelWeighting.InverseVariance, false)]
    [InlineData("autoencoder", PixelWeighting.Mask, true)]
    [InlineData("annealed", PixelWeighting.None, true)]
    [InlineData("capacity", PixelWeighting.None, false)]
    [InlineData("tc-vae", PixelWeighting.InverseVariance, false)]
    [InlineData("info-vae", PixelWeighting.None, true)]
    [InlineData("iwae", PixelWeighting.Mask, false)]
    [InlineData("sigma-vae", PixelWeighting.Mask, true)]
    public void Streams_and_processes_change_nothing(string name, PixelWeighting weighting, bool widths)
    {
        WriteData(Count, chunk: 0);
        var options = Options(name, weighting, widths);
        var memory = Train(SpectrumFile.Read(DataPath), options, "memory", ProcessGroup.Alone);
        using var stream = SpectrumStream.Open(DataPath, _folder.Path);
        Train(stream, options, "stream", ProcessGroup.Alone);
        Assert.Equal(Weights("memory"), Weights("stream"));
        Assert.Equal(memory.History.Count + 1, File.ReadAllLines(_folder.File("stream", "lines.csv")).Length);

        var together = ThreadGroup.Run(3, group => Train(stream, options, "together", group));
        foreach (var result in together)
        {
            Assert.Equal(together[0].History.Select(e => e.ValidationLoss), result.History.Select(e => e.ValidationLoss));
            for (var i = 0; i < memory.History.Count; i++)
            {
                // Ten updates whose float32 sums run in another order.
                var expected = memory.History[i];
                var actual = result.History[i];
                Assert.Equal(expected.TrainingLoss, actual.TrainingLoss, 1e-4 * (1 + Math.Abs(expected.TrainingLoss)));
                Assert.Equal(expected.ValidationLoss, actual.ValidationLoss, 1e-4 * (1 + Math.Abs(expected.ValidationLoss)));
                Assert.Equal(expected.LineR2, actual.LineR2, (double? a, double? b) =>
                    Math.Abs(a!.Value - b!.Value) <= 1e-4 * (1 + Math.Abs(a!.Value))
                );
            }
        }
        if (name != "iwae")
        {
            // Our own engine: every weight has the same bits (the epoch kept is the last, whatever the rounding of the validation's sums).
            Assert.Equal(memory.Best.Epoch, together[0].Best.Epoch);
            Assert.Equal(Weights("memory"), Weights("together"));
        }
    }

    // Less than 64 kB stands in the file's head, more in a block of its own, or in chunks.
    [Theory]
    [InlineData(Count, 0)]
    [InlineData(1500, 0)]
    [InlineData(Count, 7)]
    public void Weights_in_a_file_are_those_in_memory(int count, int chunk)
    {
        var (ivar, mask) = WriteData(count, chunk);
        var spectra = SpectrumFile.Read(DataPath);
        Assert.Equal(ivar[..(3 * Pixels)], SpectrumFile.ReadInverseVariance(DataPath, 3, Pixels));
        Assert.Null(PixelWeightSource.Open(DataPath, PixelWeighting.None, spectra, _folder.Path));
        foreach (
            var (weighting, expected) in new[]
            {
                (PixelWeighting.Mask, ObservedWeights.Of([], mask, Pixels)),
                (PixelWeighting.InverseVariance, ObservedWeights.Of(ivar, mask, Pixels)),
            }
        )
        {
            using var source = PixelWeightSource.Open(DataPath, weighting, spectra, _folder.Path)!;
            int[] rows = [count - 1, 0, 17];
            var weights = new float[rows.Length * Pixels];
            source.Read(rows, weights);
            Assert.Equal([.. rows.SelectMany(row => expected[(row * Pixels)..((row + 1) * Pixels)])], weights);
        }
        // A flat copy, where one was needed, has no name any more.
        Assert.Equal([DataPath], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Weights_of_another_shape_or_none_are_refused()
    {
        WriteData(Count, chunk: 0);
        var spectra = SpectrumFile.Read(DataPath);
        new H5File { ["ivar"] = new H5Dataset<float[]>(new float[Count * 3], fileDims: [Count, 3]) }.Write(DataPath + "x");
        Assert.Contains(
            "/ivar has the shape (50, 3)",
            Refusal(() => SpectrumFile.ReadInverseVariance(DataPath + "x", Count, Pixels)),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "/ivar has the shape (50, 3)",
            Refusal(() => PixelWeightSource.Open(DataPath + "x", PixelWeighting.InverseVariance, spectra, _folder.Path)),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "has no /mask",
            Refusal(() => PixelWeightSource.Open(DataPath + "x", PixelWeighting.Mask, spectra, _folder.Path)),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "no weights were given",
            Refusal(() => Train(spectra, Options("beta-vae", PixelWeighting.Mask, false), "none", ProcessGroup.Alone, weighted: false)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Other_weights_do_not_go_on_from_a_state()
    {
        var (ivar, mask) = WriteData(Count, chunk: 0);
        var spectra = SpectrumFile.Read(DataPath);
        var options = Options("beta-vae", PixelWeighting.InverseVariance, false);
        void Run(float[] weights)
        {
            using var source = new PixelWeightSource(weights, Pixels);
            Trainer.Run(
                spectra,
                DataSplit.Random(Count, 0.2, 1),
                options,
                OneThread,
                _folder.File("weights"),
                new TrainingContext(TimeProvider.System),
                source
            );
        }
        Run(ObservedWeights.Of(ivar, mask, Pixels));
        Run(ObservedWeights.Of(ivar, mask, Pixels));
        ivar[^1] += 1;
        Assert.Contains("other spectra", Refusal(() => Run(ObservedWeights.Of(ivar, mask, Pixels))), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static string Refusal(Action action) => Assert.Throws<InputException>(action).Message;

    private static TrainingOptions Options(string name, PixelWeighting weighting, bool widths) =>
        new()
        {
            Epochs = 2,
            BatchSize = 8,
            Beta = name == "autoencoder" ? 0 : 0.3,
            LearningRate = 1e-3,
            Network = new NetworkOptions { LatentDimensions = 3, Channels = [4, 4, 8] },
            Objective = ChosenObjective.Of(name, ("capacity", 2), ("capacity-weight", 3), ("draws", 3)) with
            {
                PixelWeighting = weighting,
                WidthWeighting = widths,
            },
            Seed = 6,
        };

    private TrainingResult Train(
        ISpectrumSource spectra,
        TrainingOptions options,
        string name,
        ProcessGroup processes,
        bool weighted = true
    )
    {
        using var weights = weighted ? PixelWeightSource.Open(DataPath, options.Objective.PixelWeighting, spectra, _folder.Path) : null;
        return Trainer.Run(
            spectra,
            DataSplit.Random(Count, 0.2, 1),
            options,
            OneThread,
            _folder.File(name),
            new TrainingContext(TimeProvider.System) { Processes = processes },
            weights
        );
    }

    private byte[] Weights(string name) => File.ReadAllBytes(_folder.File(name, VaeModel.WeightsFile));

    /// <summary>Spectra with a line of free height, uneven noise and bad pixels; in chunks of some rows, or as one block.</summary>
    private (float[] InverseVariance, byte[] Mask) WriteData(int count, int chunk)
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
                flux[at] = (float)(1 + (height * Math.Exp(-0.5 * x * x)));
                ivar[at] = (float)(0.5 + stream.NextDouble());
                mask[at] = (byte)(stream.NextDouble() < 0.1 ? 4 : 0);
            }
        }
        uint[]? chunks = chunk > 0 ? [(uint)chunk, Pixels] : null;
        new H5File
        {
            ["wavelength"] = wavelength,
            ["flux"] = new H5Dataset<float[]>(flux, chunks: chunks, fileDims: [(ulong)count, Pixels]),
            ["norm"] = Enumerable.Repeat(1.0, count).ToArray(),
            ["ivar"] = new H5Dataset<float[]>(ivar, chunks: chunks, fileDims: [(ulong)count, Pixels]),
            ["mask"] = new H5Dataset<byte[]>(mask, chunks: chunks, fileDims: [(ulong)count, Pixels]),
        }.Write(DataPath);
        return (ivar, mask);
    }
}
