using Galatent.Numerics;

namespace Galatent.Latents.Mixtures;

/// <summary>Fits a mixture whose number of components is chosen by cross-validated likelihood.</summary>
internal static class MixtureSelection
{
    private static readonly int[] Sizes = [1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 18, 22, 27, 32, 40, 50, 64];

    /// <summary>Sizes up to this are always tried: a crosswise pattern needs at least four components.</summary>
    private const int AlwaysTried = 4;

    // Usually the search goes on for a few sizes after a failure, since a failure may be chance. It ends at once in two cases: the failure
    // is this many standard errors, or a step to a large mixture lowers the held-out likelihood by this many nat, because parameters were
    // learnt from noise (local maxima differ by 0.001 to 0.002).
    // This saves a fifth of the time for a sine of two periods.
    private const double ClearlyWorse = 2;
    private const double CostlyStep = 0.002;
    private const int Large = 18;

    /// <summary>Fewest points in a training fold per component.</summary>
    private const int PointsPerComponent = 8;

    /// <summary>Chooses the size and fits it to all points.</summary>
    /// <param name="columns">Data, one array per coordinate, rows in random order.</param>
    /// <param name="options">How to fit.</param>
    /// <param name="seed">Root seed of the starts.</param>
    /// <param name="threads">Largest number of threads. The result does not depend on it.</param>
    /// <param name="cancel">Ends the work early.</param>
    /// <param name="quantity">The quantity wanted from the mixture, as a mean over points. If given, <see cref="MixtureFit.RivalSpread"/>
    /// says how much it depends on the size.</param>
    public static MixtureFit Fit(
        double[][] columns,
        MixtureFitOptions options,
        ulong seed,
        int threads,
        CancellationToken cancel,
        Func<WeightedPoints, GaussianMixture, double>? quantity = null
    )
    {
        var folds = Fold.Make(columns, options.FoldsFor(columns[0].Length));
        var (best, slope, rivals) = Choose(folds, options, seed, threads, cancel);
        var spread = quantity is null ? 0 : Spread(folds, best, rivals, quantity);
        var all = WeightedPoints.Of(columns);
        var prior = CovariancePrior.For(all, best.Size);
        if (best.Size == 1)
        {
            var single = MixtureStarts.Single(all, prior);
            return new MixtureFit(single, ExpectationMaximization.LogDensity(all, single).Average(), best.Score, slope, spread, 1, true);
        }
        var fits = new EmFit[folds.Length];
        Parallel.For(0, folds.Length, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancel }, f =>
            fits[f] = ExpectationMaximization.Fit(all, best.Mixtures[f], prior, options.MaxIterations, options.Tolerance)
        );
        var winner = fits.MaxBy(fit => fit.MeanLogLikelihood)!;
        return new MixtureFit(winner.Mixture, winner.MeanLogLikelihood, best.Score, slope, spread, winner.Iterations, winner.Converged);
    }

    private static Choice Choose(Fold[] folds, MixtureFitOptions options, ulong seed, int threads, CancellationToken cancel)
    {
        var trials = new List<Trial>();
        var bestIndex = 0;
        var failures = 0;
        var most = Math.Min(options.MaxComponents, folds.Min(f => f.Training.Count) / PointsPerComponent);
        foreach (var size in Sizes.TakeWhile(s => s == 1 || s <= most))
        {
            trials.Add(Try(folds, trials.LastOrDefault(), size, options, seed, threads, cancel));
            if (trials[^1].Score > trials[bestIndex].Score)
            {
                (bestIndex, failures) = (trials.Count - 1, 0);
            }
            else if (size > 1)
            {
                failures += IsNoChance(trials, bestIndex, folds[0].Training.Count) ? options.Patience : 1;
                if (failures >= options.Patience && size >= AlwaysTried)
                {
                    break;
                }
            }
        }
        var best = trials[bestIndex];
        var chosen = trials.First(trial => trial == best || trial.IsWithin(options.StandardErrors, best));
        return new Choice(chosen, bestIndex == trials.Count - 1 ? Slope(trials) : 0, [.. trials.Where(trial => trial.IsWithin(1, best))]);
    }

    private static bool IsNoChance(List<Trial> trials, int best, int points)
    {
        var last = trials[^1];
        var parameters = last.Mixtures[0].ExtraParameters - trials[^2].Mixtures[0].ExtraParameters;
        return !last.IsWithin(ClearlyWorse, trials[best]) || (last.Size >= Large && parameters >= CostlyStep * 2 * points);
    }

    // Gain of the held-out likelihood per factor e in the number of components, over the last factor of 1.5 or more.
    private static double Slope(List<Trial> trials)
    {
        var last = trials[^1];
        var smaller = trials.FindLast(trial => 3 * trial.Size <= 2 * last.Size);
        return smaller is null ? 0 : Math.Max(0, last.Score - smaller.Score) / Math.Log((double)last.Size / smaller.Size);
    }

    private static double Spread(Fold[] folds, Trial chosen, Trial[] rivals, Func<WeightedPoints, GaussianMixture, double> quantity)
    {
        double Value(Trial trial) =>
            folds.Select((fold, f) => quantity(fold.HeldOut, trial.Mixtures[f]) * fold.HeldOut.TotalWeight).Sum()
            / folds.Sum(fold => fold.HeldOut.TotalWeight);
        var value = Value(chosen);
        return rivals.Select(rival => Math.Abs(Value(rival) - value)).DefaultIfEmpty(0).Max();
    }

    // Rivals are the sizes whose held-out likelihood is within one standard error of the best.
    private sealed record Choice(Trial Trial, double Slope, Trial[] Rivals);

    private static Trial Try(
        Fold[] folds,
        Trial? previous,
        int size,
        MixtureFitOptions options,
        ulong seed,
        int threads,
        CancellationToken cancel
    )
    {
        var mixtures = new GaussianMixture[folds.Length];
        var logs = new double[folds.Length][];
        Parallel.For(0, folds.Length, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancel }, f =>
        {
            var training = folds[f].Training;
            var prior = CovariancePrior.For(training, size);
            if (previous is null)
            {
                mixtures[f] = MixtureStarts.Single(training, prior);
            }
            else
            {
                var random = new RandomStream(seed, "mixture start", (ulong)(size * folds.Length + f));
                var start = MixtureGrowth.Start(training, previous.Mixtures[f], size, ref random);
                mixtures[f] = ExpectationMaximization.Fit(training, start, prior, options.MaxFoldIterations, options.Tolerance).Mixture;
            }
            logs[f] = ExpectationMaximization.LogDensity(folds[f].HeldOut, mixtures[f]);
        });
        return new Trial(size, mixtures, [.. logs.SelectMany(l => l)]);
    }

    private sealed record Fold(WeightedPoints Training, WeightedPoints HeldOut)
    {
        public static Fold[] Make(double[][] columns, int folds)
        {
            var rows = Enumerable.Range(0, columns[0].Length);
            return
            [
                .. Enumerable
                    .Range(0, folds)
                    .Select(f => new Fold(
                        WeightedPoints.Take(columns, [.. rows.Where(r => r % folds != f)]),
                        WeightedPoints.Take(columns, [.. rows.Where(r => r % folds == f)])
                    )),
            ];
        }
    }

    /// <summary>One size, with the fit of each fold and the held-out ln p of every point.</summary>
    private sealed record Trial(int Size, GaussianMixture[] Mixtures, double[] HeldOutLogs)
    {
        public double Score { get; } = HeldOutLogs.Average();

        /// <summary>Whether the mean deficit relative to the best size is at most this many of its standard errors (paired over the
        /// points).</summary>
        public bool IsWithin(double standardErrors, Trial best)
        {
            var deficit = best.Score - Score;
            var variance = 0.0;
            for (var i = 0; i < HeldOutLogs.Length; i++)
            {
                var difference = best.HeldOutLogs[i] - HeldOutLogs[i] - deficit;
                variance += difference * difference;
            }
            return deficit <= standardErrors * Math.Sqrt(variance) / HeldOutLogs.Length;
        }
    }
}
