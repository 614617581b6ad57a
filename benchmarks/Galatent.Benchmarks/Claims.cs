using Galatent.Latents.Mixtures;
using Galatent.Networks;
using Galatent.Networks.Fused;
using Galatent.Numerics;
using Galatent.Numerics.MatrixProducts;
using Galatent.Spectra;
using Galatent.Synthesis;
using Galatent.Synthesis.Galaxies;
using Galatent.Synthesis.Ssp;
using Galatent.Synthesis.Stars;
using Galatent.Torch;
using Galatent.Training;
using TorchSharp;

namespace Galatent.Benchmarks;

/// <summary>The claims that <see cref="Ratios"/> measures.</summary>
internal static class Claims
{
    private const int StudyPixels = 4582;

    /// <summary>All claims, both sides with that many threads.</summary>
    public static IReadOnlyList<Claim> All(int threads) =>
        [
            new("train-batch32", "samples/s", () => Training(threads, new NetworkOptions(), 32)),
            // Baseline is what the machine's matrix product reaches, ours what a step makes of it: the ratio is the fraction that training
            // uses.
            new("train-batch32-of-matrix-product", "GFLOP/s", () => TrainingOfProduct(threads, new NetworkOptions(), 32)),
            // Baseline trains from memory: the ratio is what streaming from disk leaves of the speed.
            new("train-streamed", "samples/s", () => Streaming(threads, 32)),
            // Baseline trains on whole spectra: the ratio is what weights, a floor under the noise and a mask channel leave of the speed.
            new("train-masked", "samples/s", () => MaskedClaim.Prepare(threads, 32)),
            new("train-batch128", "samples/s", () => Training(threads, new NetworkOptions(), 128)),
            new("train-wide-batch32", "samples/s", () =>
                Training(threads, new NetworkOptions { Channels = [8, 16, 32, 64, 64, 128, 128, 256, 256, 512, 512] }, 32)
            ),
            new("encode-batch256", "samples/s", () => Encoding(threads, 256)),
            new("decode-batch256", "samples/s", () => Decoding(threads, 256)),
            new("matrix-product-templates", "GFLOP/s", () => Product(threads, 128, StudyPixels, 440)),
            new("matrix-product-square", "GFLOP/s", () => Product(threads, 1024, 1024, 1024)),
            new("synthesis", "spectra/s", () => Synthesis(threads)),
            new("simulate-like-sdss", "spectra/s", () => MockClaim.Prepare(threads)),
            new("import-sdss", "spectra/s", () => ImportClaim.Prepare(threads)),
            new("mixture-estep-4", "Mpoints*components/s", () => Expectation(4)),
            new("mixture-estep-16", "Mpoints*components/s", () => Expectation(16)),
            new("synthesis-whole-flops", "GFLOP/s", () => SynthesisRate(threads, whole: true)),
            new("synthesis-products-flops", "GFLOP/s", () => SynthesisRate(threads, whole: false)),
            new("matrix-product-plain-loop", "GFLOP/s", () => PlainProduct(threads, 128, StudyPixels, 440)),
        ];

    /// <summary>Normal deviates; speed does not depend on what the numbers are, unless they are denormal.</summary>
    public static float[] Draw(int count, string purpose)
    {
        var stream = new RandomStream(1, purpose);
        var values = new float[count];
        foreach (ref var value in values.AsSpan())
        {
            value = (float)stream.NextNormal();
        }
        return values;
    }

    public static NetworkWeights Weights(NetworkOptions options) =>
        NetworkWeights.Initialize(new ParameterLayout(options, StudyPixels), 1, new float[StudyPixels]);

    private static Pair Training(int threads, NetworkOptions options, int batchSize)
    {
        const int Steps = 3;
        var weights = Weights(options);
        var stock = new TorchEngine(weights, new AdamOptions(), torch.CPU, threads);
        var fused = new FusedEngine(weights, new AdamOptions(), threads);
        var batch = Draw(batchSize * StudyPixels, "batch");
        var epsilon = Draw(batchSize * options.LatentDimensions, "epsilon");
        return new Pair(() => Train(stock), Steps * batchSize, () => Train(fused), Steps * batchSize, stock, fused);

        void Train(ITrainingEngine engine)
        {
            for (var i = 0; i < Steps; i++)
            {
                engine.Step(batch, epsilon, 0.3f, 3e-4f);
            }
        }
    }

    private static Pair TrainingOfProduct(int threads, NetworkOptions options, int batchSize)
    {
        const int Size = 1024;
        const int Products = 8;
        const int Steps = 3;
        var weights = Weights(options);
        var fused = new FusedEngine(weights, new AdamOptions(), threads);
        var batch = Draw(batchSize * StudyPixels, "batch");
        var epsilon = Draw(batchSize * options.LatentDimensions, "epsilon");
        torch.set_num_threads(threads);
        var left = torch.rand(Size, Size);
        var right = torch.rand(Size, Size);
        var result = torch.zeros(Size, Size);
        return new Pair(
            () => Repeat(Products, () => result.addmm_(left, right, beta: 0, alpha: 1)),
            Products * 2e-9 * Size * Size * Size,
            () => Repeat(Steps, () => fused.Step(batch, epsilon, 0.3f, 3e-4f)),
            Steps * batchSize * 1e-9 * StepFlops(weights.Layout),
            left,
            right,
            result,
            fused
        );
    }

    private static void Repeat(int times, Action action)
    {
        for (var i = 0; i < times; i++)
        {
            action();
        }
    }

    /// <summary>Multiplications and additions of a step per spectrum: forward, derivatives of the inputs and of the weights; nobody needs
    /// the derivatives of the spectrum.</summary>
    private static double StepFlops(ParameterLayout layout)
    {
        var convolutions = layout.Plan.Layers.Select(l => (double)l.OutputLength * l.Kernel * l.InputChannels * l.OutputChannels).ToArray();
        var dense = 3.0 * layout.Options.LatentDimensions * layout.Plan.Layers[^1].OutputLength * layout.Plan.Layers[^1].OutputChannels;
        return 2 * ((3 * ((2 * convolutions.Sum()) + dense)) - convolutions[0]);
    }

    private static Pair Streaming(int threads, int batchSize)
    {
        const int Spectra = 4096;
        const int Steps = 8;
        var folder = Directory.CreateTempSubdirectory("galatent-ratios");
        var path = Path.Combine(folder.FullName, "spectra.h5");
        var provenance = new SpectrumProvenance("ratios", 1, "", 5000, 5500, "", "");
        var memory = new SpectrumSet(
            WavelengthGrid.Study,
            Draw(Spectra * StudyPixels, "flux"),
            [.. Enumerable.Repeat(1.0, Spectra)],
            [],
            provenance
        );
        SpectrumFile.Write(path, memory);
        var stream = SpectrumStream.Open(path, folder.FullName);
        // An open file needs no name, and nothing is left behind.
        folder.Delete(recursive: true);
        var options = new TrainingOptions { BatchSize = batchSize, Epochs = 100_000 };
        var engine = new FusedEngine(Weights(options.Network), new AdamOptions(), threads);
        int[] rows = [.. Enumerable.Range(0, Spectra)];
        var feeds = new ISpectrumSource[] { memory, stream }
            .Select(source => new BatchFeed(source, rows, options, new ObjectiveRun(options, source, null), count => (0, count), 1, 0))
            .ToArray();
        return new Pair(
            () => Train(feeds[0]),
            Steps * batchSize,
            () => Train(feeds[1]),
            Steps * batchSize,
            feeds[0],
            feeds[1],
            stream,
            engine
        );

        void Train(BatchFeed feed) => Repeat(Steps, () =>
            {
                var batch = feed.Next();
                engine.Step(batch.Flux, batch.Epsilon, 0.3f, 3e-4f);
            });
    }

    private static Pair Encoding(int threads, int spectra)
    {
        var weights = Weights(new NetworkOptions());
        var stock = new TorchEngine(weights, new AdamOptions(), torch.CPU, threads);
        var fused = new FusedEngine(weights, new AdamOptions(), threads);
        var batch = Draw(spectra * StudyPixels, "batch");
        var mu = new float[spectra * 32];
        var logVariance = new float[spectra * 32];
        return new Pair(
            () => stock.Encode(batch, mu, logVariance),
            spectra,
            () => fused.Encode(batch, mu, logVariance),
            spectra,
            stock,
            fused
        );
    }

    private static Pair Decoding(int threads, int spectra)
    {
        var weights = Weights(new NetworkOptions());
        var stock = new TorchEngine(weights, new AdamOptions(), torch.CPU, threads);
        var fused = new FusedEngine(weights, new AdamOptions(), threads);
        var z = Draw(spectra * 32, "epsilon");
        var flux = new float[spectra * StudyPixels];
        return new Pair(() => stock.Decode(z, flux), spectra, () => fused.Decode(z, flux), spectra, stock, fused);
    }

    private static Pair Product(int threads, int m, int n, int k)
    {
        var a = Draw(m * k, "a");
        var b = Draw(k * n, "b");
        var c = new float[m * n];
        var packed = new PackedMatrix(new MatrixView(b, k, n));
        torch.set_num_threads(threads);
        var left = torch.tensor(a, [m, k]);
        var right = torch.tensor(b, [k, n]);
        var result = torch.zeros(m, n);
        // In place: a fresh result would cost the operating system's page faults.
        return new Pair(
            () => result.addmm_(left, right, beta: 0, alpha: 1),
            2e-9 * m * n * k,
            () => MatrixProduct.Multiply(new MatrixView(a, m, k), packed, c, n, threads: threads),
            2e-9 * m * n * k,
            left,
            right,
            result
        );
    }

    private static Pair PlainProduct(int threads, int m, int n, int k)
    {
        var a = Draw(m * k, "a");
        var b = Draw(k * n, "b");
        var c = new float[m * n];
        var packed = new PackedMatrix(new MatrixView(b, k, n));
        return new Pair(
            () => PlainLoop(a, b, c, m, n, k),
            2e-9 * m * n * k,
            () => MatrixProduct.Multiply(new MatrixView(a, m, k), packed, c, n, threads: threads),
            2e-9 * m * n * k
        );
    }

    // One thread on both sides: folds and resamples are what runs in parallel.
    private static Pair Expectation(int components)
    {
        var (points, mixture) = MixtureBenchmarks.Prepare(components);
        return new Pair(
            () => MixtureBenchmarks.Scalar(points, mixture),
            0.01 * components,
            () => ExpectationMaximization.Expect(points, mixture),
            0.01 * components
        );
    }

    private static Pair Synthesis(int threads)
    {
        const int Ours = 512;
        const int Baseline = 8;
        var library = SspPack.Embedded();
        var grid = WavelengthGrid.Study;
        var plain = new PlainSynthesis(library, grid);
        var synthesizer = new SpectrumSynthesizer(library, grid, new SynthesisOptions());
        var population = new GalaxyPopulation(new PopulationOptions());
        var galaxies = Enumerable
            .Range(0, Ours * threads)
            .Select(k => PopulationSample.ToPopulation(population.Draw(1, (ulong)k), synthesizer.Ages))
            .ToArray();
        var lnu = new float[galaxies.Length * grid.Count];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads };
        return new Pair(
            () => Parallel.For(0, Baseline, parallel, i => plain.Spectrum(galaxies[i])),
            Baseline,
            () =>
                Parallel.For(0, threads, parallel, t =>
                    synthesizer.Synthesize(galaxies.AsSpan(t * Ours, Ours), lnu.AsSpan(t * Ours * grid.Count, Ours * grid.Count))
                ),
            galaxies.Length
        );
    }

    // Our matrix product on a large square, the machine's rate, against the arithmetic of the products of stars per second: in the whole
    // synthesis (gas, dust and lines count as nothing), and in its products alone.
    private static Pair SynthesisRate(int threads, bool whole)
    {
        const int Batch = SpectrumSynthesizer.PreferredBatch;
        const int Side = 1024;
        var library = SspPack.Embedded();
        var grid = WavelengthGrid.Study;
        var table = library.Stars.OnGrid(grid);
        var synthesizer = new SpectrumSynthesizer(library, grid, new SynthesisOptions());
        var stars = new StellarComposite(table);
        var population = new GalaxyPopulation(new PopulationOptions());
        // Of one run of metallicities, as in a batch sorted by them.
        var galaxies = Enumerable
            .Range(0, 40 * Batch)
            .Select(k => population.Draw(1, (ulong)k))
            .Where(g => stars.Interval(g.LogZStar) == 2)
            .Take(Batch * threads)
            .Select(g => PopulationSample.ToPopulation(g, synthesizer.Ages))
            .ToArray();
        var lnu = new float[galaxies.Length * grid.Count];
        var rows = Enumerable.Range(0, Batch).ToArray();
        var depth = 2.0 * (table.AgeCount + 2);
        var a = Draw(Side * Side, "a");
        var b = Draw(Side * Side, "b");
        var c = new float[Side * Side];
        var packed = new PackedMatrix(new MatrixView(b, Side, Side));
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads };
        return new Pair(
            () => MatrixProduct.Multiply(new MatrixView(a, Side, Side), packed, c, Side, threads: threads),
            2e-9 * Side * Side * Side,
            () => Parallel.For(0, threads, parallel, t =>
                {
                    var mine = galaxies.AsSpan(t * Batch, Batch);
                    if (whole)
                    {
                        synthesizer.Synthesize(mine, lnu.AsSpan(t * Batch * grid.Count, Batch * grid.Count));
                        return;
                    }
                    using var group = stars.Group(mine, rows, 2);
                    var young = new float[Batch * StellarComposite.TilePixels];
                    var old = new float[Batch * StellarComposite.TilePixels];
                    for (var tile = 0; tile < stars.TileCount; tile++)
                    {
                        stars.Compose(group, tile, young, old);
                    }
                }),
            2e-9 * depth * grid.Count * galaxies.Length
        );
    }

    private static void PlainLoop(float[] a, float[] b, float[] c, int m, int n, int k)
    {
        Array.Clear(c);
        for (var i = 0; i < m; i++)
        {
            for (var p = 0; p < k; p++)
            {
                var value = a[(i * k) + p];
                for (var j = 0; j < n; j++)
                {
                    c[(i * n) + j] += value * b[(p * n) + j];
                }
            }
        }
    }
}
