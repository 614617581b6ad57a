using Galatent.Files;
using Galatent.Latents.Analyses;
using Galatent.Numerics;

namespace Galatent.Latents.Attribution;

/// <summary>A row of <c>attribution-encoder.csv</c>: how one parameter moves one dimension, or how well all dimensions in use know
/// it.</summary>
/// <param name="Dimension">The dimension; "all in use" for the forecast.</param>
/// <param name="Parameter">The parameter.</param>
/// <param name="Move">Median over galaxies of dmu/dθ in posterior standard deviations per population standard deviation.</param>
/// <param name="Move16">16 % quantile.</param>
/// <param name="Move84">84 % quantile.</param>
/// <param name="Forecast">Median forecast error of the parameter in population standard deviations: 1 when nothing is learnt.</param>
internal sealed record EncoderRow(string Dimension, string Parameter, double Move, double Move16, double Move84, double Forecast)
{
    public static TableColumns<EncoderRow> Columns { get; } =
        new TableColumns<EncoderRow>(new("", "", 0, 0, 0, 0))
            .Text("dimension", r => r.Dimension, (r, v) => r with { Dimension = v })
            .Text("parameter", r => r.Parameter, (r, v) => r with { Parameter = v })
            .Number("move_posterior_sigma", r => r.Move, (r, v) => r with { Move = v }, mayBeUndefined: true)
            .Number("move_posterior_sigma_16", r => r.Move16, (r, v) => r with { Move16 = v }, mayBeUndefined: true)
            .Number("move_posterior_sigma_84", r => r.Move84, (r, v) => r with { Move84 = v }, mayBeUndefined: true)
            .Number("forecast_population_sigma", r => r.Forecast, (r, v) => r with { Forecast = v }, mayBeUndefined: true);

    public static IEnumerable<EncoderRow> Of(
        AnalysisInput input,
        int[] inUse,
        int[] rows,
        AttributionPlayers players,
        ParameterDerivatives derivatives
    )
    {
        var count = players.Parameters.Length;
        double Variance(int row, int dimension) => Math.Exp(input.Latents.LogVariance[(row * input.Latents.Dimensions) + dimension]);
        foreach (var dimension in inUse)
        {
            for (var k = 0; k < count; k++)
            {
                double[] moves = [.. rows.Select((row, g) => derivatives.Means[g][k][dimension] / Math.Sqrt(Variance(row, dimension)))];
                yield return new EncoderRow(
                    AnalysisResults.DimensionName(dimension),
                    players.Parameters[k],
                    SampleMoments.Median(moves),
                    SampleMoments.Quantile(moves, 0.16),
                    SampleMoments.Quantile(moves, 0.84),
                    double.NaN
                );
            }
        }
        // In units of the population's deviations the prior covariance is its correlation matrix.
        var prior = Correlations(input, players.Parameters);
        var forecasts = rows.Select(
                (row, g) =>
                    ParameterForecast.Covariance(
                        [.. inUse.SelectMany(d => Enumerable.Range(0, count).Select(k => derivatives.Means[g][k][d]))],
                        [.. inUse.Select(d => Variance(row, d))],
                        prior
                    )
            )
            .ToArray();
        for (var k = 0; k < count; k++)
        {
            yield return new EncoderRow(
                "all in use",
                players.Parameters[k],
                double.NaN,
                double.NaN,
                double.NaN,
                SampleMoments.Median(Array.ConvertAll(forecasts, f => Math.Sqrt(f[(k * count) + k])))
            );
        }
    }

    // A thousandth on the diagonal keeps parameters that determine one another from having no inverse.
    private static double[] Correlations(AnalysisInput input, string[] parameters)
    {
        const double diagonal = 1.001;
        var columns = Array.ConvertAll(parameters, name => Standardised(input.Spectra.Parameters.First(p => p.Name == name).Values));
        var k = columns.Length;
        var correlation = new double[k * k];
        for (var i = 0; i < k; i++)
        {
            for (var j = 0; j < k; j++)
            {
                correlation[(i * k) + j] = i == j ? diagonal : columns[i].Zip(columns[j], (a, b) => a * b).Average();
            }
        }
        return correlation;
    }

    private static double[] Standardised(double[] values)
    {
        var mean = SampleMoments.Mean(values);
        var deviation = SampleMoments.Deviation(values);
        return Array.ConvertAll(values, v => (v - mean) / deviation);
    }
}
