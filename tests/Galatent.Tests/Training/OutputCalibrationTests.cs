using Galatent.Networks;
using Galatent.Networks.Objectives;
using Galatent.Numerics;
using Galatent.Spectra;
using Galatent.Tests.Networks;
using Galatent.Training;

namespace Galatent.Tests.Training;

/// <summary>Gain and offset of the decoder's pixels: the normal equations of least squares hold, and the weights of the convolutions are
/// those of a training without them.</summary>
public sealed class OutputCalibrationTests : IDisposable
{
    private const int Pixels = 47;

    private static readonly ComputeOptions OneThread = new() { Threads = 1 };

    private readonly TemporaryFolder _folder = new();

    // An autoencoder: its error has no noise, so that the same numbers can be computed again from the stored model.
    private static TrainingOptions Options(bool calibrated) =>
        new()
        {
            Beta = 0,
            Epochs = 2,
            BatchSize = 8,
            LearningRate = 3e-3,
            Objective = new AutoencoderObjective(),
            Network = new NetworkOptions
            {
                LatentDimensions = 3,
                Channels = [4, 4, 8],
                OutputCalibration = calibrated,
            },
            Seed = 6,
        };

    [Fact]
    public void Residuals_of_the_training_spectra_are_free_of_mean_and_slope_at_every_pixel()
    {
        var spectra = Waves(300);
        var split = Split(spectra);
        using var model = Trained(spectra, calibrated: true, out _);
        var posterior = model.Encode(spectra, cancellation: TestContext.Current.CancellationToken);
        var decoded = model.Decode(posterior.Mu, posterior.Count);
        for (var p = 0; p < Pixels; p++)
        {
            double[] x = [.. split.Training.Select(row => (double)spectra[row][p])];
            double[] y = [.. split.Training.Select(row => (double)decoded[(row * Pixels) + p])];
            var (meanX, meanY) = (x.Average(), y.Average());
            var spread = Math.Sqrt(x.Average(v => (v - meanX) * (v - meanX)));
            Assert.Equal(meanX, meanY, 1e-5);
            var covariance = x.Zip(y, (a, b) => (a - b) * (b - meanY)).Average();
            Assert.InRange(Math.Abs(covariance), 0, 1e-5 * spread * spread);
            // So no pixel is worse than the mean spectrum.
            Assert.InRange(x.Zip(y, (a, b) => (a - b) * (a - b)).Average(), 0, spread * spread);
        }
    }

    [Fact]
    public void Convolutions_learn_as_without_it_and_the_error_falls()
    {
        var spectra = Waves(300);
        using var with = Trained(spectra, calibrated: true, out var calibrated);
        using var without = Trained(spectra, calibrated: false, out var plain);
        Assert.Equal(without.Weights.Values, with.Weights.Values);
        Assert.Null(without.Weights.Output);
        Assert.True(calibrated.Best.SquaredError < plain.Best.SquaredError);
        Assert.Equal(plain.Best.TrainingLoss, calibrated.Best.TrainingLoss);
    }

    [Fact]
    public void Every_engine_calibrates_alike()
    {
        using var model = Trained(Waves(60), calibrated: true, out _);
        float[] z = [0.3f, -1, 0.5f, 2, 0, -0.7f];
        var (fused, torch) = (new float[2 * Pixels], new float[2 * Pixels]);
        using var first = OneThread.Create(model.Weights, new AdamOptions());
        using var second = TinyNetwork.Compute("torch").Create(model.Weights, new AdamOptions());
        first.Decode(z, fused);
        second.Decode(z, torch);
        Assert.All(fused.Zip(torch), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        first.Calibrate(null);
        var raw = new float[2 * Pixels];
        first.Decode(z, raw);
        var output = model.Weights.Output!;
        Assert.All(Enumerable.Range(0, raw.Length), i =>
            Assert.Equal((output.Gain[i % Pixels] * raw[i]) + output.Offset[i % Pixels], fused[i], 1e-5f)
        );
    }

    public void Dispose() => _folder.Dispose();

    private VaeModel Trained(SpectrumSet spectra, bool calibrated, out TrainingResult result)
    {
        var folder = _folder.File($"calibrated-{calibrated}", VaeModel.FolderName);
        result = Trainer.Run(spectra, Split(spectra), Options(calibrated), OneThread, folder, new TrainingContext(TimeProvider.System));
        return VaeModel.Load(folder, OneThread);
    }

    private static DataSplit Split(SpectrumSet spectra) => DataSplit.Random(spectra.Count, 0.2, 6);

    // Two numbers decide each spectrum. One pixel in the middle hardly varies, as where a normalisation leaves nothing.
    private static SpectrumSet Waves(int count)
    {
        var stream = new RandomStream(3, "waves");
        var flux = new float[count * Pixels];
        for (var i = 0; i < count; i++)
        {
            var (a, b) = (stream.NextNormal(), stream.NextNormal());
            for (var p = 0; p < Pixels; p++)
            {
                var size = p == Pixels / 2 ? 0.001 : 0.3;
                flux[(i * Pixels) + p] = (float)(1 + (size * ((a * Math.Sin(p / 5.0)) + (b * Math.Cos(p / 3.0)))));
            }
        }
        return new SpectrumSet(
            new WavelengthGrid([.. Enumerable.Range(0, Pixels).Select(p => 4950 + (10.0 * p))]),
            flux,
            [.. Enumerable.Repeat(1.0, count)],
            [],
            new SpectrumProvenance("test", 2, "", 5000, 5500, "", "")
        );
    }
}
