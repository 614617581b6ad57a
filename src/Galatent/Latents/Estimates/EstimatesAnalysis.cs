using Galatent.Files;
using Galatent.Latents.Analyses;
using Galatent.Latents.Dimensionality;
using Galatent.Latents.Reconstructions;
using Galatent.Numerics;
using Galatent.Spectra.Quantities;

namespace Galatent.Latents.Estimates;

/// <summary>Parameters from the latents in use, with conformal intervals, beside the ceiling: the same from 16 principal components of the
/// spectra.</summary>
internal sealed class EstimatesAnalysis : ILatentAnalysis
{
    private const int Components = 16;

    // In 17 columns, 12 components have 2,050 parameters for 8,000 rows.
    private const int MostRows = 8000;
    private const int MostComponents = 12;
    private const string FromLatents = "samples z in use";
    private static readonly string FromSpectra = $"{Components} principal components";

    public string Name => "estimates";

    public string Description => "parameters from the latents with conformal intervals, beside the ceiling from principal components";

    // 22 mixtures, half of them in 17 dimensions: too long for every run.
    public bool IsDefault => false;

    public AnalysisOutput Run(AnalysisInput input, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        input.RequireSpectra();
        var inUse = input.RequireInUse(1);
        var parameters = Parameters(input);
        var (training, calibration, test) = Rows(input);
        double[][] z = [.. inUse.Select(input.Latents.SampleColumn)];
        var components = PrincipalColumns(input, training, cancellation);
        var estimator = new ParameterEstimator(
            training,
            calibration,
            test,
            MostComponents,
            input.Options.Seed,
            input.Options.Threads,
            cancellation
        );
        var quiescent = ExampleSpectra.LogSsfr(input.Spectra.Parameters) is { } activity
            ? Array.ConvertAll(test, row => activity[row] < ExampleSpectra.QuiescentLogSsfr)
            : null;
        var rows = new List<EstimateRow>();
        var coverages = new List<CoverageRow>();
        foreach (var parameter in parameters)
        {
            cancellation.ThrowIfCancellationRequested();
            var latent = estimator.Estimate(z, parameter.Values);
            var ceiling = estimator.Estimate(components, parameter.Values);
            // Theory says that latents know no more than spectra. Where an estimate says otherwise, the larger is the ceiling.
            var highest = Math.Max(latent.R2, ceiling.R2);
            rows.Add(new(parameter.Name, FromLatents, test.Length, latent, highest));
            rows.Add(new(parameter.Name, FromSpectra, test.Length, ceiling, highest));
            coverages.AddRange(CoverageRow.Of(parameter.Name, latent.TestIntervals, quiescent));
            progress?.Report(new StepProgress(rows.Count / 2, parameters.Length));
        }
        return new AnalysisOutput(
            [
                new AnalysisTable(Name, EstimateRow.Columns.Table(rows)),
                new AnalysisTable(Name + "-coverage", CoverageRow.Columns.Table(coverages)),
            ],
            calibration.Length >= 19 ? [] : [$"{calibration.Length} calibration spectra are too few for intervals of 95 %; 19 are needed."]
        );
    }

    private static ParameterColumn[] Parameters(AnalysisInput input)
    {
        var compared = input.RequireParameters();
        int[] all = [.. Enumerable.Range(0, input.Latents.Count)];
        ParameterColumn[] further =
        [
            .. GalaxyQuantities
                .FurtherCompared.Select(q => input.Spectra.Parameters.FirstOrDefault(p => p.Name == q.Name))
                .OfType<ParameterColumn>(),
        ];
        ParameterColumn[] rate = ExampleSpectra.LogSsfr(input.Spectra.Parameters) is { } activity
            ? [new(GalaxyQuantities.LogSsfr.Name, GalaxyQuantities.LogSsfr.Unit, GalaxyQuantities.LogSsfr.Description, activity)]
            : [];
        ParameterColumn[] usable =
        [
            .. compared
                .Concat(rate)
                .Concat(further)
                .DistinctBy(p => p.Name)
                .Where(p => Array.TrueForAll(p.Values, double.IsFinite) && p.Values.Distinct().Skip(1).Any()),
        ];
        return usable.Length > 0
            ? usable
            : throw new InputException("This analysis needs a parameter that is known for every spectrum, but each lacks values.");
    }

    // Fit on training spectra; half of the held-out ones set the widths of the intervals, the other half judges.
    private static (int[] Training, int[] Calibration, int[] Test) Rows(AnalysisInput input)
    {
        var training = (int[])input.Split.Training.Clone();
        new RandomStream(input.Options.Seed, "parameter estimates").Shuffle(training.AsSpan());
        var validation = input.Split.Validation;
        var half = validation.Length / 2;
        return half >= 10 && training.Length >= 100
            ? (training[..Math.Min(training.Length, MostRows)], validation[..half], validation[half..])
            : throw new InputException(
                $"This analysis needs at least 100 training and 20 held-out spectra, but there are {training.Length} and "
                    + $"{validation.Length}."
            );
    }

    private static double[][] PrincipalColumns(AnalysisInput input, int[] training, CancellationToken cancellation)
    {
        var spectra = input.Spectra;
        var options = input.Options;
        var measured = PrincipalComponents.Measure(
            spectra.Read,
            spectra.Grid.Count,
            training,
            options.Seed,
            Components,
            threads: options.Threads
        );
        var count = Math.Min(Components, measured.Eigenvalues.Length);
        int[] all = [.. Enumerable.Range(0, spectra.Count)];
        var places = PrincipalPlaces.Of(spectra, all, measured, count, [], options.Threads, cancellation);
        return
        [
            .. Enumerable
                .Range(0, count)
                .Where(k => measured.Eigenvalues[k] > 0)
                .Select(k => Array.ConvertAll(all, row => places[(row * count) + k])),
        ];
    }
}
