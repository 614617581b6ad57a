using Galatent.Latents;
using Galatent.Latents.Disentanglement;
using Galatent.Latents.Matching;
using Galatent.Latents.Reconstructions;
using Galatent.Networks;
using Galatent.Numerics;
using Galatent.Report.Runs;
using Galatent.Spectra;

namespace Galatent.Study;

/// <summary>Analysed runs side by side: runs of other seeds, betas or recipes.</summary>
/// <param name="Models">The models, run by run, ascending in beta.</param>
/// <param name="Pairs">All pairs of them.</param>
/// <param name="SpectrumCount">Number of spectra on which the models are matched: those of the first run.</param>
public sealed record RunComparison(IReadOnlyList<ComparedModel> Models, IReadOnlyList<ComparedPair> Pairs, int SpectrumCount)
{
    // Of the validation share when the first model has no stored split.
    private const double HeldOutShare = 0.2;

    /// <summary>Compares runs. Models that were trained on other spectra encode those of the first run.</summary>
    /// <param name="folders">Run folders, or folders of a single model; their models must have been analysed. A run with several seeds
    /// stands for all of them.</param>
    /// <param name="seed">Root seed of the random rotations.</param>
    /// <param name="context">Display and cancellation.</param>
    /// <param name="compute">Where to encode; the CPU with one thread per core when null.</param>
    /// <param name="informationSpectra">Spectra for the matching by information; 0 leaves it out. With 3,000 a pair of models of six
    /// dimensions takes some seconds.</param>
    /// <exception cref="InputException">A folder holds no analysed model, there are fewer than two models, or their pixels
    /// differ.</exception>
    public static RunComparison Of(
        IReadOnlyList<string> folders,
        ulong seed,
        StudyContext context,
        ComputeOptions? compute = null,
        int informationSpectra = 0
    )
    {
        ArgumentNullException.ThrowIfNull(folders);
        ArgumentNullException.ThrowIfNull(context);
        RunLayout[] runs = [.. folders.SelectMany(f => new RunLayout(f).WithSeeds())];
        var paths = runs.Select(r => Path.TrimEndingDirectorySeparator(Path.GetFullPath(r.Folder)));
        if (paths.GroupBy(p => p).FirstOrDefault(g => g.Skip(1).Any()) is { Key: var twice })
        {
            throw new InputException($"'{twice}' is given twice; give different runs.");
        }
        (ModelLayout Layout, RunLayout Run)[] found = [.. runs.SelectMany(run => run.Models().Select(model => (model, run)))];
        if (found.Length < 2)
        {
            throw new InputException($"'{folders[0]}' holds one model; give at least two, of one run or of several.");
        }
        var reference = ModelDescription.Read(found[0].Layout.Description);
        // Opened once, for all models that were trained on other spectra.
        var spectra = new Lazy<ISpectrumSource>(() => MemoryLimit.Automatic().Open(found[0].Run.Spectra, found[0].Run.Folder));
        var models = context.Display.Show("reading", "models", progress =>
        {
            using var opened = new Opened(spectra);
            var list = new List<ComparedModel>();
            foreach (var (layout, run) in found)
            {
                context.Cancellation.ThrowIfCancellationRequested();
                list.Add(Read(layout, run, (found[0].Run, spectra), reference, context, compute));
                progress?.Report(new StepProgress(list.Count, found.Length));
            }
            return list;
        });
        var count = models[0].Mu.Length > 0 ? models[0].Mu[0].Length : models[0].Loss.SpectrumCount;
        var split = Split(found[0].Layout, count);
        var threads = (compute ?? new ComputeOptions()).ThreadCount;
        int[] rows = [.. Enumerable.Range(0, count)];
        new RandomStream(seed, "information of two models").Shuffle(rows.AsSpan());
        var settings = new MatchingSettings(seed, threads, [.. rows.Take(informationSpectra).Order()]);
        var pairs = context.Display.Show("matching", "pairs", progress => Match(models, split, settings, progress, context.Cancellation));
        return new RunComparison(models, pairs, count);
    }

    private static List<ComparedPair> Match(
        List<ComparedModel> models,
        DataSplit split,
        MatchingSettings settings,
        IProgress<StepProgress>? progress,
        CancellationToken cancellation
    )
    {
        var chance = new Dictionary<(int More, int Fewer), RotationNull>();
        var pairs = new List<ComparedPair>();
        for (var a = 0; a < models.Count; a++)
        {
            for (var b = a + 1; b < models.Count; b++)
            {
                cancellation.ThrowIfCancellationRequested();
                var agreement = ModelAgreement.Of(
                    models[a].Mu,
                    models[b].Mu,
                    split.Training,
                    split.Validation,
                    settings.Threads,
                    cancellation
                );
                var size = (
                    More: Math.Max(models[a].Mu.Length, models[b].Mu.Length),
                    Fewer: Math.Min(models[a].Mu.Length, models[b].Mu.Length)
                );
                if (size.Fewer > 0 && !chance.ContainsKey(size))
                {
                    chance[size] = RotationNull.Of(size.More, settings.Seed, size.Fewer, threads: settings.Threads);
                }
                pairs.Add(
                    new ComparedPair(
                        a,
                        b,
                        agreement,
                        size.Fewer > 0 ? chance[size] : null,
                        ByInformation(models[a], models[b], settings, cancellation)
                    )
                );
                progress?.Report(new StepProgress(pairs.Count, models.Count * (models.Count - 1) / 2));
            }
        }
        return pairs;
    }

    private static DimensionMatching? ByInformation(
        ComparedModel first,
        ComparedModel second,
        MatchingSettings settings,
        CancellationToken cancellation
    )
    {
        double[][] Some(double[][] columns) => Array.ConvertAll(columns, c => Array.ConvertAll(settings.InformationRows, row => c[row]));
        return settings.InformationRows.Length == 0
            ? null
            : DimensionMatching.OfInformation(Some(first.Mu), Some(second.Mu), settings.Seed, settings.Threads, cancellation);
    }

    private sealed class Opened(Lazy<ISpectrumSource> spectra) : IDisposable
    {
        public void Dispose()
        {
            if (spectra.IsValueCreated)
            {
                (spectra.Value as SpectrumStream)?.Dispose();
            }
        }
    }

    private sealed record MatchingSettings(ulong Seed, int Threads, int[] InformationRows);

    private static ComparedModel Read(
        ModelLayout layout,
        RunLayout run,
        (RunLayout Run, Lazy<ISpectrumSource> Spectra) first,
        ModelDescription reference,
        StudyContext context,
        ComputeOptions? compute
    )
    {
        var description = ModelDescription.Read(layout.Description);
        var analysis = AnalysisFolder.Read(layout.Analysis);
        var kl = analysis.Informativeness.KlNat;
        int[] inUse = [.. analysis.Informativeness.ByKl.OrderByDescending(d => kl[d]).Take(HermiteBasis.MostDimensions).Order()];
        double[][] mu =
            description.DataHash == reference.DataHash
                ? Columns(LatentFile.Read(layout.Latents), inUse)
                : Encoded(layout, first.Run, first.Spectra.Value, inUse, context, compute);
        var manifest = File.Exists(run.Manifest) ? RunManifest.Read(run.Manifest) : null;
        return new ComparedModel(
            layout.Folder,
            manifest?.Preset ?? "",
            manifest?.Population ?? "",
            description.Seed,
            analysis.Loss,
            analysis.Informativeness,
            LineR2.Lowest(analysis.Lines)?.R2,
            mu,
            inUse
        )
        {
            StrongestPair = LatentPair.Strongest(analysis),
        };
    }

    private static double[][] Encoded(
        ModelLayout layout,
        RunLayout first,
        ISpectrumSource spectra,
        int[] inUse,
        StudyContext context,
        ComputeOptions? compute
    )
    {
        using var model = VaeModel.Load(layout.Model, compute);
        using var gaps = SpectrumGaps.Open(first.Spectra, spectra, first.Folder);
        using var filled = gaps is null ? null : FilledSpectra.FromSamples(gaps, DecodedSamples.Of(model), first.Folder);
        var posterior = model.Encode(filled ?? spectra, null, null, context.Cancellation);
        return Columns(LatentSet.Of(posterior, 0), inUse);
    }

    private static double[][] Columns(LatentSet latents, int[] dimensions) => Array.ConvertAll(dimensions, latents.MuColumn);

    private static DataSplit Split(ModelLayout layout, int count)
    {
        var path = Path.Combine(layout.Model, SplitFile.FileName);
        return File.Exists(path) ? SplitFile.Read(path, count) : DataSplit.Random(count, HeldOutShare, 1);
    }
}
