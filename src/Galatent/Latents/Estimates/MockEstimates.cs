using Galatent.Files;
using Galatent.Latents.Outliers;
using Galatent.Networks;
using Galatent.Numerics;
using Galatent.Spectra.Quantities;

namespace Galatent.Latents.Estimates;

/// <summary>Parameters of real galaxies from latents, calibrated on mocks of the same survey: conformal intervals, their coverage on mocks
/// that were held out, and measures of the spectra themselves beside them.</summary>
/// <param name="Estimates">Names of the parameters, and how well each is estimated on held-out mocks.</param>
/// <param name="Measures">What is measured on each real spectrum.</param>
/// <param name="TestCount">Number of held-out mocks.</param>
public sealed record MockEstimates(
    IReadOnlyList<(string Parameter, ParameterEstimate Estimate)> Estimates,
    IReadOnlyList<SpectrumMeasures> Measures,
    int TestCount
)
{
    private const int LeastMocks = 500;
    private const int MostTraining = 8000;
    private const int MostComponents = 8;
    private const double HeldOutShare = 0.3;

    // What shapes a normalised spectrum. Mass and redshift do not.
    private static readonly string[] Parameters =
    [
        GalaxyQuantities.LogSsfr.Name,
        GalaxyQuantities.MassWeightedAge.Name,
        GalaxyQuantities.LogZStar.Name,
        GalaxyQuantities.LogZGas.Name,
        GalaxyQuantities.LogU.Name,
        GalaxyQuantities.Dust1.Name,
        GalaxyQuantities.Dust2.Name,
    ];

    /// <summary>Estimates.</summary>
    /// <param name="real">Real spectra.</param>
    /// <param name="mock">Mocks of the same survey, with their parameters.</param>
    /// <param name="seed">Root seed.</param>
    /// <param name="threads">Largest number of threads; the result does not depend on it.</param>
    /// <param name="progress">Told after each parameter; may be null.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="InputException">There are too few mocks, or their parameters are not known.</exception>
    public static MockEstimates Of(
        ObservedSpectra real,
        ObservedSpectra mock,
        ulong seed,
        int threads,
        IProgress<StepProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(real);
        ArgumentNullException.ThrowIfNull(mock);
        var truths = Truths(mock.Parameters);
        if (mock.Count < LeastMocks || truths.Count == 0)
        {
            throw new InputException(
                $"Estimates need {LeastMocks} mocks with known parameters, but '{mock.Path}' has {mock.Count} spectra and {truths.Count} "
                    + "parameters; make mocks of the survey by 'galatent simulate' (SimulationOptions.Like)."
            );
        }
        var inUse = mock.InUse;
        if (inUse.Count == 0)
        {
            throw new InputException($"No latent dimension carries {ActiveDimensions.Threshold}, so latents say nothing of parameters.");
        }
        double[] Column(Func<ObservedSpectra, int, double> value) =>
            [
                .. Enumerable.Range(0, mock.Count).Select(i => value(mock, i)),
                .. Enumerable.Range(0, real.Count).Select(i => value(real, i)),
            ];
        double[][] inputs =
        [
            .. inUse.Select(d => Column((s, i) => s.Posterior.Mu[(i * s.Posterior.Dimensions) + d])),
            Column((s, i) => s.Redshift(i)),
        ];
        int[] rows = [.. Enumerable.Range(0, mock.Count)];
        new RandomStream(seed, "estimates from mocks").Shuffle(rows.AsSpan());
        var held = (int)(HeldOutShare * rows.Length);
        var estimator = new ParameterEstimator(
            rows[held..Math.Min(rows.Length, held + MostTraining)],
            rows[..(held / 2)],
            rows[(held / 2)..held],
            MostComponents,
            seed,
            threads,
            cancellation
        );
        int[] unknown = [.. Enumerable.Range(mock.Count, real.Count)];
        var estimates = new List<(string, ParameterEstimate)>();
        foreach (var (name, values) in truths)
        {
            cancellation.ThrowIfCancellationRequested();
            double[] truth = [.. values, .. Enumerable.Repeat(0.0, real.Count)];
            estimates.Add((name, estimator.Estimate(inputs, truth, unknown)));
            progress?.Report(new StepProgress(estimates.Count, truths.Count));
        }
        return new MockEstimates(
            estimates,
            [.. Enumerable.Range(0, real.Count).Select(i => SpectrumMeasures.Of(real, i))],
            held - (held / 2)
        );
    }

    /// <summary>Coverage of the intervals on held-out mocks, a row for each parameter.</summary>
    public ResultTable Coverage() =>
        new(
            ["parameter", "test_mocks", "r2", "coverage_68", "width_68", "coverage_95", "width_95"],
            [
                .. Estimates.Select(e =>
                    (string[])
                        [
                            e.Parameter,
                            ResultTable.Text(TestCount),
                            ResultTable.Text(e.Estimate.R2, "G4"),
                            ResultTable.Text(e.Estimate.Intervals[0].Conformal, "G4"),
                            ResultTable.Text(e.Estimate.Intervals[0].MedianWidth, "G4"),
                            ResultTable.Text(e.Estimate.Intervals[1].Conformal, "G4"),
                            ResultTable.Text(e.Estimate.Intervals[1].MedianWidth, "G4"),
                        ]
                ),
            ]
        );

    /// <summary>Estimates and measures, a row for each real spectrum.</summary>
    /// <param name="ids">Identifiers; null without.</param>
    public ResultTable Table(IReadOnlyList<string>? ids)
    {
        string[] ends = ["", "_low_68", "_high_68", "_low_95", "_high_95"];
        return new ResultTable(
            [
                "spectrum",
                "object_id",
                .. Estimates.SelectMany(e => ends.Select(end => e.Parameter + end)),
                "measured_log_h_alpha_h_beta",
                "measured_gas_ebv",
                "measured_log_z_gas_n2",
                "measured_d4000n",
            ],
            [
                .. Measures.Select(
                    (m, i) =>
                        (string[])
                            [
                                ResultTable.Text(i),
                                ids?[i] ?? "",
                                .. Estimates.SelectMany(e => e.Estimate.UnknownIntervals[i].Select(v => ResultTable.Text(v, "G5"))),
                                ResultTable.Text(m.LogBalmerDecrement, "G4"),
                                ResultTable.Text(m.ColourExcess, "G4"),
                                ResultTable.Text(m.LogZGas, "G4"),
                                ResultTable.Text(m.BreakStrength, "G4"),
                            ]
                ),
            ]
        )
        {
            Remarks = ["intervals hold for galaxies like the mocks; real ones may differ (compare both)"],
        };
    }

    private static List<(string Name, double[] Values)> Truths(IReadOnlyList<ParameterColumn> columns)
    {
        double[]? Values(string name) => columns.FirstOrDefault(c => c.Name == name)?.Values;
        var rate = Values(GalaxyQuantities.LogSfr.Name);
        var mass = Values(GalaxyQuantities.LogMass.Name);
        var specific = rate is null || mass is null ? null : rate.Zip(mass, (r, m) => r - m).ToArray();
        return
        [
            .. Parameters
                .Select(name => (name, Values: name == GalaxyQuantities.LogSsfr.Name ? specific : Values(name)))
                .Where(p => p.Values is not null && Array.TrueForAll(p.Values, double.IsFinite) && p.Values.Distinct().Skip(1).Any())
                .Select(p => (p.name, p.Values!)),
        ];
    }
}
