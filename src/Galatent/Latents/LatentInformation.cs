using Galatent.Files;
using Galatent.Latents.Information;
using Galatent.Numerics;

namespace Galatent.Latents;

/// <summary>The mutual-information step of an analysis: latent dimensions with each other and with the known parameters.</summary>
public static class LatentInformation
{
    /// <summary>
    /// Adds four tables to the results: informative dimensions with each other, and all dimensions with the compared parameters
    /// (<see cref="ComparedParameters"/>), each for posterior means and for samples z. A table that cannot be made (no parameters, fewer
    /// than two informative dimensions) stays null.
    /// </summary>
    /// <param name="results">The results so far.</param>
    /// <param name="latents">The latent representations.</param>
    /// <param name="parameters">Known quantities of the spectra; may be empty.</param>
    /// <param name="options">Seed, threads, number of spectra, how to estimate.</param>
    /// <param name="progress">Receives the number of estimated pairs.</param>
    /// <param name="cancellation">Stops between pairs.</param>
    public static AnalysisResults Add(
        AnalysisResults results,
        LatentSet latents,
        IReadOnlyList<ParameterColumn> parameters,
        ModelAnalysisOptions options,
        IProgress<StepProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(latents);
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(options);
        var rows = options.InformationRows(latents.Count);
        var informative = results.Informative;
        int[] all = [.. Enumerable.Range(0, latents.Dimensions)];
        NamedColumn[] known = [.. ComparedParameters.Of(parameters).Select(p => new NamedColumn(p.Name, Pick(p.Values, rows)))];
        NamedColumn[] Columns(int[] dimensions, Func<int, double[]> column) =>
            [.. dimensions.Select(d => new NamedColumn(AnalysisResults.DimensionName(d), Pick(column(d), rows)))];
        var total = 2 * ((informative.Length * (informative.Length - 1) / 2) + (all.Length * known.Length));
        var done = 0;
        MutualInformationMatrix? Table(NamedColumn[] across, NamedColumn[]? down)
        {
            if ((down is null && across.Length < 2) || down is { Length: 0 })
            {
                return null;
            }
            var table = MutualInformationTable.Compute(
                across,
                down,
                options.Information,
                options.Seed,
                options.Threads,
                progress is null ? null : new Offset(progress, done, total),
                options.Processes,
                cancellation
            );
            done += down is null ? across.Length * (across.Length - 1) / 2 : across.Length * down.Length;
            return MutualInformationMatrix.From(table);
        }
        return results with
        {
            Latents = Table(Columns(informative, latents.MuColumn), null),
            LatentSamples = Table(Columns(informative, latents.SampleColumn), null),
            Parameters = Table(Columns(all, latents.MuColumn), known),
            ParametersOfSamples = Table(Columns(all, latents.SampleColumn), known),
        };
    }

    private static double[] Pick(double[] values, int[] rows) => Array.ConvertAll(rows, r => values[r]);

    // The four tables are shown as one step.
    private sealed class Offset(IProgress<StepProgress> inner, int before, int total) : IProgress<StepProgress>
    {
        public void Report(StepProgress value) => inner.Report(value with { Done = before + value.Done, Total = total });
    }
}
