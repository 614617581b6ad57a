using Galatent.Explore.Data;
using Galatent.Latents.Outliers;
using Galatent.Networks;
using Galatent.Numerics;
using Galatent.Spectra;
using Galatent.Spectra.Gaps;

namespace Galatent.Explore.Uploads;

/// <summary>What is made once of a model to judge foreign spectra: neighbours, usual scores, and components that fill gaps.</summary>
internal sealed class JudgedModel
{
    private const ulong Seed = 1;

    private readonly Lazy<GapFill> _gaps;
    private readonly OutlierReference? _usual;
    private readonly double[] _usualScores = [];

    /// <summary>Fits and measures; some seconds.</summary>
    public JudgedModel(ExploredRun run, ExploredModel model, VaeModel engine, int threads)
    {
        var split = Split(run, model);
        // Intervals are judged by the first of these, and files may be sorted.
        int[] held = [.. split.Validation];
        new RandomStream(Seed, "neighbours").Shuffle(held.AsSpan());
        Neighbours = new LatentNeighbours(model.Latents, model.InUse, held);
        _gaps = new(() => Components(engine));
        if (split.Training.Length < Galatent.Latents.Analyses.AnalysisInput.LeastSpectra)
        {
            return;
        }
        _usual = OutlierReference.Of(model.Latents, split, model.InUse, Seed, threads);
        _usualScores = _usual.Scores(model.Latents, _usual.Reference, new ParallelOptions { MaxDegreeOfParallelism = threads });
        Array.Sort(_usualScores);
    }

    /// <summary>Neighbours in the latent space.</summary>
    public LatentNeighbours Neighbours { get; }

    /// <summary>Fills bad pixels from spectra that the model decodes, as <c>galatent encode</c> does.</summary>
    public void Fill(Span<float> flux, ReadOnlySpan<byte> mask, ReadOnlySpan<float> inverseVariance)
    {
        if (mask.ContainsAnyExcept((byte)0))
        {
            _gaps.Value.Fill(flux, mask, inverseVariance);
        }
    }

    /// <summary>How unusual a posterior is; null when too few spectra say what is usual.</summary>
    public (double Score, double PValue)? Outlier(ReadOnlySpan<float> mu, ReadOnlySpan<float> logVariance)
    {
        if (_usual is null)
        {
            return null;
        }
        var score = _usual.Score(mu, logVariance);
        return (score, OutlierScore.PValue(score, _usualScores));
    }

    private static DataSplit Split(ExploredRun run, ExploredModel model)
    {
        if (model.IsHeldOut(run.Count) is not { } held)
        {
            return DataSplit.Random(run.Count, DataSplit.StudyValidationFraction, model.Description.Seed);
        }
        var rows = Enumerable.Range(0, run.Count).ToLookup(i => held[i]);
        return new DataSplit([.. rows[false]], [.. rows[true]]);
    }

    private static GapFill Components(VaeModel engine)
    {
        float[] samples;
        lock (engine)
        {
            samples = DecodedSamples.Of(engine);
        }
        var width = engine.Grid.Count;
        return GapFill.Measure(
            (rows, to) =>
            {
                for (var i = 0; i < rows.Length; i++)
                {
                    samples.AsSpan(rows[i] * width, width).CopyTo(to[(i * width)..]);
                }
            },
            samples.Length / width,
            width
        );
    }
}
