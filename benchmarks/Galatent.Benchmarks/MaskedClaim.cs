using Galatent.Networks;
using Galatent.Networks.Fused;
using Galatent.Networks.Objectives;
using Galatent.Networks.Weighting;
using Galatent.Spectra;
using Galatent.Training;

namespace Galatent.Benchmarks;

/// <summary>
/// The line <c>train-masked</c>: updates with weights by inverse variance, a calibration floor and a mask channel, against plain ones, both
/// with their batches read by the training's own feed. Weights are read from their file, as in a training.
/// </summary>
internal static class MaskedClaim
{
    private const int Spectra = 2048;
    private const int Steps = 8;

    public static Pair Prepare(int threads, int batchSize)
    {
        var grid = WavelengthGrid.Study;
        var folder = Directory.CreateTempSubdirectory("galatent-masked");
        var path = Path.Combine(folder.FullName, "spectra.h5");
        var flux = Claims.Draw(Spectra * grid.Count, "flux");
        Write(path, grid, flux);
        var spectra = SpectrumFile.Read(path);
        var weights = PixelWeightSource.Open(path, PixelWeighting.InverseVariance, spectra, folder.FullName)!;
        // An open file needs no name, and nothing is left behind.
        folder.Delete(recursive: true);
        var plain = new TrainingOptions { BatchSize = batchSize, Epochs = 100_000 };
        var masked = plain with
        {
            Network = plain.Network with { MaskChannel = true },
            Objective = ObjectiveList.Default with { PixelWeighting = PixelWeighting.InverseVariance, CalibrationError = 0.03 },
        };
        var first = new Side(spectra, plain, null, threads);
        var second = new Side(spectra, masked, weights, threads);
        return new Pair(first.Train, Steps * batchSize, second.Train, Steps * batchSize, first, second, weights);
    }

    // A third of the pixels is bad: both ends, as in spectra of some redshift, and single ones.
    private static void Write(string path, WavelengthGrid grid, float[] flux)
    {
        var provenance = new SpectrumProvenance("ratios", 1, "", 5000, 5500, "", "");
        using var writer = new SpectrumFileWriter(path, grid, Spectra, provenance, [], inverseVariance: true, mask: true);
        byte[] mask =
        [
            .. Enumerable
                .Range(0, flux.Length)
                .Select(i => (byte)(i % grid.Count < grid.Count / 6 || i % grid.Count > 5 * grid.Count / 6 || i % 97 == 0 ? 1 : 0)),
        ];
        writer.Append(
            flux,
            [.. Enumerable.Repeat(1.0, Spectra)],
            [],
            inverseVariance: Array.ConvertAll(mask, m => m == 0 ? 100f : 0),
            mask: mask
        );
        writer.Finish();
    }

    private sealed class Side(SpectrumSet spectra, TrainingOptions options, PixelWeightSource? weights, int threads) : IDisposable
    {
        private readonly FusedEngine _engine = new(Claims.Weights(options.Network), new AdamOptions(), threads);
        private readonly BatchFeed _feed = new(
            spectra,
            [.. Enumerable.Range(0, Spectra)],
            options,
            new ObjectiveRun(options, spectra, weights),
            count => (0, count),
            1,
            0
        );

        public void Train()
        {
            for (var i = 0; i < Steps; i++)
            {
                var batch = _feed.Next();
                _engine.Step(batch.Flux, batch.Epsilon, 0.3f, 3e-4f, batch.PixelWeights);
            }
        }

        public void Dispose()
        {
            _feed.Dispose();
            _engine.Dispose();
        }
    }
}
