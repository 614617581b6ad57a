using Galatent.Latents;
using Galatent.Networks;
using Galatent.Numerics;
using Galatent.Spectra;
using Galatent.Study;
using Galatent.Training;

namespace Galatent.Tests.Study;

/// <summary>An analysis judges a model by the rows that its training stored.</summary>
public sealed class ModelAnalysisTests : IDisposable
{
    private const int Pixels = 47;
    private const int Count = 40;

    private static readonly ComputeOptions OneThread = new() { Threads = 1 };

    private readonly TemporaryFolder _folder = new();

    private string Model => _folder.File("model");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_rows_of_the_training_judge()
    {
        var spectra = Spectra();
        // Of the caller's choice, not of any shuffle: the bright half trains.
        int[] byBrightness = [.. Enumerable.Range(0, Count).OrderByDescending(i => spectra[i].ToArray().Sum())];
        var split = new DataSplit(byBrightness[..(Count / 2)], byBrightness[(Count / 2)..]);
        Train(spectra, split);
        var stored = SplitFile.Read(Path.Combine(Model, SplitFile.FileName), Count);
        Assert.Equal(split.Training, stored.Training);
        Assert.Equal(split.Validation, stored.Validation);

        var judged = Analyze(spectra, new ModelAnalysisOptions());
        using var network = VaeModel.Load(Model, OneThread);
        var posterior = network.Encode(spectra, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(split.Validation.Average(row => KlNat(posterior, row)), judged.Loss.KlNat, 1e-5);

        // Another share is another split, and so is a model without the file.
        var other = Analyze(spectra, new ModelAnalysisOptions { ValidationFraction = 0.5 });
        Assert.NotEqual(judged.Loss.KlNat, other.Loss.KlNat, 1e-5);
        File.Delete(Path.Combine(Model, SplitFile.FileName));
        Assert.Equal(other.Loss, Analyze(spectra, new ModelAnalysisOptions()).Loss);
    }

    [Fact]
    public void A_split_of_other_spectra_is_named()
    {
        var spectra = Spectra();
        Train(spectra, DataSplit.Random(Count, 0.2, 1));
        var path = Path.Combine(Model, SplitFile.FileName);
        SplitFile.Write(path, DataSplit.Random(Count - 1, 0.2, 1));
        Assert.Contains(path, Assert.Throws<InputException>(() => Analyze(spectra, new())).Message, StringComparison.Ordinal);
    }

    private AnalysisResults Analyze(SpectrumSet spectra, ModelAnalysisOptions options) =>
        ModelAnalysis.Run(
            Model,
            _folder.Path,
            spectra,
            options,
            new StudyContext(TimeProvider.System) { Cancellation = TestContext.Current.CancellationToken },
            OneThread
        );

    private void Train(SpectrumSet spectra, DataSplit split) =>
        Trainer.Run(
            spectra,
            split,
            new TrainingOptions
            {
                Epochs = 2,
                BatchSize = 8,
                Network = new NetworkOptions { LatentDimensions = 3, Channels = [4, 4, 8] },
            },
            OneThread,
            Model,
            new TrainingContext(TimeProvider.System, Cancellation: TestContext.Current.CancellationToken)
        );

    // Eq. 7 of the study, in double precision.
    private static double KlNat(LatentPosterior posterior, int row)
    {
        var sum = 0.0;
        for (var i = row * posterior.Dimensions; i < (row + 1) * posterior.Dimensions; i++)
        {
            double mu = posterior.Mu[i];
            double logVariance = posterior.LogVariance[i];
            sum += 0.5 * ((mu * mu) + Math.Exp(logVariance) - logVariance - 1);
        }
        return sum;
    }

    private static SpectrumSet Spectra()
    {
        var grid = new WavelengthGrid([.. Enumerable.Range(0, Pixels).Select(i => 4800.0 + (10 * i))]);
        var stream = new RandomStream(2, "family");
        var flux = new float[Count * Pixels];
        for (var row = 0; row < Count; row++)
        {
            var slope = stream.NextNormal();
            for (var i = 0; i < Pixels; i++)
            {
                flux[(row * Pixels) + i] = (float)(1 + (0.1 * slope * i) + (0.1 * stream.NextNormal()));
            }
        }
        return new SpectrumSet(
            grid,
            flux,
            [.. Enumerable.Repeat(1.0, Count)],
            [],
            new SpectrumProvenance("test", 2, "", 5000, 5500, "", "")
        );
    }
}
