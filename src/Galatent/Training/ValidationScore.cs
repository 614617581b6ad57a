using Galatent.Networks;
using Galatent.Networks.Objectives;
using Galatent.Numerics;
using Galatent.Spectra;

namespace Galatent.Training;

/// <summary>How well a network does on the validation spectra. All values are means per spectrum.</summary>
/// <param name="Loss">Unweighted squared error and divergence (eqs. 5 and 7), together with the objective's weighted error and
/// penalty.</param>
/// <param name="Objective">Value of the run's objective with the final weights of its terms.</param>
/// <param name="KullbackLeiblerByDimension">Mean divergence of each latent dimension, nat.</param>
/// <param name="LowestLineR2">Lowest R² at the centres of the judged lines; null when no such line lies on the grid and varies.</param>
/// <param name="LineR2">R² at the centres of the lines of largest variance; null where the spectra do not vary.</param>
internal sealed record ValidationScore(
    StepLoss Loss,
    double Objective,
    double[] KullbackLeiblerByDimension,
    double? LowestLineR2,
    double?[] LineR2
)
{
    /// <summary>Number of spectra that are scored together.</summary>
    public const int BlockSize = 64;

    /// <summary>Number of active dimensions.</summary>
    public int ActiveDimensions => Networks.ActiveDimensions.Count(KullbackLeiblerByDimension);

    /// <summary>
    /// Scores the rows with one draw of z each. (An autoencoder uses the mean; the importance-weighted bound uses several draws.) The noise
    /// depends only on the row: it is the same in every epoch, so epochs can be compared.
    /// </summary>
    /// <param name="engine">The network.</param>
    /// <param name="spectra">All spectra.</param>
    /// <param name="rows">Rows to score.</param>
    /// <param name="options">Seed and batch size. Terms of a whole batch are averaged over batches of that size.</param>
    /// <param name="run">The objective.</param>
    /// <param name="linePixels">Centres of the lines of largest variance.</param>
    /// <param name="processes">Each scores its part of the rows. All get the same score.</param>
    public static ValidationScore Of(
        ITrainingEngine engine,
        ISpectrumSource spectra,
        int[] rows,
        TrainingOptions options,
        ObjectiveRun run,
        int[] linePixels,
        ProcessGroup processes
    )
    {
        var all = rows.Length;
        var part = processes.Part(rows.Length);
        rows = rows[part.First..(part.First + part.Count)];
        var pixels = spectra.Grid.Count;
        var latent = engine.Layout.Options.LatentDimensions;
        var draws = run.Objective.Choice.DrawCount;
        var drawLoss = run.Objective.Choice.DrawLoss;
        // When a network does not see a part of the spectrum, the bright lines there show it first.
        int[] judged =
        [
            .. SpectralLines.Judged.Where(l => SpectralLines.IsInside(l, spectra.Grid)).Select(l => spectra.Grid.Nearest(l.CenterAngstrom)),
        ];
        var judgedFit = new LineFit(judged);
        var brightFit = new LineFit(linePixels);
        var flux = new float[BlockSize * pixels];
        var decoded = new float[BlockSize * pixels];
        var posterior = new LatentPosterior(rows.Length, latent, new float[rows.Length * latent], new float[rows.Length * latent]);
        var allZ = new float[rows.Length * latent];
        var z = new float[BlockSize * latent];
        var weights = run.At(double.PositiveInfinity);
        var sum = new ErrorSum { LeavesOutGaps = engine.Layout.Options.MaskChannel };
        var weightBuffer = run.PixelWeightBuffer(BlockSize);
        for (var start = 0; start < rows.Length; start += BlockSize)
        {
            var count = Math.Min(BlockSize, rows.Length - start);
            var block = flux.AsSpan(0, count * pixels);
            spectra.Read(rows.AsSpan(start, count), block);
            var mu = posterior.Mu.AsSpan(start * latent, count * latent);
            var logVariance = posterior.LogVariance.AsSpan(start * latent, count * latent);
            var noise = Noise(rows.AsSpan(start, count), options.Seed, draws * latent, run.Objective.Choice.UsesMean);
            var pixelWeights = run.PixelWeights(rows.AsSpan(start, count), block, weightBuffer);
            engine.Encode(block, mu, logVariance, pixelWeights);
            var errors = new double[count * draws];
            var ratios = new double[count * draws];
            for (var draw = draws - 1; draw >= 0; draw--)
            {
                Sample(mu, logVariance, noise, draws, draw, z, ratios);
                engine.Decode(z.AsSpan(0, count * latent), decoded.AsSpan(0, count * pixels));
                for (var i = 0; i < count; i++)
                {
                    errors[(i * draws) + draw] = sum.Add(
                        block.Slice(i * pixels, pixels),
                        decoded.AsSpan(i * pixels, pixels),
                        WeightsOf(pixelWeights, i, pixels),
                        draw == 0
                    );
                }
            }
            // The loop ends with draw 0, so z and decoded hold draw 0.
            z.AsSpan(0, count * latent).CopyTo(allZ.AsSpan(start * latent));
            judgedFit.Add(block, decoded, pixels);
            brightFit.Add(block, decoded, pixels);
            sum.TotalWeight += run.TotalWeight(pixelWeights) * count;
            sum.Comparison += engine.ComparisonError(block, decoded.AsSpan(0, count * pixels)) * count;
            sum.Bound += drawLoss is null ? 0 : new DrawSlopes(count, draws).Evaluate(drawLoss, errors, ratios, weights.Beta);
        }
        sum.Divergence =
            rows.Length > 0 ? Array.ConvertAll(KullbackLeibler.ByDimension(posterior), mean => mean * rows.Length) : new double[latent];
        sum.Term = run.TermOfSpectra is { } term
            ? Penalty(term, Whole(posterior, allZ, all, processes), options.BatchSize, weights, processes)
            : 0;
        sum.Over(processes, judgedFit, brightFit);
        var kl = Array.ConvertAll(sum.Divergence, s => s / all);
        var penalty = drawLoss is not null
            ? (sum.Bound - sum.Weighted) / all
            : (sum.Comparison / all) + (run.TermOfSpectra is null ? weights.Beta * kl.Sum() : sum.Term / all);
        var loss = new StepLoss(sum.Plain / all, kl.Sum()) { WeightedError = sum.Weighted / all, Penalty = penalty };
        return new ValidationScore(
            loss,
            run.Objective.Choice.Value(loss.Minimised, run.NoiseVariance, sum.TotalWeight / all),
            kl,
            judgedFit.LowestR2(all),
            brightFit.R2(all)
        );
    }

    private static float[] Noise(ReadOnlySpan<int> rows, ulong seed, int width, bool none)
    {
        var noise = new float[rows.Length * width];
        for (var i = 0; i < rows.Length && !none; i++)
        {
            var stream = new RandomStream(seed, "validation", (ulong)rows[i]);
            for (var d = i * width; d < (i + 1) * width; d++)
            {
                noise[d] = (float)stream.NextNormal();
            }
        }
        return noise;
    }

    /// <summary>Draw number <paramref name="draw"/> of every posterior, and its ln p(z) - ln q(z|x).</summary>
    private static void Sample(
        ReadOnlySpan<float> mu,
        ReadOnlySpan<float> logVariance,
        float[] noise,
        int draws,
        int draw,
        float[] z,
        double[] ratios
    )
    {
        var count = ratios.Length / draws;
        var latent = mu.Length / count;
        for (var i = 0; i < count; i++)
        {
            var ratio = 0.0;
            for (var d = 0; d < latent; d++)
            {
                var at = (i * latent) + d;
                var e = (double)noise[(((i * draws) + draw) * latent) + d];
                z[at] = (float)(mu[at] + (Math.Exp(0.5 * logVariance[at]) * e));
                ratio += 0.5 * ((e * e) + logVariance[at] - ((double)z[at] * z[at]));
            }
            ratios[(i * draws) + draw] = ratio;
        }
    }

    private static ReadOnlySpan<float> WeightsOf(ReadOnlySpan<float> weights, int row, int pixels) =>
        weights.Length <= pixels ? weights : weights.Slice(row * pixels, pixels);

    /// <summary>Posteriors and draws of the spectra of all processes.</summary>
    private static (LatentPosterior Posterior, float[] Z) Whole(LatentPosterior own, float[] z, int all, ProcessGroup processes)
    {
        if (processes.Size == 1)
        {
            return (own, z);
        }
        int[] starts = [.. processes.PartStarts(all).Select(start => start * own.Dimensions)];
        float[] Completed(float[] part)
        {
            var whole = new float[all * own.Dimensions];
            part.CopyTo(whole, starts[processes.Rank]);
            processes.AllGather<float>(whole, starts);
            return whole;
        }
        return (new LatentPosterior(all, own.Dimensions, Completed(own.Mu), Completed(own.LogVariance)), Completed(z));
    }

    /// <summary>A term that is defined for whole batches, summed over the spectra of this process's batches.</summary>
    private static double Penalty(
        ILatentTerm term,
        (LatentPosterior Posterior, float[] Z) whole,
        int batchSize,
        ObjectiveWeights weights,
        ProcessGroup processes
    )
    {
        var ((posterior, z), sum) = (whole, 0.0);
        var latent = posterior.Dimensions;
        var own = processes.Part((posterior.Count + batchSize - 1) / batchSize);
        for (var batch = own.First; batch < own.First + own.Count; batch++)
        {
            var start = batch * batchSize;
            var at = start * latent;
            var length = Math.Min(batchSize, posterior.Count - start) * latent;
            var gradient = new LatentGradient(new float[length], new float[length], new float[length]);
            sum +=
                length
                / latent
                * term.Evaluate(
                    new LatentBatch(
                        latent,
                        posterior.Mu.AsSpan(at, length),
                        posterior.LogVariance.AsSpan(at, length),
                        z.AsSpan(at, length)
                    ),
                    weights,
                    gradient
                );
        }
        return sum;
    }

    /// <summary>Sums over spectra.</summary>
    private sealed class ErrorSum
    {
        /// <summary>Whether the plain error leaves out pixels of weight 0.</summary>
        public bool LeavesOutGaps { get; init; }

        public double Plain { get; private set; }

        public double Weighted { get; private set; }

        public double TotalWeight { get; set; }

        public double Comparison { get; set; }

        public double Bound { get; set; }

        /// <summary>Sum of the term that is defined for whole batches.</summary>
        public double Term { get; set; }

        /// <summary>Sum of the divergence of each dimension, nat.</summary>
        public double[] Divergence { get; set; } = [];

        /// <summary>Adds the sums of the other processes.</summary>
        public void Over(ProcessGroup processes, LineFit judged, LineFit bright)
        {
            if (processes.Size == 1)
            {
                return;
            }
            double[] sums = [Plain, Weighted, TotalWeight, Comparison, Bound, Term, .. Divergence, .. judged.Sums, .. bright.Sums];
            processes.Sum(sums);
            (Plain, Weighted, TotalWeight, Comparison, Bound, Term) = (sums[0], sums[1], sums[2], sums[3], sums[4], sums[5]);
            var lines = 6 + Divergence.Length;
            var brightest = sums.Length - bright.Sums.Length;
            (Divergence, judged.Sums, bright.Sums) = (sums[6..lines], sums[lines..brightest], sums[brightest..]);
        }

        /// <summary>Returns the weighted error of a spectrum. It is added to the sums when it belongs to the first draw.</summary>
        public double Add(ReadOnlySpan<float> x, ReadOnlySpan<float> reconstruction, ReadOnlySpan<float> weights, bool count)
        {
            var plain = 0.0;
            var weighted = 0.0;
            for (var i = 0; i < x.Length; i++)
            {
                if (LeavesOutGaps && !weights.IsEmpty && !(weights[i] > 0))
                {
                    continue;
                }
                var difference = (double)x[i] - reconstruction[i];
                plain += difference * difference;
                weighted += weights.IsEmpty ? 0 : weights[i] * difference * difference;
            }
            weighted = weights.IsEmpty ? plain : weighted;
            Plain += count ? plain : 0;
            Weighted += count ? weighted : 0;
            return weighted;
        }
    }

    /// <summary>R² = 1 - Σ(x - x')² / Σ(x - mean)² at some pixels; undefined where x does not vary (always so for one
    /// spectrum).</summary>
    internal sealed class LineFit(int[] pixels)
    {
        // For n equal values, Σx² - (Σx)²/n is not 0 but up to n rounding errors of Σx². A smaller spread means that the spectra do
        // not vary.
        private const double Rounding = 2.3e-16;

        // For each line: sum of the values, of their squares, of the squared errors.
        public double[] Sums { get; set; } = new double[3 * pixels.Length];

        public void Add(ReadOnlySpan<float> x, ReadOnlySpan<float> reconstruction, int width)
        {
            for (var row = 0; row < x.Length; row += width)
            {
                for (var l = 0; l < pixels.Length; l++)
                {
                    double value = x[row + pixels[l]];
                    var error = value - reconstruction[row + pixels[l]];
                    Sums[3 * l] += value;
                    Sums[(3 * l) + 1] += value * value;
                    Sums[(3 * l) + 2] += error * error;
                }
            }
        }

        public double? LowestR2(int count) => R2(count).Min();

        public double?[] R2(int count) => [.. Enumerable.Range(0, pixels.Length).Select(line => R2(Sums.AsSpan(3 * line, 3), count))];

        private static double? R2(ReadOnlySpan<double> sums, int count) =>
            sums[1] - (sums[0] * sums[0] / count) is var spread && spread > count * Rounding * sums[1]
                ? 1 - (sums[2] / Math.Max(spread, 1e-30))
                : null;
    }
}
