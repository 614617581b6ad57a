using Galatent.Latents.Information;
using Galatent.Numerics;

namespace Galatent.Latents.Estimates;

/// <summary>
/// Estimates a parameter from columns: a Gaussian mixture of the columns' normal scores and the parameter, conditioned on the columns.
/// Intervals are its quantiles, conformalised on calibration rows (Romano et al. 2019).
/// </summary>
public sealed class ParameterEstimator
{
    /// <summary>Levels of the intervals.</summary>
    public static IReadOnlyList<double> Levels { get; } = [0.68, 0.95];

    private const int Neighbours = 20;
    private const int Replicas = 100;

    private readonly int[] _training;
    private readonly int[] _calibration;
    private readonly int[] _test;
    private readonly int _mostComponents;
    private readonly ulong _seed;
    private readonly ParallelOptions _parallel;

    /// <summary>Fixes the rows.</summary>
    /// <param name="training">Rows of the fit, in random order.</param>
    /// <param name="calibration">Rows that set the widths of the intervals.</param>
    /// <param name="test">Rows of which all results are measured.</param>
    /// <param name="mostComponents">Largest number of components of the mixture.</param>
    /// <param name="seed">Root seed.</param>
    /// <param name="threads">Largest number of threads. The result does not depend on it.</param>
    /// <param name="cancel">Ends the work early.</param>
    public ParameterEstimator(
        int[] training,
        int[] calibration,
        int[] test,
        int mostComponents,
        ulong seed,
        int threads = 1,
        CancellationToken cancel = default
    )
    {
        (_training, _calibration, _test, _mostComponents, _seed) = (training, calibration, test, mostComponents, seed);
        _parallel = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancel };
    }

    /// <summary>Estimates one parameter.</summary>
    /// <param name="inputs">The columns, all rows.</param>
    /// <param name="truth">The parameter, all rows; not constant on the training rows.</param>
    public ParameterEstimate Estimate(IReadOnlyList<double[]> inputs, double[] truth) => Estimate(inputs, truth, []);

    /// <summary>Estimates one parameter, also of rows for which it is not known.</summary>
    /// <param name="inputs">The columns, all rows.</param>
    /// <param name="truth">The parameter, all rows; any value in <paramref name="unknown"/> ones.</param>
    /// <param name="unknown">Rows that get an estimate only.</param>
    internal ParameterEstimate Estimate(IReadOnlyList<double[]> inputs, double[] truth, int[] unknown)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(truth);
        double[][] scaled = [.. inputs.Select(Scaled)];
        double[] known = Array.ConvertAll(_training, row => truth[row]);
        var center = SampleMoments.Mean(known);
        var unit = SampleMoments.Deviation(known);
        if (!(unit > 0))
        {
            throw new InputException("The parameter is constant on the training rows, so there is nothing to estimate.");
        }
        double[][] columns =
        [
            .. scaled.Select(c => Array.ConvertAll(_training, row => c[row])),
            Array.ConvertAll(known, t => (t - center) / unit),
        ];
        var mixture = SizedMixture.Fit(columns, _mostComponents, _seed, _parallel);
        var regression = new MixtureRegression(mixture);
        var calibration = Predict(regression, scaled, truth, _calibration, center, unit);
        var test = Predict(regression, scaled, truth, _test, center, unit);
        double[] widenings = [.. Levels.Select((level, l) => Widening(calibration, level, l))];
        double[] residuals = [.. test.Select(p => p.Truth - p.Mean)];
        double[] values = [.. test.Select(p => p.Truth)];
        return new ParameterEstimate(
            R2(residuals, values, null),
            SampleMoments.Deviation([.. Enumerable.Range(0, Replicas).Select(r => R2(residuals, values, Resample(r)))]),
            NeighbourR2(scaled, truth),
            test.Average(p => p.Crps),
            [.. Levels.Select((level, l) => Coverage(level, l, calibration, test))],
            UniformDistance([.. test.Select(p => p.Pit)])
        )
        {
            UnknownIntervals =
            [
                .. Predict(regression, scaled, truth, unknown, center, unit)
                    .Select(p => new[] { p.Mean }.Concat(Levels.SelectMany((_, l) => Interval(p, l, widenings[l]))).ToArray()),
            ],
            TestMeans = [.. test.Select(p => p.Mean)],
            TestIntervals =
            [
                .. test.Select(p => new[] { p.Truth }.Concat(Levels.SelectMany((_, l) => Interval(p, l, widenings[l]))).ToArray()),
            ],
        };
    }

    private double[] Scaled(double[] column)
    {
        var scale = new RankScale(Array.ConvertAll(_training, row => column[row]));
        return Array.ConvertAll(column, scale.Of);
    }

    private Prediction[] Predict(MixtureRegression regression, double[][] scaled, double[] truth, int[] rows, double center, double unit)
    {
        var predictions = new Prediction[rows.Length];
        Parallel.For(0, rows.Length, _parallel, i =>
        {
            var given = regression.Given(Array.ConvertAll(scaled, c => c[rows[i]]));
            var value = (truth[rows[i]] - center) / unit;
            double Back(double x) => center + (unit * x);
            predictions[i] = new Prediction(
                truth[rows[i]],
                Back(given.Mean),
                [.. Levels.Select(l => (Back(given.Quantile((1 - l) / 2)), Back(given.Quantile((1 + l) / 2))))],
                unit * RankedProbability.Mixture(given, value),
                given.Cdf(value)
            );
        });
        return predictions;
    }

    private static double Widening(Prediction[] calibration, double level, int l) =>
        ConformalInterval.Threshold(
            [.. calibration.Select(p => ConformalInterval.QuantileScore(p.Quantiles[l].Low, p.Quantiles[l].High, p.Truth))],
            1 - level
        );

    private static double[] Interval(Prediction p, int l, double widening)
    {
        var (low, high) = ConformalInterval.Widen(p.Quantiles[l].Low, p.Quantiles[l].High, widening);
        return [low, high];
    }

    private static IntervalCoverage Coverage(double level, int l, Prediction[] calibration, Prediction[] test)
    {
        var widening = Widening(calibration, level, l);
        var intervals = Array.ConvertAll(test, p => Interval(p, l, widening));
        double Inside(Func<int, (double Low, double High)> of) =>
            Enumerable.Range(0, test.Length).Count(i => test[i].Truth >= of(i).Low && test[i].Truth <= of(i).High) / (double)test.Length;
        return new IntervalCoverage(
            level,
            Inside(i => test[i].Quantiles[l]),
            Inside(i => (intervals[i][0], intervals[i][1])),
            SampleMoments.Median(Array.ConvertAll(intervals, i => i[1] - i[0])),
            widening
        );
    }

    private double NeighbourR2(double[][] scaled, double[] truth)
    {
        var tree = Array.ConvertAll(_training, row => Array.ConvertAll(scaled, c => c[row]));
        var residuals = new double[_test.Length];
        var k = Math.Min(Neighbours, _training.Length);
        Parallel.For(0, _test.Length, _parallel, i =>
        {
            var nearest = new (double Square, int Place)[k];
            Array.Fill(nearest, (double.PositiveInfinity, 0));
            for (var t = 0; t < tree.Length; t++)
            {
                var square = 0.0;
                for (var c = 0; c < scaled.Length; c++)
                {
                    var difference = tree[t][c] - scaled[c][_test[i]];
                    square += difference * difference;
                }
                var place = k;
                while (place > 0 && nearest[place - 1].Square > square)
                {
                    place--;
                }
                if (place < k)
                {
                    Array.Copy(nearest, place, nearest, place + 1, k - 1 - place);
                    nearest[place] = (square, t);
                }
            }
            residuals[i] = truth[_test[i]] - nearest.Average(p => truth[_training[p.Place]]);
        });
        return R2(residuals, Array.ConvertAll(_test, row => truth[row]), null);
    }

    private int[] Resample(int replica) => MixtureBootstrap.Multiplicities(_test.Length, _seed, replica);

    private static double R2(double[] residuals, double[] values, int[]? multiplicities)
    {
        var n = 0.0;
        var sum = 0.0;
        var squares = 0.0;
        var errors = 0.0;
        for (var i = 0; i < values.Length; i++)
        {
            double weight = multiplicities?[i] ?? 1;
            n += weight;
            sum += weight * values[i];
            squares += weight * values[i] * values[i];
            errors += weight * residuals[i] * residuals[i];
        }
        var variance = squares - (sum * sum / n);
        return variance > 0 ? 1 - (errors / variance) : 0;
    }

    // Kolmogorov's distance.
    private static double UniformDistance(double[] pit)
    {
        Array.Sort(pit);
        return Enumerable
            .Range(0, pit.Length)
            .Max(i => Math.Max(Math.Abs(pit[i] - ((double)i / pit.Length)), Math.Abs(pit[i] - ((i + 1.0) / pit.Length))));
    }

    private sealed record Prediction(double Truth, double Mean, (double Low, double High)[] Quantiles, double Crps, double Pit);
}
